// What of the removed still tells something to diagnostic rules: the name of a group and when it went, and whether a person
// was still active then. Reads tombstones; knows no rule.
import type { Db } from '../db/database.ts';
import { findTombstones } from '../db/tombstone-store.ts';
import type { RemovedGroup } from '../groups/removed-group-store.ts';
import type { RemovedMember } from '../members/removed-member-store.ts';
import type { FindingEvidence, GoneGroup, RequestSeen } from './diagnostic-rule.ts';

/** More ids than that say nothing more. */
const mostIds = 100;

/** Of these ids, the groups that were removed; without a name once their data is erased. */
export async function goneGroups(
  db: Db,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GoneGroup>> {
  if (ids.length === 0) return new Map();
  const graves = await findTombstones(db, orgId, ids.slice(0, mostIds));
  return new Map(
    graves.flatMap(({ id, kind, removed_at: removedAt, document }) => {
      if (kind !== 'Group') return [];
      const name = document === null ? null : (JSON.parse(document) as RemovedGroup).group.display_name;
      return [[id, { name, removedAt }] as const];
    }),
  );
}

/** When somebody was deleted who could still sign in, the latest first (Unix ms). */
export async function removedWhileActive(
  db: Db,
  orgId: string,
  requests: readonly RequestSeen[],
): Promise<FindingEvidence['removedWhileActive']> {
  const removals = requests.filter(
    ({ method, outcome, subjectKind }) =>
      method === 'DELETE' && outcome === 'removed' && subjectKind === 'User',
  );
  const ids = removals.flatMap(({ subjectId }) => subjectId ?? []).slice(0, mostIds);
  if (ids.length === 0) return [];
  const active = new Set<string | null>();
  for (const { id, document } of await findTombstones(db, orgId, ids)) {
    if (document !== null && (JSON.parse(document) as RemovedMember).member.active === 1) active.add(id);
  }
  return removals.filter(({ subjectId }) => active.has(subjectId)).map(({ at }) => at);
}
