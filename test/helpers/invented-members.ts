// Invented members written as rows, many at once, with everything that lists filter and sort by. Knows the tables, so
// that no test waits for thousands of changes.
import type { NewGroup } from '../../server/groups/group-store.ts';
import { factColumns } from '../../server/members/member-facts.ts';
import { identityColumns, memberIdentity } from '../../server/members/member-identity.ts';
import { searchWords } from '../../server/members/member-search.ts';
import type { NewMember } from '../../server/members/member-store.ts';
import type { MemberRole, MemberStatus } from '../../shared/member.ts';
import type { Directory } from './directory.ts';

/** What a test needs to know of an invented member to say where the list has them. */
export interface Invented {
  readonly id: string;
  readonly seq: number;
  readonly status: MemberStatus;
  readonly role: MemberRole;
  readonly connectionId: string | null;
  readonly waitingSince: number | null;
  readonly department: string | null;
  readonly nameNorm: string | null;
  readonly emailNorm: string | null;
  readonly changedAt: number;
  readonly text: string;
  /** The ids of their groups. */
  readonly groups: readonly string[];
}

const given = ['Ada', 'Bela', 'Åda', 'Noor', 'Per', 'Zoe', 'Imogen'];
const family = ['Holm', 'Haddad', 'Okonjo', 'Holm-Berg', 'Sandoval'];
const departments = ['Sales', 'Human Resources', 'Sales Planning'];

/** Every third is in the large group, every fortieth in the small one, nobody in the empty one. */
const groupNames = ['Everybody’s third', 'Few', 'Nobody'];

/**
 * Adds members and three groups to an org and gives all members that there are, the owner among them. The same number
 * gives the same people.
 */
export async function inventMembers(
  { db, orgId, ownerId, clock }: Directory,
  count: number,
  connections: readonly string[],
): Promise<{ readonly members: readonly Invented[]; readonly groups: readonly string[] }> {
  const groups = groupNames.map((displayName, n) => groupRow(orgId, `${orgId}-group-${n}`, displayName));
  await db.insertInto('groups').values(groups).execute();
  const invented = Array.from({ length: count }, (_, n) => inventOne(orgId, n, connections, clock.now));
  const memberships = invented.flatMap(({ row }, n) =>
    groups
      .filter((_, index) => (index === 0 && n % 3 === 0) || (index === 1 && n % 40 === 0))
      .map(({ id }) => ({ org_id: orgId, group_id: id, member_id: row.id, kind: 'User' as const })),
  );
  const terms = invented.flatMap(({ row, terms: words }) =>
    words.map((term) => ({ org_id: orgId, term, member_id: row.id })),
  );
  await inSlices(invented, (slice) =>
    db
      .insertInto('members')
      .values(slice.map(({ row }) => row))
      .execute(),
  );
  await inSlices(memberships, (slice) => db.insertInto('group_members').values(slice).execute());
  await inSlices(terms, (slice) => db.insertInto('member_terms').values(slice).execute());
  const rows = await db.selectFrom('members').selectAll().where('org_id', '=', orgId).execute();
  const departmentOf = new Map(invented.map(({ row, department }) => [row.id, department]));
  const members = rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    status: row.status,
    role: row.role,
    connectionId: row.connection_id,
    waitingSince: row.waiting_since,
    department: departmentOf.get(row.id) ?? null,
    nameNorm: row.display_name_norm,
    emailNorm: row.email_norm,
    changedAt: row.updated_at,
    text: row.search_text,
    groups: memberships.filter(({ member_id }) => member_id === row.id).map(({ group_id }) => group_id),
  }));
  if (!members.some(({ id }) => id === ownerId)) throw new Error('the owner is gone');
  return { members, groups: groups.map(({ id }) => id) };
}

function inventOne(orgId: string, n: number, connections: readonly string[], now: number) {
  const pick = <Value>(from: readonly Value[], by: number) => from[(n * by) % from.length] as Value;
  const department = n % 4 === 0 ? null : pick(departments, n % 50 === 1 ? 1 : 3);
  const [first, last] = [pick(given, 3), pick(family, 2)];
  const attributes = {
    userName: `person-${n}`,
    ...(n % 9 !== 0 && { displayName: `${first} ${last}` }),
    ...(n % 5 !== 0 && { emails: [{ value: `${first}.${last}.${n}@larkspur.example`, primary: true }] }),
    ...(department !== null && {
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department },
    }),
  };
  const identity = memberIdentity(attributes);
  const words = searchWords(attributes, identity.email);
  const facts = {
    active: n % 8 !== 0,
    invitedAt: n % 3 === 0 ? now : null,
    joinedAt: n % 10 > 3 ? now : null,
    blockedAt: n % 70 === 1 ? now : null,
    waitingSince: n % 60 === 2 ? now : null,
  };
  const role: MemberRole = n % 90 === 0 ? 'owner' : n % 45 === 0 ? 'admin' : 'member';
  const manager = n % 100 === 7 ? null : (connections[n % connections.length] ?? null);
  const row: NewMember = {
    org_id: orgId,
    id: `${orgId}-${String((n * 7919) % 100_000).padStart(5, '0')}`,
    connection_id: manager,
    ...identityColumns(identity),
    role,
    role_by_hand: 0,
    ...factColumns(facts),
    blocked_reason: null,
    attributes: JSON.stringify(attributes),
    search_text: words.text,
    version: 1,
    created_at: now,
    // Runs of the same time, in no relation to creation order.
    updated_at: now + ((n * 31) % 40),
  };
  return { row, terms: words.terms, department };
}

function groupRow(orgId: string, id: string, displayName: string): NewGroup {
  return {
    org_id: orgId,
    id,
    connection_id: null,
    display_name: displayName,
    display_name_norm: displayName.toLowerCase(),
    external_id: null,
    version: 1,
    created_at: 1,
    updated_at: 1,
  };
}

async function inSlices<Row>(rows: readonly Row[], write: (slice: readonly Row[]) => Promise<unknown>) {
  for (let start = 0; start < rows.length; start += 500) await write(rows.slice(start, start + 500));
}
