// When something happens next by itself. What should have happened by now is due, not past.
import { useNow } from '../lib/now.ts';
import { exactTime, upcoming } from '../lib/time-words.ts';

/** `at` in Unix milliseconds. */
export function TimeDue({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {at > now ? upcoming(at, now) : 'due now'}
    </time>
  );
}
