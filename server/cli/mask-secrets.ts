// Hides the configured secrets in a text that is about to be shown. Pure.
import type { Config } from '../config.ts';

/** The text without the passwords of DATABASE_URL and SMTP_URL, without ROLLCALL_SECRET and without any token. */
export function maskSecrets(
  text: string,
  config: Pick<Config, 'databaseUrl' | 'smtpUrl' | 'secret'> | undefined,
): string {
  const secrets = [
    ...passwordsOf(config?.databaseUrl),
    ...passwordsOf(config?.smtpUrl),
    ...(config?.secret === undefined ? [] : [config.secret]),
  ];
  return secrets
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
    .replace(/rollcall_[A-Za-z0-9]{43}/g, 'rollcall_***');
}

/** As they stand in the address and as they are meant: a driver's message may hold either. */
function passwordsOf(address: string | undefined): readonly string[] {
  if (address === undefined) return [];
  const { password, searchParams } = new URL(address);
  const given = [password, unescaped(password), searchParams.get('password') ?? ''];
  return given.filter((secret) => secret !== '');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
