// The requests of the last 24 hours in stretches, for a small chart. Pure; it adds up what the tally holds.
import type { SyncActivity } from '../../shared/sync-status.ts';
import { type TallyStretch, tallyStretchMs } from '../provisioning/provisioning-tally-store.ts';

const stretchMs = 30 * 60_000;
const stretches = 48;

/** When the first stretch begins, so that the last one ends with the tally's stretch that is under way; Unix ms. */
export function activityFrom(now: number): number {
  return now - (now % tallyStretchMs) + tallyStretchMs - stretches * stretchMs;
}

/** Accepted changes and errors of the 24 hours to `now`; older rows of the tally do not count. */
export function syncActivity(tally: readonly TallyStretch[], now: number): SyncActivity {
  const from = activityFrom(now);
  const writes = Array.from({ length: stretches }, () => 0);
  const errors = [...writes];
  for (const row of tally) {
    const index = Math.floor((row.stretch - from) / stretchMs);
    if (index < 0 || index >= stretches) continue;
    writes[index] = (writes[index] ?? 0) + row.writes;
    errors[index] = (errors[index] ?? 0) + row.errors;
  }
  return { from, stretchMs, writes, errors };
}
