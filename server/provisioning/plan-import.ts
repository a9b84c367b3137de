// What a file of people comes to before anything is written: for each line somebody new, a change, or why not. Knows the
// directory, changes nothing.
import type { CustomAttributes, CustomValue, CustomValues } from '../../shared/custom-attributes.ts';
import { addressFault, bareAddress } from '../../shared/mail-address.ts';
import { type MemberRole, memberRoles } from '../../shared/member.ts';
import type { ImportLine, ImportPreview } from '../../shared/member-import.ts';
import { textOfValue, valueOfText } from '../attributes/custom-value-text.ts';
import { columnOfAttribute, customValuesOf, orgAttributes } from '../attributes/org-attributes.ts';
import type { Db } from '../db/database.ts';
import type { GroupRow } from '../groups/group-store.ts';
import { listRoleMappings } from '../groups/role-mapping-store.ts';
import { connectionNames } from '../members/actor-store.ts';
import type { MemberRow } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import { readMemberTable, type TableColumn, type TableLine } from '../members/read-member-table.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { groupsByName, membersByAddress, membershipsAmong } from './import-store.ts';

/** What a line wants written. */
export interface ImportIntent {
  readonly line: number;
  readonly email: string;
  readonly member: MemberRow | undefined;
  /** The name, title and department that the file gives. */
  readonly texts: Readonly<Partial<Record<TextColumn, string>>>;
  /** What the file says by the org's own attributes; empty where it says nothing. */
  readonly custom: { readonly urn: string; readonly values: CustomValues };
  readonly role: MemberRole | undefined;
  /** The groups to join. */
  readonly groups: readonly GroupRow[];
}

export interface ImportPlan extends ImportPreview {
  readonly intents: readonly ImportIntent[];
}

const textColumns = ['name', 'givenName', 'familyName', 'title', 'department'] as const;
export type TextColumn = (typeof textColumns)[number];

const longest = 200;

/**
 * Plans an import; `mayGive` are the roles that whoever asks may give and take.
 * @throws AppError `import.too_large`, `import.unreadable`, `import.no_address_column`
 */
