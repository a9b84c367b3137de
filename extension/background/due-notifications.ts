// Which findings and holds are worth a desktop notification now. Pure; knows the wish, the hour and what was shown.
import type { Attention } from '../../shared/sync-status.ts';
import type { NotificationWish } from '../lib/storage.ts';

export type Serious = Attention['serious'][number];

export interface DueNotifications {
  readonly show: readonly Serious[];
  /** The ids to remember as shown, the latest first. */
  readonly notified: readonly string[];
}

/** As many ids as are remembered: more than are ever open at a time. */
const longestMemory = 500;

/**
 * Each id is shown once. What quiet hours hold back comes after them if it still stands; what was there before
 * notifications were switched on is no news. `hour` is the reader's, from 0 to 23.
 */
export function dueNotifications(
  serious: readonly Serious[],
  notified: readonly string[],
  wish: NotificationWish | undefined,
  hour: number,
): DueNotifications {
  const isOn = wish?.on === true;
  if (isOn && isQuiet(wish.quiet, hour)) return { show: [], notified };
  const fresh = serious.filter(({ id }) => !notified.includes(id));
  const remembered = [...fresh.map(({ id }) => id), ...notified].slice(0, longestMemory);
  return { show: isOn ? fresh : [], notified: remembered };
}

/** From an hour until another, over midnight where the second is the earlier one. */
function isQuiet(quiet: NotificationWish['quiet'], hour: number): boolean {
  if (quiet === null) return false;
  const { from, to } = quiet;
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
