// What the extension does to be let in, without a browser around it. Knows the protocol from its side.
import { createHash } from 'node:crypto';
import { chromiumExtension, extensionClientId } from '../../shared/extension.ts';
import type { Answer, Visitor } from './visitor.ts';

export const redirectUri = `https://${chromiumExtension.id}.chromiumapp.org/signed-in`;

/** What only the extension knows, and what it shows of it. */
export const verifier = 'a-verifier-of-the-extension-with-enough-characters.~_';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** The parameters of a request as it should be; `differing` replaces some, and undefined leaves one out. */
export function authorizeQuery(differing: Readonly<Record<string, string | undefined>> = {}): string {
  const fields = {
    response_type: 'code',
    client_id: extensionClientId,
    redirect_uri: redirectUri,
    state: 'a state & more',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...differing,
  };
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/extension/authorize?${new URLSearchParams(given)}`;
}

/** Has a visitor who is signed in consent, and gives the code in the redirect. */
export async function consent(
  who: Visitor,
  differing: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await who.submit(authorizeQuery(differing), { decision: 'allow' });
  return new URL(answer.location).searchParams.get('code') ?? '';
}

/** Trades a code, without any cookie; `differing` as in `authorizeQuery`. */
export async function trade(
  url: string,
  code: string,
  differing: Readonly<Record<string, string | undefined>> = {},
): Promise<TokenAnswer> {
  const fields = {
    grant_type: 'authorization_code',
    client_id: extensionClientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...differing,
  };
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const response = await fetch(`${url}/extension/token`, {
    method: 'POST',
    body: new URLSearchParams(given),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as TokenBody };
}

interface TokenAnswer extends Pick<Answer, 'status' | 'headers'> {
  readonly body: TokenBody;
}

export interface TokenBody {
  readonly access_token?: string;
  readonly token_type?: string;
  readonly expires_in?: number;
  readonly org?: unknown;
  readonly member?: unknown;
  readonly error?: string;
  readonly error_description?: string;
}
