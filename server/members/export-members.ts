// Members as a CSV file, written while it is read, in slices. Knows columns, not who may have them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { CustomAttributes } from '../../shared/custom-attributes.ts';
import type { MemberExportQuery } from '../../shared/member-list.ts';
import { textOfValue } from '../attributes/custom-value-text.ts';
import { columnOfAttribute, customValuesOf, orgAttributes } from '../attributes/org-attributes.ts';
import type { Database, Db } from '../db/database.ts';
import { connectionNames } from './actor-store.ts';
import { type GroupsInBrief, groupsInBrief } from './groups-in-brief-store.ts';
import { membersInOrder, runsBackward } from './list-members.ts';
import { type ListPosition, readKeyPage } from './member-pages.ts';
import type { MemberRow } from './member-store.ts';
import { personOf } from './person-of.ts';

/** The first columns, in this order for good: other programs read them by their place. The org's own follow. */
const columns = [
  'id',
  'email',
  'userName',
  'name',
  'givenName',
  'familyName',
  'title',
  'department',
  'role',
  'status',
  'groups',
  'managedBy',
  'addedAt',
  'invitedAt',
  'joinedAt',
  'lastChange',
] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>> & Readonly<Record<string, string>>;

const slice = 250;
const mostGroups = 1000;

/**
 * The members who meet the filters as CSV with a line of headings, slice by slice. No cell is a formula to a
 * spreadsheet. `bom` begins with the mark by which some of them know UTF-8.
 */
export async function* exportMembers(
  { database }: { readonly database: Database },
  orgId: string,
  { sort, direction, ...filter }: MemberExportQuery,
  { bom = false }: { readonly bom?: boolean } = {},
): AsyncGenerator<string> {
  const custom = await orgAttributes(database.db, orgId);
  const names = [...columns, ...(custom?.attributes ?? []).map(columnOfAttribute)];
  yield (bom ? '\ufeff' : '') +
    csvOf(names, [Object.fromEntries(names.map((name) => [name, name])) as Cells]);
  const connections = new Map<string, string>();
  const backward = runsBackward(sort, direction);
  for (let after: ListPosition | undefined; ; ) {
    const page = await readKeyPage(database, orgId, { filter, sort, backward, after, limit: slice });
    const members = await membersInOrder(database.db, orgId, page.ids);
    await learnNames(database.db, orgId, members, connections);
    const groups = await groupsInBrief(database.scans, orgId, page.ids, mostGroups);
    if (members.length > 0)
      yield csvOf(
        names,
        members.map((member) => ({
          ...cellsOf(member, groups.get(member.id), connections),
          ...customCells(custom, member),
        })),
      );
    if (page.next === null) return;
    after = page.next;
    await nextTurn();
  }
}

function csvOf(names: readonly string[], rows: readonly Cells[]): string {
  return stringify([...rows], {
    columns: names.map((key) => ({ key })),
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function customCells(
  custom: CustomAttributes | undefined,
  { attributes }: MemberRow,
): Readonly<Record<string, string>> {
  const values = Object.entries(customValuesOf(custom, attributes));
  return Object.fromEntries(values.map(([name, value]) => [columnOfAttribute({ name }), textOfValue(value)]));
}

async function learnNames(
  db: Db,
  orgId: string,
  members: readonly MemberRow[],
  names: Map<string, string>,
): Promise<void> {
  const ids = new Set(members.flatMap(({ connection_id: id }) => (id === null || names.has(id) ? [] : [id])));
  for (const { id, name } of await connectionNames(db, orgId, [...ids])) names.set(id, name);
}

function cellsOf(
  member: MemberRow,
  groups: GroupsInBrief | undefined,
  connections: ReadonlyMap<string, string>,
): Cells {
  const { name, givenName, familyName, title, department } = personOf(member);
  return {
    id: member.id,
    email: member.email ?? '',
    userName: member.user_name,
    name,
    givenName: givenName ?? '',
    familyName: familyName ?? '',
    title: title ?? '',
    department: department ?? '',
    role: member.role,
    status: member.status,
    groups: (groups?.names ?? []).join('; '),
    managedBy: member.connection_id === null ? '' : (connections.get(member.connection_id) ?? ''),
    addedAt: timeOf(member.created_at),
    invitedAt: timeOf(member.invited_at),
    joinedAt: timeOf(member.joined_at),
    lastChange: timeOf(member.updated_at),
  };
}

function timeOf(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}