export async function planImport(
  db: Db,
  orgId: string,
  csv: string,
  mayGive: readonly MemberRole[],
): Promise<ImportPlan> {
  const custom = await orgAttributes(db, orgId);
  const { lines: table, ignoredColumns } = await readMemberTable(csv, custom);
  const addresses = [...new Set(table.map(addressOf).map(foldCase))];
  const members = await membersByAddress(db, orgId, addresses);
  const groups = await groupsByName(db, orgId, [...new Set(table.flatMap(groupNames).map(foldCase))]);
  const memberships = await membershipsAmong(
    db,
    orgId,
    [...groups.values()].map(({ id }) => id),
    [...members.values()].map(({ id }) => id),
  );
  const managers = new Set([...members.values()].flatMap(({ connection_id: id }) => id ?? []));
  const connections = new Map(
    (await connectionNames(db, orgId, [...managers])).map(({ id, name }) => [id, name]),
  );
  const roleGroups = new Set((await listRoleMappings(db, orgId)).map(({ groupId }) => groupId));
  const planner: Planner = {
    members,
    groups,
    roleGroups,
    memberships,
    connections,
    mayGive,
    custom,
    seen: new Set(),
  };
  const planned = table.map((line) => planLine(planner, line));
  const lines = planned.map(({ told }) => told);
  const count = (kind: ImportLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return {
    lines,
    totals: {
      new: count('new'),
      update: count('update'),
      unchanged: count('unchanged'),
      managed: count('managed'),
      problem: count('problem'),
    },
    ignoredColumns,
    intents: planned.flatMap(({ intent }) => intent ?? []),
  };
}

interface Planner {
  readonly members: ReadonlyMap<string, MemberRow>;
  readonly groups: ReadonlyMap<string, GroupRow>;
  /** Those whose members get a role by it. */
  readonly roleGroups: ReadonlySet<string>;
  readonly memberships: ReadonlySet<string>;
  readonly connections: ReadonlyMap<string, string>;
  readonly mayGive: readonly MemberRole[];
  readonly custom: CustomAttributes | undefined;
  /** The addresses of the lines before. */
  readonly seen: Set<string>;
}

interface Planned {
  readonly told: ImportLine;
  readonly intent?: ImportIntent;
}

function planLine(planner: Planner, table: TableLine): Planned {
  const { line, cells } = table;
  const email = addressOf(table);
  const member = planner.members.get(foldCase(email));
  const problem =
    addressProblem(planner, email) ??
    (isManaged(member) ? undefined : (cellProblem(planner, table, member) ?? customProblem(planner, table)));
  planner.seen.add(foldCase(email));
  if (problem) return { told: { kind: 'problem', line, ...problem } };

  const texts = Object.fromEntries(
    textColumns.flatMap((column) => (cells[column] === undefined ? [] : [[column, cells[column]]])),
  );
  const custom = { urn: planner.custom?.urn ?? '', values: customOf(planner, table) };
  const role = roleOf(cells.role);
  const groups = groupNames(table).flatMap((name) => planner.groups.get(foldCase(name)) ?? []);
  if (member === undefined) {
    const inParts = [cells.givenName, cells.familyName].filter(Boolean).join(' ');
    const told = { kind: 'new', line, email, name: cells.name ?? (inParts || email) } as const;
    return { told, intent: { line, email, member, texts, custom, role, groups } };
  }
  const person = personOf(member);
  const about = { line, email, name: person.name, memberId: member.id };
  if (isManaged(member)) {
    const connection = planner.connections.get(member.connection_id ?? '') ?? '';
    return { told: { kind: 'managed', ...about, connection } };
  }
  const joins = groups.filter(({ id }) => !planner.memberships.has(`${id} ${member.id}`));
  const changes: Record<string, readonly [string, string]> = {};
  for (const column of textColumns) {
    const [before, after] = [person[column] ?? '', cells[column] ?? person[column] ?? ''];
    if (before !== after) changes[column] = [before, after];
  }
  const had = customValuesOf(planner.custom, member.attributes);
  for (const [name, value] of Object.entries(custom.values)) {
    const [before, after] = [textOfValue(had[name]), textOfValue(value)];
    if (before !== after) changes[columnOfAttribute({ name })] = [before, after];
  }
  if (role !== undefined && role !== member.role) changes.role = [member.role, role];
  if (joins.length > 0) changes.groups = ['', joins.map(({ display_name: name }) => name).join('; ')];
  if (Object.keys(changes).length === 0) return { told: { kind: 'unchanged', ...about } };
  const wanted = changes.role === undefined ? undefined : role;
  return {
    told: { kind: 'update', ...about, changes },
    intent: { line, email, member, texts, custom, role: wanted, groups: joins },
  };
}

type Problem = Pick<Extract<ImportLine, { kind: 'problem' }>, 'column' | 'value' | 'problem'>;

function addressProblem({ seen }: Planner, email: string): Problem | undefined {
  const at = (problem: Problem['problem']) => ({ column: 'email', value: email.slice(0, longest), problem });
  if (email === '') return at('no_address');
  const fault = addressFault(email);
  if (fault !== undefined) return at(fault);
  return seen.has(foldCase(email)) ? at('repeated') : undefined;
}

function cellProblem(
  { groups, roleGroups, memberships, mayGive }: Planner,
  table: TableLine,
  member: MemberRow | undefined,
): Problem | undefined {
  const { cells } = table;
  const at = (column: TableColumn, problem: Problem['problem'], value = cells[column] ?? '') => ({
    column,
    value: value.slice(0, longest),
    problem,
  });
  for (const column of textColumns) {
    if ((cells[column] ?? '').length > longest) return at(column, 'too_long');
    if (/[\0\p{Surrogate}]/u.test(cells[column] ?? '')) return at(column, 'unstorable');
  }
  const role = roleOf(cells.role);
  if (cells.role !== undefined && role === undefined) return at('role', 'unknown_role');
  const before = member?.role ?? 'member';
  const changesRole = role !== undefined && role !== before;
  if (changesRole && !(mayGive.includes(role) && mayGive.includes(before)))
    return at('role', 'role_not_allowed');
  for (const name of groupNames(table)) {
    const group = groups.get(foldCase(name));
    if (group === undefined) return at('groups', 'unknown_group', name);
    const isIn = member !== undefined && memberships.has(`${group.id} ${member.id}`);
    if (group.connection_id !== null && !isIn) return at('groups', 'managed_group', name);
    if (roleGroups.has(group.id) && !isIn && !mayGive.includes('owner'))
      return at('groups', 'role_group', name);
  }
  return undefined;
}

function customProblem({ custom }: Planner, table: TableLine): Problem | undefined {
  for (const { attribute, read } of customCells(custom, table))
    if ('problem' in read)
      return {
        column: columnOfAttribute(attribute),
        value: read.value.slice(0, longest),
        problem: read.problem,
      };
  return undefined;
}

function customOf({ custom }: Planner, table: TableLine): CustomValues {
  const values: Record<string, CustomValue> = {};
  for (const { attribute, read } of customCells(custom, table))
    if (!('problem' in read) && read.value !== undefined) values[attribute.name] = read.value;
  return values;
}

function customCells(custom: CustomAttributes | undefined, { custom: cells = {} }: TableLine) {
  return (custom?.attributes ?? []).flatMap((attribute) => {
    const text = cells[attribute.name];
    return text === undefined ? [] : [{ attribute, read: valueOfText(attribute, text) }];
  });
}

/** What is said of them is their connection's business, and no line of a file. */
function isManaged(member: MemberRow | undefined): boolean {
  return member !== undefined && member.connection_id !== null;
}

function addressOf({ cells }: TableLine): string {
  return bareAddress(cells.email ?? '');
}

function roleOf(text: string | undefined): MemberRole | undefined {
  return memberRoles.find((role) => role === text?.toLowerCase());
}

/** "Sales; Night shift" names two groups; a comma may be part of a name. */
function groupNames({ cells }: TableLine): readonly string[] {
  return (cells.groups ?? '')
    .split(/[;|\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
