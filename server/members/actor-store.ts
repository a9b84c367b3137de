// Who the actors of events are by name: connections, people, the operator, the server itself. Reads only.
import type { Db } from '../db/database.ts';
import type { Actor } from '../events/event-log.ts';
import { findMembers } from './member-store.ts';
import { personOf } from './person-of.ts';

/** The name of each actor; of one that is gone, what it was. Ask it for a page of events, not for all. */
export async function actorNames(
  db: Db,
  orgId: string,
  actors: readonly Actor[],
): Promise<(actor: Actor) => string> {
  const idsOf = (kind: Actor['kind']) => [
    ...new Set(actors.filter((actor) => actor.kind === kind).map(({ id }) => id)),
  ];
  const names = new Map<string, string>();
  const people = idsOf('member');
  if (people.length > 0)
    for (const member of await findMembers(db, orgId, people)) names.set(member.id, personOf(member).name);
  for (const { id, name } of await connectionNames(db, orgId, idsOf('connection'))) names.set(id, name);
  return ({ kind, id }) => names.get(id) ?? fallback[kind];
}

const fallback: Readonly<Record<Actor['kind'], string>> = {
  connection: 'a connection that is deleted',
  member: 'somebody who is no longer here',
  operator: 'the operator',
  server: 'Rollcall',
};

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The names of connections by id; a deleted one's last event still says its name. */
export async function connectionNames(
  db: Db,
  orgId: string,
  ids: readonly string[],
): Promise<readonly Named[]> {
  if (ids.length === 0) return [];
  const present = await db
    .selectFrom('connections')
    .select(['id', 'name'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute();
  const gone = ids.filter((id) => !present.some((connection) => connection.id === id));
  if (gone.length === 0) return present;
  const ends = await db
    .selectFrom('events')
    .select(['subject_id', 'data'])
    .where('org_id', '=', orgId)
    .where('subject_id', 'in', gone)
    .where('type', '=', 'connection.deleted')
    .execute();
  const deleted = ends.map(({ subject_id: id, data }) => ({
    id,
    name: (JSON.parse(data) as { readonly name: string }).name,
  }));
  return [...present, ...deleted];
}
