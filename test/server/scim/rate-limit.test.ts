import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimit, type RateLimit } from '../../../server/scim/rate-limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function served(limit: RateLimit, requests: number, connection = 'okta'): Promise<number> {
  const answers = await Promise.all(Array.from({ length: requests }, () => limit.take(connection)));
  return answers.filter((answer) => answer === undefined).length;
}

test('P2: a rate of 100 serves a burst of 500 and then says when to come back', async () => {
  const limit = createRateLimit(100);
  expect(await served(limit, 600)).toBe(500);
  expect(await limit.take('okta')).toEqual({ retryAfter: 1 });
});

test('P2: the rate itself is served every second, however busy the seconds before were', async () => {
  const limit = createRateLimit(25);
  await served(limit, 1000);
  for (let second = 1; second < 5; second++) {
    vi.advanceTimersByTime(1000);
    expect(await served(limit, 100)).toBe(25);
  }
});

test('the burst is there again after five seconds', async () => {
  const limit = createRateLimit(25);
  await served(limit, 1000);
  vi.advanceTimersByTime(5000);
  expect(await served(limit, 1000)).toBe(125);
});

test('to come back after the seconds named is enough', async () => {
  const limit = createRateLimit(25);
  await served(limit, 125);
  vi.advanceTimersByTime(400);
  const refusal = await limit.take('okta');
  expect(refusal).toEqual({ retryAfter: 1 });
  vi.advanceTimersByTime((refusal?.retryAfter ?? 0) * 1000);
  expect(await limit.take('okta')).toBeUndefined();
});

test('one connection does not use up what another may do', async () => {
  const limit = createRateLimit(25);
  await served(limit, 1000, 'okta');
  expect(await served(limit, 125, 'entra')).toBe(125);
});

test('0 is no limit', async () => {
  expect(await served(createRateLimit(0), 10_000)).toBe(10_000);
});
