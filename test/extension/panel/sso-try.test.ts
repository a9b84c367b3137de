import { afterEach, expect, test, vi } from 'vitest';
import { attemptSince, serverTime } from '../../../extension/parts/sso-try.ts';

afterEach(() => vi.useRealTimers());

const noon = Date.UTC(2026, 10, 2, 12);
const hour = 3_600_000;
const attempt = (at: number, sentence: string) =>
  ({ at, outcome: 'failed', sentence, member: null }) as const;

test('the time of a press is the server’s: that of its last answer, and how long ago that came', () => {
  const answer = { asOf: noon, cameAt: 500 };
  expect(serverTime(answer, 500)).toBe(noon);
  expect(serverTime(answer, 60_500)).toBe(noon + 60_000);
});

test.each([
  ['right', 0],
  ['an hour slow', -hour],
  ['an hour fast', hour],
])('the try that was just begun is shown, and no earlier one, on a clock that is %s', (_, wrong) => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon + 30_000 + wrong });
  const since = serverTime({ asOf: noon, cameAt: 0 }, 30_000);
  const [earlier, own] = [attempt(noon + 10_000, 'somebody else'), attempt(noon + 32_000, 'mine')];
  expect(attemptSince({ attempts: [earlier] }, since)).toBeUndefined();
  expect(attemptSince({ attempts: [own, earlier] }, since)).toBe(own);
});
