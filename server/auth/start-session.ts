// Signs a member in: a new session with its token, and the event that says so. Knows no way of proving who somebody is.
import type { ChangeContext } from '../audit/change-context.ts';
import { type ChangeEvent, recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, newId, newToken } from '../core/secrets.ts';
import { findOrg } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { addSession, type SessionRow, type SsoOrigin } from './session-store.ts';

/** A session as its owner gets it: the token this once. */
export interface StartedSession {
  readonly id: string;
  readonly token: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** What a session is made of besides its owner. */
export interface NewDevice extends Pick<SessionRow, 'kind' | 'name'> {
  /** The identity provider's word that it rests on, if it does. */
  readonly sso?: SsoOrigin & Partial<Pick<SessionRow, 'sso_id_token_sealed'>>;
  /** Whether an owner came past the single sign-on that the org requires. */
  readonly emergency?: boolean;
}

const day = 24 * 60 * 60 * 1000;

/**
 * Starts a session for a member, in the transaction that found them to be active. `name` says which device it is, for
 * the list of sessions.
 * @throws AppError `org.not_found`
 */
export async function startSession(
  context: ChangeContext,
  memberId: string,
  { kind, name, sso, emergency = false }: NewDevice,
): Promise<StartedSession> {
  const { trx, orgId, now } = context;
  const org = await findOrg(trx, orgId);
  if (org === undefined) throw new AppError('org.not_found', { org: orgId });
  const token = newToken();
  const session = {
    org_id: orgId,
    member_id: memberId,
    id: newId(),
    kind,
    hash: hashToken(token),
    name,
    created_at: now,
    expires_at: now + settingsOf(org).sessionDays * day,
    ...sso,
  };
  await addSession(trx, session);
  const signedIn: ChangeEvent = { type: 'member.signed_in', data: { sessionId: session.id, name } };
  // The first one is what the audit log calls it.
  const events: [ChangeEvent, ...ChangeEvent[]] = emergency
    ? [{ type: 'member.emergency_sign_in', data: {} }, signedIn]
    : [signedIn];
  await recordChange(context, { kind: 'member', id: memberId }, { session: [null, name] }, ...events);
  return { id: session.id, token, expiresAt: session.expires_at };
}
