// The names of people and groups by id, from the directory or from what the tombstones still keep. Reads only.
import type { Db } from '../db/database.ts';
import { findTombstones } from '../db/tombstone-store.ts';
import { findGroups } from '../groups/group-store.ts';
import type { RemovedGroup } from '../groups/removed-group-store.ts';
import { findMembers, type MemberRow } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import type { RemovedMember } from '../members/removed-member-store.ts';

/** Who or what an id stands for. */
export interface KnownSubject {
  readonly name: string;
  /** Of a group null. */
  readonly email: string | null;
  /** Whether it is in the directory now; of a person: and active. */
  readonly present: boolean;
}

/** Of these ids (at most a page of them), the people and groups that still have a name. */
export async function subjectNames(
  db: Db,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownSubject>> {
  const known = new Map<string, KnownSubject>();
  if (ids.length === 0) return known;
  for (const member of await findMembers(db, orgId, ids))
    known.set(member.id, { ...person(member), present: member.active === 1 });
  for (const group of await findGroups(db, orgId, ids))
    known.set(group.id, { name: group.display_name, email: null, present: true });
  for (const { id, kind, document } of await findTombstones(db, orgId, ids)) {
    if (document === null) continue;
    const gone =
      kind === 'User'
        ? person((JSON.parse(document) as RemovedMember).member)
        : { name: (JSON.parse(document) as RemovedGroup).group.display_name, email: null };
    known.set(id, { ...gone, present: false });
  }
  return known;
}

function person(
  member: Pick<MemberRow, 'attributes' | 'user_name' | 'email'>,
): Pick<KnownSubject, 'name' | 'email'> {
  return { name: personOf(member).name, email: member.email };
}
