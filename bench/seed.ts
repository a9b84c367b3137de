// Fills an SQLite directory with invented people, as the server would have written them one by one, only faster. Knows
// the tables. Numbers of members and times come from the counter, so that every seeding gives the same people.
import Sqlite from 'better-sqlite3';
import type { EventTable, MemberEmailTable, MemberTermTable } from '../server/db/tables.ts';
import type { NewGroup } from '../server/groups/group-store.ts';
import { identityColumns, type MemberIdentity, memberIdentity } from '../server/members/member-identity.ts';
import { searchWords } from '../server/members/member-search.ts';
import type { NewMember } from '../server/members/member-store.ts';
import type { Tenant } from './directory.ts';
import { person, scramble } from './people.ts';

/** A group of the directory's first members. */
export interface Crowd {
  readonly id: string;
  readonly size: number;
}

/** Every member is in one team; teams are this large. */
const teamSize = 50;

/** Only the first half of the members are in crowds, and lookups ask for the second, where all are alike. */
const crowdSizes = (members: number) =>
  [...new Set([10, members / 100, members / 10])].filter((size) => size >= 10 && size <= members / 2);

const startOfTime = Date.UTC(2026, 0, 5);
const perTransaction = 50_000;

/** Adds people 1 to `members` with their addresses, history, teams and crowds to a directory that was just set up. */
export function seedMembers(file: string, tenant: Tenant, members: number): readonly Crowd[] {
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = OFF');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -2000000');
  sqlite.pragma('locking_mode = EXCLUSIVE');
  sqlite.exec('create temp table unsorted (term text, member_id text)');
  const insert = inserters(sqlite);
  const crowds = crowdSizes(members).map((size, index) => ({ id: idOf(-1 - index), size }));
  for (const { id, size } of crowds) insert.group(groupRow(tenant, id, `Crowd of ${size}`));

  let team = '';
  const addPerson = (number: number) => {
    const {
      members: member,
      member_emails: email,
      member_terms,
      events: event,
      audit,
    } = rowsOf(tenant, number);
    insert.member(member);
    insert.email(email);
    for (const term of member_terms) insert.term(term);
    insert.event(event);
    insert.audit(audit);
    if ((number - 1) % teamSize === 0) {
      team = idOf(number, 1);
      insert.group(groupRow(tenant, team, `Team ${Math.ceil(number / teamSize)}`));
    }
    const groups = [team, ...crowds.filter(({ size }) => number <= size).map(({ id }) => id)];
    for (const group_id of groups)
      insert.membership({ org_id: member.org_id, group_id, member_id: member.id, kind: 'User' });
  };
  const addPeople = sqlite.transaction((from: number, to: number) => {
    for (let number = from; number <= to; number++) addPerson(number);
  });
  for (let from = 1; from <= members; from += perTransaction)
    addPeople(from, Math.min(members, from + perTransaction - 1));
  // Into the index in its order: one by one they would land all over it.
  sqlite
    .prepare(
      `insert into member_terms (org_id, term, member_id)
       select ?, term, member_id from unsorted order by term, member_id`,
    )
    .run(tenant.orgId);

  sqlite.pragma('journal_mode = WAL');
  sqlite.close();
  return crowds;
}

/** The id of a seeded member. */
export function memberId(number: number): string {
  return idOf(number);
}

/** The rows that the server makes of a person whom a connection sends, by table. */
export function rowsOf(tenant: Tenant, number: number) {
  const { active: _active, schemas: _schemas, ...stored } = person(number);
  const attributes = { ...stored, emails: stored.emails.map((email) => ({ ...email })) };
  const identity = memberIdentity(attributes);
  const words = searchWords(attributes, identity.email);
  const members = memberRow(tenant, number, identity, {
    attributes: JSON.stringify(stored),
    search_text: words.text,
  });
  const { org_id, id: member_id } = members;
  return {
    members,
    member_emails: { org_id, email_norm: identity.emailNorm ?? '', member_id },
    member_terms: words.terms.map((term) => ({ org_id, term, member_id })),
    ...historyRows(tenant, members),
  };
}

