// Requests of a while as bars, and in words for whoever does not see them. Pure; knows shapes, no colours.
import type { SyncActivity } from '../../shared/sync-status.ts';
import { clock } from '../lib/time-words.ts';

export interface ActivityBar {
  /** Where it begins and how wide it is, from the left. */
  readonly x: number;
  readonly width: number;
  /** Heights; errors stand on top of writes. */
  readonly writes: number;
  readonly errors: number;
}

const gap = 2;
/** What happened is seen, however little it was. */
const lowest = 2;

/** Bars for a drawing of this size; the highest fills it. */
export function activityBars(
  { writes, errors }: Pick<SyncActivity, 'writes' | 'errors'>,
  width: number,
  height: number,
): ActivityBar[] {
  const most = Math.max(1, ...writes.map((count, at) => count + (errors[at] ?? 0)));
  const step = width / Math.max(1, writes.length);
  const heightOf = (count: number) =>
    count === 0 ? 0 : Math.max(lowest, (count / most) * (height - lowest));
  return writes.map((count, at) => ({
    x: at * step,
    width: Math.max(1, step - gap),
    writes: heightOf(count),
    errors: heightOf(errors[at] ?? 0),
  }));
}

/** "In the last 24 hours 213 changes and 4 errors; the most at 14:00: 31." */
export function activityWords({ from, stretchMs, writes, errors }: SyncActivity): string {
  const [changes, faults] = [sum(writes), sum(errors)];
  if (changes + faults === 0) return 'No changes in the last 24 hours.';
  const all = writes.map((count, at) => count + (errors[at] ?? 0));
  const top = all.indexOf(Math.max(...all));
  return `In the last 24 hours ${counted(changes, 'change')} and ${counted(faults, 'error')}; the most at ${clock(
    from + top * stretchMs,
  )}: ${(all[top] ?? 0).toLocaleString()}.`;
}

/** "4 errors", "1 change". */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString()} ${one}${count === 1 ? '' : 's'}`;
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
