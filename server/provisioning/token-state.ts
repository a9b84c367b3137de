// Whether a connection's token would be let in. Pure; what a refused token is told is the SCIM edge's business.
import type { TokenRow } from './connection-store.ts';

/** Whether a token would be let in at this moment (Unix ms). */
export function isLiveToken(token: Pick<TokenRow, 'expires_at' | 'revoked_at'>, now: number): boolean {
  return tokenState(token, now) === 'live';
}

export function tokenState(
  token: Pick<TokenRow, 'expires_at' | 'revoked_at'>,
  now: number,
): 'live' | 'expired' | 'revoked' {
  if (token.revoked_at !== null) return 'revoked';
  return token.expires_at === null || token.expires_at > now ? 'live' : 'expired';
}
