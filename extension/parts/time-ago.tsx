// A time in the reader's words, with the exact one on hover and for screen readers.
import { useNow } from '../lib/now.ts';
import { ago, exactTime, upcoming } from '../lib/time-words.ts';

/** `at` in Unix milliseconds; a time that is yet to come is told as one. */
export function TimeAgo({ at }: { readonly at: number }) {
  const now = useNow();
  const exact = exactTime(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {at > now + 60_000 ? upcoming(at, now) : ago(at, now)}
    </time>
  );
}
