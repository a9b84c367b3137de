// When a message that was not taken is tried again, and when it is given up. Pure but for chance; knows times, no HTTP.
import { webhookPatienceDays } from '../../shared/webhook.ts';
import { aboutAsLong } from '../core/secrets.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** For how long a message is tried, and an endpoint may fail on. */
export const patience = webhookPatienceDays * 24 * hour;

/** The pauses after each failed attempt; the last one from then on. */
export const pauses: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  ...[1, 2, 4, 8, 12].map((hours) => hours * hour),
];

/** What a receiver may ask for at most. */
const longestPause = 12 * hour;

/**
 * When the next attempt is due after `attempts` failed ones (Unix ms); undefined when the message is given up. The last
 * attempt is made when the patience ends. `retryAfterMs` is what the receiver asked for: heard when it is longer.
 */
export function nextAttemptAt(
  now: number,
  {
    attempts,
    firstTriedAt,
    retryAfterMs = 0,
  }: {
    readonly attempts: number;
    readonly firstTriedAt: number;
    readonly retryAfterMs?: number | undefined;
  },
): number | undefined {
  const end = firstTriedAt + patience;
  if (now >= end) return undefined;
  const pause = aboutAsLong(pauses[Math.min(attempts, pauses.length) - 1] ?? 0);
  return Math.min(now + Math.max(pause, Math.min(retryAfterMs, longestPause)), end);
}

/**
 * How long a `Retry-After` asks to wait, in milliseconds: seconds or a date. Undefined when it says neither.
 * @see RFC 9110 §10.2.3
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * second;
  const date = value.trim().endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Until when an endpoint is left alone that asked for it (Unix ms). */
export function heldUntil(now: number, retryAfterMs: number): number {
  return now + Math.min(retryAfterMs, longestPause);
}
