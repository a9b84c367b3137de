// The columns of the people's list: which there are, which are chosen, and which of them have room. Pure.
import type { MemberSort } from '../../shared/member-list.ts';

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

export type ColumnId = (typeof columns)[number]['id'];

export const usualColumns: readonly ColumnId[] = [
  'status',
  'role',
  'department',
  'groups',
  'connection',
  'changed',
];

/** The first of these is the first to go when there is no room. */
const leastMissed: readonly ColumnId[] = [
  'groups',
  'userName',
  'invited',
  'connection',
  'department',
  'role',
  'changed',
  'status',
];

/** Those chosen that fit into so many pixels beside the name. */
export function columnsThatFit(
  chosen: readonly ColumnId[],
  width: number,
): readonly (typeof columns)[number][] {
  const shown = new Set(chosen);
  const needed = () =>
    columns.filter(({ id }) => shown.has(id)).reduce((sum, { least }) => sum + least, nameColumn.least);
  for (const id of leastMissed) {
    if (needed() <= width) break;
    shown.delete(id);
  }
  return columns.filter(({ id }) => shown.has(id));
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
  return columns.map(({ id }) => id).filter((id) => kept.includes(id));
}