function memberRow(
  { orgId, connectionId }: Tenant,
  number: number,
  identity: MemberIdentity,
  written: Pick<NewMember, 'attributes' | 'search_text'>,
): NewMember {
  return {
    org_id: orgId,
    id: idOf(number),
    connection_id: connectionId,
    ...identityColumns(identity),
    role: 'member',
    role_by_hand: 0,
    active: 1,
    invited_at: null,
    joined_at: null,
    blocked_at: null,
    blocked_reason: null,
    waiting_since: null,
    status: 'not_invited',
    ...written,
    version: 1,
    created_at: timeOf(number),
    updated_at: timeOf(number),
  };
}

function historyRows({ orgId, connectionId }: Tenant, member: NewMember) {
  const about = {
    org_id: orgId,
    at: member.created_at,
    actor_kind: 'connection',
    actor_id: connectionId,
    subject_kind: 'member',
    subject_id: member.id,
  };
  const changes = { userName: [null, member.user_name], role: [null, member.role], active: [null, true] };
  return {
    events: { ...about, type: 'member.added', data: JSON.stringify({ status: member.status }) },
    audit: {
      ...about,
      action: 'member.added',
      changes: JSON.stringify(changes),
      request_id: member.id,
      came_from: '127.0.0.1',
    },
  };
}

function groupRow({ orgId, connectionId }: Tenant, id: string, displayName: string): NewGroup {
  return {
    org_id: orgId,
    id,
    connection_id: connectionId,
    display_name: displayName,
    display_name_norm: displayName.toLowerCase(),
    external_id: null,
    version: 1,
    created_at: startOfTime,
    updated_at: startOfTime,
  };
}

/** Ids in the order of creation, as the server's are. */
function idOf(number: number, kind = 0): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);
  const time = hex(timeOf(number), 12);
  const random = hex(scramble(number * 2 + kind), 8) + hex(scramble(~number), 7);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(kind, 3)}-8${random.slice(0, 3)}-${random.slice(3)}`;
}

function timeOf(number: number): number {
  return startOfTime + number * 7;
}

type Row = Readonly<Record<string, string | number | null>>;

function inserters(sqlite: Sqlite.Database) {
  const into = <Columns>(table: string, columns: readonly (keyof Columns & string)[]) => {
    const statement = sqlite.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
    return (row: Pick<Columns, keyof Columns & string>) =>
      void statement.run(columns.map((column) => (row as Row)[column]));
  };
  const history = ['org_id', 'at', 'actor_kind', 'actor_id', 'subject_kind', 'subject_id'] as const;
  return {
    member: into<NewMember>('members', [
      'org_id',
      'id',
      'connection_id',
      'user_name',
      'user_name_norm',
      'external_id',
      'display_name_norm',
      'email',
      'email_norm',
      'role',
      'active',
      'invited_at',
      'joined_at',
      'blocked_at',
      'status',
      'attributes',
      'search_text',
      'version',
      'created_at',
      'updated_at',
    ]),
    email: into<MemberEmailTable>('member_emails', ['org_id', 'email_norm', 'member_id']),
    term: into<Omit<MemberTermTable, 'org_id'>>('unsorted', ['term', 'member_id']),
    event: into<Omit<EventTable, 'seq'>>('events', [...history, 'type', 'data']),
    audit: into<ReturnType<typeof historyRows>['audit']>('audit', [
      ...history,
      'action',
      'changes',
      'request_id',
    ]),
    group: into<NewGroup>('groups', [
      'org_id',
      'id',
      'connection_id',
      'display_name',
      'display_name_norm',
      'external_id',
      'version',
      'created_at',
      'updated_at',
    ]),
    membership: into<{ org_id: string; group_id: string; member_id: string; kind: string }>('group_members', [
      'org_id',
      'group_id',
      'member_id',
      'kind',
    ]),
  };
}
