// What the extension asks for when it wants to be let in, checked. Knows OAuth's parameters and who we are, no page.
// @see RFC 6749 §4.1.1, §4.1.2.1; RFC 7636 §4.3; RFC 8252 §8.4
import { extensionClientId } from '../../shared/extension.ts';
import { fieldOf } from './form-token.ts';

/** A request that may be put before a person. */
export interface ExtensionRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly challenge: string;
  /** What the extension calls its browser, cleaned; nothing when it says nothing. */
  readonly deviceName: string | undefined;
}

/** What becomes of a request that may not: told to the extension, or, when we cannot know that it is ours, only here. */
export type RequestOutcome =
  | { readonly request: ExtensionRequest }
  | { readonly redirect: string }
  | { readonly unknownClient: true };

/** The names of the parameters, as they are kept in the form of the consent. */
export const requestFields = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
  'device_name',
] as const;

/** Reads the parameters out of a query or a form. A parameter that comes twice counts as missing. */
export function readExtensionRequest(given: unknown, redirects: readonly string[]): RequestOutcome {
  const field = (name: (typeof requestFields)[number]) => fieldOf(given, name);
  const redirectUri = field('redirect_uri');
  if (
    field('client_id') !== extensionClientId ||
    redirectUri === undefined ||
    !isOurs(redirectUri, redirects)
  )
    return { unknownClient: true };
  const state = field('state');
  const refuse = (error: string) => ({ redirect: answerAddress(redirectUri, { error, state }) });
  if (state !== undefined && state.length > 500)
    return { redirect: answerAddress(redirectUri, { error: 'invalid_request' }) };
  if (field('response_type') !== 'code') return refuse('unsupported_response_type');
  const challenge = field('code_challenge') ?? '';
  if (field('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    return refuse('invalid_request');
  return { request: { redirectUri, state, challenge, deviceName: cleanName(field('device_name')) } };
}

/** Below one of the known origins, spelt without anything that could lead elsewhere. */
function isOurs(address: string, redirects: readonly string[]): boolean {
  if (!/^[\x21-\x7e]{1,300}$/.test(address) || /[#@\\]/.test(address) || !URL.canParse(address)) return false;
  return redirects.includes(new URL(address).origin);
}

function cleanName(name: string | undefined): string | undefined {
  const clean = name
    ?.replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 60);
  return clean === '' ? undefined : clean;
}

/** The extension's address with the answer in its query. */
export function answerAddress(
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): string {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) address.searchParams.set(name, value);
  return address.href;
}
