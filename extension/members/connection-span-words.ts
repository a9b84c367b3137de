// Stretches of time and what was sent in them, in words. Pure; `now` is given, times are Unix milliseconds.
import type { SyncSpan } from '../../shared/sync-history.ts';
import { clock, shortDate } from '../lib/time-words.ts';
import { counted, sum } from '../parts/activity-bars.ts';

/** Whether half hours of a day are meant, or the days of a month. */
export type SpanChoice = 'hours' | 'days';

/** "10:30 to 11:00", "3 Nov" */
export function spanName({ from, until }: SyncSpan, choice: SpanChoice, now: number): string {
  return choice === 'hours' ? `${clock(from)} to ${clock(until)}` : shortDate(from, now);
}

/** "10:30 to 11:00: 31 changes, 2 errors, 4 put up with" */
export function spanSentence(span: SyncSpan, choice: SpanChoice, now: number): string {
  const { writes, errors, tolerated } = span;
  return `${spanName(span, choice, now)}: ${counted(writes, 'change')}, ${counted(errors, 'error')}, ${tolerated.toLocaleString()} put up with`;
}

/** All of it: "In the last 30 days 1,204 changes, 4 errors and 310 requests put up with; the most on 3 Nov: 88." */
export function spansSentence(spans: readonly SyncSpan[], choice: SpanChoice, now: number): string {
  const sums = sumsOf(spans);
  const when = choice === 'hours' ? 'the last 24 hours' : counted(spans.length, 'day');
  if (sums.writes + sums.errors + sums.tolerated === 0) return `Nothing was sent in ${when}.`;
  const all = spans.map(({ writes, errors }) => writes + errors);
  const top = spans[all.indexOf(Math.max(...all))];
  const most = top && ` The most, ${spanSentence(top, choice, now)}.`;
  return `In ${when} ${counted(sums.writes, 'change')}, ${counted(sums.errors, 'error')} and ${counted(sums.tolerated, 'request')} put up with.${most ?? ''}`;
}

export function sumsOf(spans: readonly SyncSpan[]) {
  return {
    writes: sum(spans.map(({ writes }) => writes)),
    errors: sum(spans.map(({ errors }) => errors)),
    tolerated: sum(spans.map(({ tolerated }) => tolerated)),
  };
}
