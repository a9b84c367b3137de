// How a new token is shown, the only time that it can be. Pure.
import { dayOf } from './wording.ts';

/** What the admin pastes into the identity provider, and until when it is good. `expiresAt` is Unix milliseconds. */
export function issuedTokenWords(issued: {
  readonly baseUrl: string;
  readonly token: string;
  readonly expiresAt: number | null;
}): string {
  const { baseUrl, token, expiresAt } = issued;
  const end = expiresAt === null ? 'It does not expire.' : `It expires on ${dayOf(expiresAt)}.`;
  return (
    `  Base URL  ${baseUrl}\n  Token     ${token}\n\n` +
    `Paste both into your identity provider now: the token cannot be shown again. ${end}`
  );
}
