// When a step was proven: the time of today, the date of another day; everything about it on hover.
import { useNow } from '../lib/now.ts';
import { clock, exactTime, shortDate } from '../lib/time-words.ts';

/** `at` in Unix milliseconds. */
export function StepTime({ at }: { readonly at: number }) {
  const now = useNow();
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {isToday ? clock(at) : shortDate(at, now)}
    </time>
  );
}
