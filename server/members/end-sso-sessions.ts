// Ends what rests on an identity provider's word when that takes it back: browsers and extensions alike, codes on their way
// too. Knows whose, not how the identity provider said so.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import type { LogoutToken } from '../auth/logout-token.ts';
import { endSessionOf } from '../auth/own-sessions.ts';
import { rememberLogoutToken } from '../auth/sso-flow-store.ts';
import { endCodesOfSso, sessionsOfSso } from '../auth/sso-session-store.ts';
import { hashToken } from '../core/secrets.ts';

const actor = { kind: 'server', id: 'single-sign-on' } as const;

/** Ends the sessions that a logout token names and says how many; undefined for a token that has been here before. */
export function endSsoSessions(
  deps: ChangeDeps,
  orgId: string,
  token: LogoutToken,
  origin: Origin,
): Promise<number | undefined> {
  return inChange(deps, { orgId, actor, ...origin }, async (context) => {
    const { trx } = context;
    const isNew = await rememberLogoutToken(trx, {
      org_id: orgId,
      issuer: token.issuer,
      jti_hash: hashToken(token.jti),
      expires_at: token.staleAt,
    });
    if (!isNew) return undefined;
    await endCodesOfSso(trx, orgId, token);
    const sessions = await sessionsOfSso(trx, orgId, token);
    for (const { member_id: memberId, id } of sessions) await endSessionOf(context, memberId, id);
    return sessions.length;
  });
}
