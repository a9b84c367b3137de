// Whether a connection sent somebody and was refused for who they are: a record keeps no value sent, but what the refusal
// said. Reads records, tells one line.
import type { ConnectionSync } from '../../shared/sync-status.ts';
import type { Db } from '../db/database.ts';
import { newestRefusals } from '../provisioning/refusal-store.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import type { Trouble } from './connection-trouble.ts';
import { facts } from './story-sentences.ts';

/** Older refusals than so many of a connection say nothing of how things stand. */
const mostRefusals = 1000;

/** The newest refusal that names somebody by this user name, from a time (Unix ms) on; the remedy stands in its words. */
export async function refusedPerson(
  db: Db,
  orgId: string,
  connections: readonly Pick<ConnectionSync, 'connectionId' | 'name'>[],
  { userName, since }: { readonly userName: string; readonly since: number },
): Promise<Trouble | undefined> {
  const quoted = `"${foldCase(userName)}"`;
  for (const { connectionId, name } of connections) {
    const refusals = await newestRefusals(db, orgId, connectionId, mostRefusals);
    const found = refusals.find(
      ({ at, detail }) => at >= since && detail !== null && foldCase(detail).includes(quoted),
    );
    if (found === undefined) continue;
    const { seq, at, detail, method, path } = found;
    const line = {
      sentence: facts.refusedWhenSent(name, detail ?? ''),
      at,
      isWrong: true,
      source: { kind: 'record', connectionId, seq, request: requestWords({ method, path }) },
    } as const;
    return { rule: null, line, remedy: null };
  }
  return undefined;
}

/** "PATCH /Users/{id}": a request without what every request begins with. */
export function requestWords({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replace(/^\/+scim\/+v2(?=\/)/, '')}`;
}
