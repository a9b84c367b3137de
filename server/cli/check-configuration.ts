// Looks at the configuration: what cannot be used, and what can but will not get far. Pure.
import { isIP } from 'node:net';
import type { Config, ConfigMistake } from '../config.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { publicUrlAdvice } from './next-steps.ts';

export function checkMistake({ variable, value, expected, example }: ConfigMistake): Check {
  return problem(
    'configuration',
    `${variable} is ${value}.`,
    `Set it to ${expected}, for example ${variable}=${example}`,
  );
}

export function checkConfiguration({ publicUrl, warnings }: Config): readonly Check[] {
  const slips = warnings.map((text) => warning('configuration', text, 'Rename the variable, or remove it.'));
  const address = checkPublicUrl(publicUrl);
  return address === undefined && slips.length === 0
    ? [ok('configuration', 'Every variable can be used.')]
    : [...slips, ...(address === undefined ? [] : [address])];
}

function checkPublicUrl(publicUrl: string | undefined): Check | undefined {
  if (publicUrl === undefined) return warning('configuration', 'PUBLIC_URL is not set.', publicUrlAdvice);
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0)
    return undefined;
  return warning(
    'configuration',
    `PUBLIC_URL is ${publicUrl}, without TLS: tokens would travel readable.`,
    'Put a proxy with a certificate in front of Rollcall and give its https address. Okta and Entra take no other.',
  );
}
