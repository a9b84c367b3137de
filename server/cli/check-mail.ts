// Asks the mail server whether it would take mail, without sending any.
import { type Check, ok, problem, warning } from './check.ts';

/** In milliseconds. */
const patience = 5000;

/** Signs in at the mail server and hangs up. */
export async function checkMail(smtpUrl: string | undefined): Promise<Check> {
  if (smtpUrl === undefined) {
    const mend =
      'Set SMTP_URL when people are to get mail, for example smtps://user:password@mail.corp.example:465';
    return warning('mail', 'SMTP_URL is not set: mails are kept in the data folder, in "outbox".', mend);
  }
  // Loaded here: a server that starts has no use for it yet.
  const { createTransport } = await import('nodemailer');
  const { hostname } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
  });
  try {
    await transport.verify();
    return ok('mail', `The mail server at ${hostname} takes mail.`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem(
      'mail',
      `The mail server at ${hostname} does not take mail: ${why}`,
      'Correct host, port, user name and password in SMTP_URL; smtps:// is TLS from the start, smtp:// upgrades to it.',
    );
  } finally {
    transport.close();
  }
}
