// Sessions of an org's owner, made in its database before a server opens it. Knows no server.
import { inChange } from '../server/audit/change-context.ts';
import { startSession } from '../server/auth/start-session.ts';
import { openDatabase } from '../server/db/open-database.ts';

/** So many bearer tokens of the extension's kind. */
export async function ownerSessions(file: string, orgId: string, count: number): Promise<readonly string[]> {
  const { db, close } = openDatabase({ file });
  const owner = await db
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', orgId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  const asked = { orgId, actor: { kind: 'member', id: owner.id }, requestId: 'bench' } as const;
  const deps = { db, now: Date.now, secret: Buffer.alloc(32) };
  const device = { kind: 'extension', name: 'Bench' } as const;
  const tokens: string[] = [];
  for (let n = 0; n < count; n++)
    tokens.push((await inChange(deps, asked, (context) => startSession(context, owner.id, device))).token);
  await close();
  return tokens;
}
