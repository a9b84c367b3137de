// The columns of the people's list: which there are, which are chosen, and which of them have room. Pure.
import type { MemberSort } from '../../shared/member-list.ts';
import { attributeLabel } from './attribute-words.ts';

export interface Column {
  readonly id: string;
  readonly name: string;
  /** What its heading sorts by. */
  readonly sort?: MemberSort;
  /** The least it needs, in pixels; what is left over is shared by weight. */
  readonly least: number;
  readonly weight: number;
}

/** The name always stands first, with the e-mail address below it. */
export const nameColumn: Column = { id: 'name', name: 'Name', sort: 'name', least: 232, weight: 3 };

/** In their order on the screen. */
export const columns = [
  { id: 'status', name: 'Status', least: 124, weight: 0 },
  { id: 'role', name: 'Role', least: 76, weight: 0 },
  { id: 'department', name: 'Department', least: 96, weight: 1 },
  { id: 'groups', name: 'Groups', least: 132, weight: 2 },
  { id: 'connection', name: 'Managed by', least: 96, weight: 1 },
  { id: 'userName', name: 'User name', least: 180, weight: 2 },
  { id: 'invited', name: 'Invited', least: 108, weight: 0 },
  { id: 'changed', name: 'Last change', sort: 'changed', least: 112, weight: 0 },
] as const satisfies readonly Column[];

/** One of the list's own columns, or an attribute that the org defined. */
export type ColumnId = (typeof columns)[number]['id'] | CustomColumnId;
export type CustomColumnId = `custom:${string}`;

/** A column that is there, chosen or not. */
export interface ShownColumn extends Column {
  readonly id: ColumnId;
}

/** The column of an attribute that the org defined. */
export function customColumn(name: string): ShownColumn {
  return { id: `custom:${name}`, name: attributeLabel(name), least: 112, weight: 1 };
}

/** The name of the attribute that a column is of; undefined where it is one of the list's own. */
export function attributeOfColumn(id: string): string | undefined {
  return id.startsWith('custom:') ? id.slice('custom:'.length) : undefined;
}

/** The attributes among the columns chosen: what rows have to come with. */
export function attributesOf(chosen: readonly ColumnId[]): readonly string[] {
  return chosen.flatMap((id) => attributeOfColumn(id) ?? []);
}

export const usualColumns: readonly (typeof columns)[number]['id'][] = [
  'status',
  'role',
  'department',
  'groups',
  'connection',
  'changed',
];

/** The first of these is the first to go when there is no room; between them go what the org defined and chose. */
const leastMissed: readonly (ColumnId | 'custom')[] = [
  'groups',
  'userName',
  'invited',
  'connection',
  'custom',
  'department',
  'role',
  'changed',
  'status',
];

/** Those chosen that fit into so many pixels beside the name. */
export function columnsThatFit(chosen: readonly ColumnId[], width: number): readonly ShownColumn[] {
  const custom = attributesOf(chosen).map(customColumn);
  const all: readonly ShownColumn[] = [...columns, ...custom];
  const shown = new Set(chosen);
  const needed = () =>
    all.filter(({ id }) => shown.has(id)).reduce((sum, { least }) => sum + least, nameColumn.least);
  // The one that was chosen last is the first of them to go.
  const customIds = custom.map(({ id }) => id).reverse();
  for (const id of leastMissed.flatMap((one) => (one === 'custom' ? customIds : one))) {
    if (needed() <= width) break;
    shown.delete(id);
  }
  return all.filter(({ id }) => shown.has(id));
}

/** The columns as a grid's tracks. */
export function tracksOf(shown: readonly Column[]): string {
  return [nameColumn, ...shown]
    .map(({ least, weight }) => `minmax(${least}px, ${weight === 0 ? `${least}px` : `${weight}fr`})`)
    .join(' ');
}

/** What was kept, as far as it is still known. */
export function knownColumns(kept: readonly string[] | undefined): readonly ColumnId[] {
  if (kept === undefined) return usualColumns;
  const custom = kept.filter((id): id is CustomColumnId => attributeOfColumn(id) !== undefined);
  return [...columns.map(({ id }) => id).filter((id) => kept.includes(id)), ...custom];
}
