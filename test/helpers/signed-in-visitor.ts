// A visitor who is signed in as somebody, by a session made behind the server's back. Knows the cookie's name.

import { addSession } from '../../server/auth/session-store.ts';
import { hashToken, newToken } from '../../server/core/secrets.ts';
import type { ScimServer } from './scim-server.ts';
import { newSession } from './sessions.ts';
import { type Visitor, visitor } from './visitor.ts';

/** Signed in as the org's first member, its owner, unless another is named. */
export async function signedInVisitor(
  { deps, orgId, url }: Pick<ScimServer, 'deps' | 'orgId' | 'url'>,
  memberId?: string,
): Promise<Visitor> {
  const { db } = deps.database;
  const owner = db.selectFrom('members').select('id').where('org_id', '=', orgId).orderBy('seq');
  const id = memberId ?? (await owner.executeTakeFirstOrThrow()).id;
  const token = newToken();
  await addSession(db, newSession(orgId, id, hashToken(token)));
  const who = visitor(url);
  who.cookies.set('rollcall-session', token);
  return who;
}
