// Putting findings aside, in words: for how long, by whom, until when. Pure; times are Unix milliseconds.
import type { KeptFinding } from '../../shared/finding.ts';
import { ago, upcoming } from '../lib/time-words.ts';

const hour = 60 * 60_000;

/** For how long a finding can be snoozed, by name. */
export const snoozes: readonly { readonly label: string; readonly ms: number }[] = [
  { label: '1 hour', ms: hour },
  { label: '1 day', ms: 24 * hour },
  { label: '1 week', ms: 7 * 24 * hour },
];

/** "Snoozed by Ada Holm until tomorrow 09:00.", "Dismissed by Ada Holm 3 h ago, until something new turns up." */
export function asideSentence({ putAside }: KeptFinding, now: number): string {
  if (putAside === null) return '';
  const { by, at, until } = putAside;
  return until === null
    ? `Dismissed by ${by} ${ago(at, now)}, until something new turns up.`
    : `Snoozed by ${by} until ${upcoming(until, now)}.`;
}
