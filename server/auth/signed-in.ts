// Who is behind a token, as the rest of the server needs to know it. Knows tokens, no cookie and no page.
import { hashToken } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import type { Person } from './access-policy.ts';
import { findSessionPerson, type SessionRow, touchSession } from './session-store.ts';

/** Somebody who is signed in and may act. */
export interface SignedIn extends Person {
  readonly orgId: string;
  readonly orgName: string;
  readonly sessionId: string;
}

/** How exactly a session's last use is known, in milliseconds: not every request writes. */
const exactness = 5 * 60_000;

/**
 * The person of a session's token, unless it or their access has ended. A token counts only for what it was made for:
 * a browser's in its cookie, the extension's in its header.
 */
export async function personOfToken(
  { db, now }: { readonly db: Db; readonly now: () => number },
  token: string,
  kind: SessionRow['kind'],
): Promise<SignedIn | undefined> {
  const at = now();
  const hash = hashToken(token);
  const found = await findSessionPerson(db, hash, at);
  if (found === undefined || found.kind !== kind) return undefined;
  if (at - (found.last_used_at ?? 0) >= exactness) await touchSession(db, hash, at);
  return {
    orgId: found.org_id,
    orgName: found.org_name,
    memberId: found.member_id,
    sessionId: found.id,
    role: found.role,
    membersMayInvite: settingsOf(found).membersMayInvite,
  };
}

/** The person of an `Authorization` header. @see RFC 6750 §2.1 */
export async function personOfBearer(
  deps: { readonly db: Db; readonly now: () => number },
  authorization: string | undefined,
): Promise<SignedIn | undefined> {
  const token = /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : personOfToken(deps, token, 'extension');
}
