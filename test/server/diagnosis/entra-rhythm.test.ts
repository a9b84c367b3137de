import { describe, expect, test } from 'vitest';
import { type Contact, entraRhythm, rhythmWindowMs } from '../../../server/diagnosis/entra-rhythm.ts';
import { tallyStretchMs } from '../../../server/provisioning/provisioning-tally-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 2, 9);

const stretch = (at: number, failed: boolean): Contact => ({
  stretch: at - (at % tallyStretchMs),
  requests: 5,
  errors: failed ? 5 : 0,
  last_at: at,
});

/** The rhythm after cycles that went well and tries that failed, each so many minutes after the start. */
function rhythmOf(
  minutes: { readonly good: readonly number[]; readonly failed?: readonly number[]; readonly now: number },
  writeAt: number | null = start - 30 * 24 * hour,
) {
  const good = minutes.good.map((after) => stretch(start + after * minute, false));
  const failed = (minutes.failed ?? []).map((after) => stretch(start + after * minute, true));
  const all = [...good, ...failed].sort((a, b) => a.stretch - b.stretch);
  const last = {
    contactAt: all.at(-1)?.last_at ?? null,
    acceptedAt: good.at(-1)?.last_at ?? null,
    writeAt,
  };
  const { state, nextAt } = entraRhythm(all, last, start + minutes.now * minute);
  return [state, nextAt === null ? null : (nextAt - start) / minute];
}

const steady = [0, 40, 80, 120];

describe('Entra', () => {
  test('is expected 40 minutes after it was last there', () => {
    expect(rhythmOf({ good: steady, now: 130 })).toEqual(['kept', 160]);
    expect(rhythmOf({ good: [...steady, 160, 162, 166], now: 170 })).toEqual(['kept', 206]);
  });

  test('may leave a cycle or two out, and is asked after when it has been away for two hours', () => {
    expect(rhythmOf({ good: steady, now: 239 })).toEqual(['kept', 160]);
    expect(rhythmOf({ good: steady, now: 241 })).toEqual(['silent', 160]);
  });

  test('is asked after all the same when an admin tried something in between or just before it went away', () => {
    expect(rhythmOf({ good: [...steady, 138], now: 259 })).toEqual(['silent', 178]);
    expect(rhythmOf({ good: [0, 40, 62, 80, 101], now: 222 })).toEqual(['silent', 141]);
    expect(rhythmOf({ good: [...steady, 138], failed: [155], now: 155 + 301 })).toEqual(['quarantine', 515]);
  });

  test('is not missed when its rhythm was over before it was last there', () => {
    expect(rhythmOf({ good: [...steady, 240], now: 400 })).toEqual(['kept', 280]);
  });

  test('is not missed where it never kept its rhythm, as long as it is not away for days', () => {
    expect(rhythmOf({ good: [0, 3, 200, 205], now: 500 })).toEqual(['kept', 245]);
    expect(rhythmOf({ good: [0], now: 1 + rhythmWindowMs / minute })).toEqual(['silent', 40]);
  });

  test('owes nothing before anything was provisioned', () => {
    expect(rhythmOf({ good: steady, now: 500 }, null)).toEqual(['kept', null]);
    expect(rhythmOf({ good: [], now: 500 })).toEqual(['kept', null]);
  });

  test.each([
    { failed: [160, 160 + 360], now: 530, next: 160 + 720 },
    { failed: [160, 160 + 360, 160 + 720], now: 900, next: 160 + 1440 },
    { failed: [160, 160 + 360, 160 + 720, 160 + 1440], now: 1700, next: 160 + 2880 },
    { failed: [160, 160 + 1440], now: 1700, next: 160 + 2880 },
  ])('tries $failed.length times hours apart: that is quarantine, with the next try at $next', (one) => {
    expect(rhythmOf({ good: steady, ...one })).toEqual(['quarantine', one.next]);
  });

  test('fails and stays away for hours after a steady time: that is quarantine already', () => {
    expect(rhythmOf({ good: steady, failed: [160], now: 160 + 299 })).toEqual(['silent', 200]);
    expect(rhythmOf({ good: steady, failed: [160], now: 160 + 301 })).toEqual(['quarantine', 160 + 360]);
  });

  test('is out of quarantine with the first request that is accepted', () => {
    expect(rhythmOf({ good: [...steady, 600], failed: [160, 520], now: 610 })).toEqual(['kept', 640]);
  });

  test('fails every 40 minutes: that is no quarantine', () => {
    expect(rhythmOf({ good: steady, failed: [160, 200, 240], now: 250 })).toEqual(['kept', 280]);
  });
});
