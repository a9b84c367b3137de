import { expect, test } from 'vitest';
import { nextAttemptAt, patience, pauses, readRetryAfter } from '../../../server/webhooks/webhook-backoff.ts';

const now = Date.UTC(2026, 10, 2, 9);

test('each pause is about as long as the schedule says, and hardly two are the same', () => {
  for (const [index, pause] of pauses.entries()) {
    const drawn = Array.from({ length: 50 }, () => {
      return (nextAttemptAt(now, { attempts: index + 1, firstTriedAt: now }) ?? 0) - now;
    });
    for (const one of drawn) expect(Math.abs(one - pause)).toBeLessThanOrEqual(pause / 10 + 1);
    expect(new Set(drawn).size).toBeGreaterThan(20);
  }
});

test('the pauses grow up to half a day, and stay there', () => {
  expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
  const late = nextAttemptAt(now, { attempts: 40, firstTriedAt: now }) ?? 0;
  expect(Math.abs(late - now - 12 * 3_600_000)).toBeLessThanOrEqual(1.2 * 3_600_000 + 1);
});

test('the last attempt is made when three days are over, and none after it', () => {
  const firstTriedAt = now - patience;
  expect(nextAttemptAt(now - 1, { attempts: 12, firstTriedAt })).toBe(now);
  expect(nextAttemptAt(now, { attempts: 13, firstTriedAt })).toBeUndefined();
});

test('what a receiver asks for is heard when it is longer than the pause, up to half a day', () => {
  const after = (retryAfterMs: number) =>
    (nextAttemptAt(now, { attempts: 1, firstTriedAt: now, retryAfterMs }) ?? 0) - now;
  expect(after(60_000)).toBe(60_000);
  expect(after(1)).toBeGreaterThan(4000);
  expect(after(90 * 24 * 3_600_000)).toBe(12 * 3_600_000);
});

test.each([
  ['120', 120_000],
  [' 5 ', 5000],
  [new Date(now + 90_000).toUTCString(), 90_000],
  [new Date(now - 90_000).toUTCString(), 0],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
  ['99999999999999999999', undefined],
  [null, undefined],
] as const)('Retry-After: %s', (value, ms) => {
  expect(readRetryAfter(value, now)).toBe(ms);
});
