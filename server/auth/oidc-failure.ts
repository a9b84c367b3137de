// What the protocol's library throws, as one of our reasons with what was seen. Knows its errors, no page.
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { OutgoingRefusal } from '../core/outgoing.ts';
import { explainSsoFailure } from './explain-sso-failure.ts';
import type { SsoReason } from './sso-refusal.ts';

export interface OidcFailure {
  readonly reason: SsoReason;
  /** A sentence for those who run the org; never a token, a code or a secret. */
  readonly seen: string;
  /** What is wrong and how it is mended, in the console's words, where the identity provider's words tell. */
  readonly explained?: string;
}

const clientErrors = new Set(['invalid_client', 'unauthorized_client']);

/** Reads a failure of discovery, of the answer in the address, or of the token endpoint. */
export function readOidcFailure(error: unknown): OidcFailure {
  if (error instanceof AuthorizationResponseError) return refusedBy(error, 'denied');
  if (error instanceof ResponseBodyError)
    return refusedBy(error, clientErrors.has(error.error) ? 'client' : 'token');
  if (error instanceof WWWAuthenticateChallengeError) return refusedBy(challengeIn(error), 'client');
  const refusal = causes(error).find((cause) => cause instanceof OutgoingRefusal);
  if (refusal instanceof OutgoingRefusal) return { reason: 'unreachable', seen: refusal.message };
  // What never got through has a cause; what has none was found in an answer.
  if (!(error instanceof ClientError)) {
    const isLost = !(error instanceof Error) || error.cause !== undefined;
    return isLost
      ? { reason: 'unreachable', seen: 'there was no answer.' }
      : { reason: 'id_token', seen: `${plain(error.message)}.` };
  }
  switch (error.code) {
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return { reason: 'clock', seen: `its “${claimOf(error) ?? 'exp'}” is out of time.` };
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return { reason: 'id_token', seen: `its “${claimOf(error) ?? 'claims'}” is not the one expected.` };
    case 'OAUTH_KEY_SELECTION_FAILED':
      return {
        reason: 'id_token',
        seen: 'it is signed with a key that the identity provider does not publish.',
      };
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_ABORT':
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return { reason: 'unreachable', seen: 'it did not answer as an identity provider does.' };
    default:
      return { reason: 'id_token', seen: `${plain(innermost(error))}.` };
  }
}

/** What the identity provider itself says; what is about the app and not about the person is for those who set it up. */
function refusedBy(
  { error, error_description }: Pick<ResponseBodyError, 'error' | 'error_description'>,
  otherwise: SsoReason,
): OidcFailure {
  const seen = said(error, error_description);
  const why = explainSsoFailure(error, error_description);
  if (why === undefined) return { reason: otherwise, seen };
  const reason = otherwise === 'denied' && why.about !== 'person' ? 'client' : otherwise;
  return { reason, seen, explained: `${why.sentence} It said ${seen} ${why.remedy}` };
}

/** A client that came with Basic is refused by a challenge (RFC 6749 §5.2), which may say why. */
function challengeIn({ cause: [challenge] }: WWWAuthenticateChallengeError) {
  const { error = 'invalid_client', error_description = '' } = challenge?.parameters ?? {};
  return { error, error_description };
}

function causes(error: unknown): readonly unknown[] {
  const found: unknown[] = [];
  for (let at = error; at instanceof Error && found.length < 10; at = at.cause) found.push(at);
  return found;
}

/** The library's own words for what it did not like: they name parameters and claims, no values. */
function innermost(error: Error): string {
  const last = causes(error).at(-1);
  return last instanceof Error ? last.message : error.message;
}

function claimOf(error: Error): string | undefined {
  for (const cause of causes(error)) {
    const about = cause instanceof Error ? cause.cause : undefined;
    if (typeof about === 'object' && about !== null && 'claim' in about) return String(about.claim);
  }
  return undefined;
}

function said(code: string, description: string | undefined): string {
  return description === undefined || description === ''
    ? `“${plain(code)}”.`
    : `“${plain(code)}”, ${plain(description)}.`;
}

/** A stranger's words on one line, short, without a full stop. */
function plain(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .replace(/\.$/, '');
}
