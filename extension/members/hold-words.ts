// Held removals in words. Pure.
import type { Outputs } from '../lib/api.ts';

export type Hold = Outputs['holds']['list'][number];
export type Held = Outputs['holds']['held'][number];
export type NotRestored = Outputs['holds']['restore']['refused'];

/** "214 people and 3 groups" */
export function amountOf({ people, groups }: Pick<Hold, 'people' | 'groups'>): string {
  const parts = [
    people > 0 && `${people.toLocaleString()} ${people === 1 ? 'person' : 'people'}`,
    groups > 0 && `${groups.toLocaleString()} ${groups === 1 ? 'group' : 'groups'}`,
  ].filter((part): part is string => part !== false);
  return parts.length === 0 ? 'nobody' : parts.join(' and ');
}

export function connectionOf({ connection }: Hold): string {
  return connection.name ?? 'A connection that is deleted';
}

/** What was done to somebody or something. */
export const departures: Readonly<Record<Held['what'], string>> = {
  deactivated: 'Deactivated',
  removed: 'Removed',
  role_lost: 'Lost the role',
  group_removed: 'Group removed',
};
