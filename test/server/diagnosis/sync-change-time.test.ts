import { describe, expect, test } from 'vitest';
import { syncChangeTime } from '../../../server/diagnosis/sync-change-time.ts';
import { spanWords } from '../../../server/diagnosis/sync-sentences.ts';
import { type TallyStretch, tallyStretchMs } from '../../../server/provisioning/provisioning-tally-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 9);

const stretch = (ago: number, changes: Partial<TallyStretch> = {}): TallyStretch => {
  const at = now - ago;
  const times = { last_at: at, last_accepted_at: at, last_write_at: at };
  const took = { write_us: 2 * 30_000, slowest_write_us: 40_000 };
  return {
    org_id: 'o',
    connection_id: 'c',
    stretch: at - (at % tallyStretchMs),
    requests: 5,
    writes: 2,
    errors: 0,
    tolerated: 0,
    ...took,
    ...times,
    ...changes,
  };
};
const refused = { errors: 5, writes: 0, write_us: 0, slowest_write_us: 0 };

const entra = (tally: readonly TallyStretch[], state: 'healthy' | 'silent' | 'paused' = 'healthy') =>
  syncChangeTime({ kind: 'entra', caller: 'Entra', state, tally, now });
const okta = (tally: readonly TallyStretch[]) =>
  syncChangeTime({ kind: 'okta', caller: 'Okta', state: 'attention', tally, now });
/** Cycles so many minutes ago, the oldest first. */
const cycles = (...minutes: readonly number[]) => minutes.map((ago) => stretch(ago * minute));

describe('with Entra, changes show', () => {
  test('from the start of a cycle to the end of the next, the longest of the week', () => {
    const measured = entra(cycles(240, 200, 160, 110, 70, 30));
    expect(measured).toMatchObject({
      withinMs: 50 * minute,
      usuallyMs: 40 * minute,
      sentence: 'Changes show within 50 minutes, measured over 4 hours.',
    });
    expect(measured.detail).toContain('the longest of 6 cycles; usually it is 40 minutes.');
    expect(measured.detail).not.toContain('pause');
  });

  test('a cycle that is long at work makes the change wait for its end', () => {
    const work = Array.from({ length: 9 }, (_, n) => stretch((240 - n * 5) * minute));
    expect(entra([...cycles(400, 360, 320, 280), ...work, ...cycles(160, 120)])).toMatchObject({
      withinMs: 80 * minute,
    });
  });

  test('a night with nothing to send is not a wait, and is told', () => {
    const measured = entra([...cycles(900, 860, 820, 780), ...cycles(160, 120, 80, 40)]);
    expect(measured.withinMs).toBe(40 * minute);
    expect(measured.detail).toMatch(/ 1 longer pause, with nothing to send, is left out\.$/);
  });

  test('what was refused brings no change: the next cycle that is let in does', () => {
    const failing = [stretch(120 * minute, refused)];
    const measured = entra([...cycles(280, 240, 200, 160), ...failing, ...cycles(80, 40, 0)]);
    expect(measured.withinMs).toBe(80 * minute);
    expect(entra([...cycles(280, 240, 200, 160, 120, 80), stretch(40 * minute, refused)])).toEqual({
      withinMs: null,
      usuallyMs: null,
      sentence: 'How soon changes show is not known yet.',
      detail: 'The last cycle of Entra was refused, so its changes wait.',
    });
  });

  test('only the last seven days count', () => {
    const old = cycles(7 * 24 * 60 + 100, 7 * 24 * 60 + 10);
    const steady = Array.from({ length: 250 }, (_, n) => (250 - n) * 40);
    expect(entra([...old, ...cycles(...steady)])).toMatchObject({
      withinMs: 40 * minute,
      sentence: 'Changes show within 40 minutes, measured over 7 days.',
    });
  });

  test('nobody knows when, from a few cycles, in silence, and while it is paused', () => {
    for (const measured of [
      entra([]),
      entra(cycles(160, 120, 80, 40, 0)),
      entra(cycles(240, 200, 160, 120, 80, 40), 'silent'),
      entra(cycles(240, 200, 160, 120, 80, 40), 'paused'),
    ])
      expect(measured).toMatchObject({
        withinMs: null,
        sentence: 'How soon changes show is not known yet.',
      });
    expect(entra([]).detail).toBe(
      'It takes 6 cycles of Entra within a week to say, one soon after the other.',
    );
    expect(entra(cycles(240, 200), 'paused').detail).toBe('It is measured while Entra sends changes.');
  });
});

describe('with Okta, changes show', () => {
  test('as soon as the slowest of the last day was answered, and nothing is said of Okta’s own part', () => {
    const measured = okta([
      stretch(25 * hour, { slowest_write_us: 9_000_000 }),
      ...cycles(300, 200, 100, 50),
      stretch(2 * minute, { slowest_write_us: 340_000, write_us: 380_000 }),
    ]);
    expect(measured).toEqual({
      withinMs: 340,
      usuallyMs: 62,
      sentence: 'Changes show within 0.4 seconds of being sent, measured over 24 hours.',
      detail:
        'From arrival to answer, the slowest of 10 changes; on average it is 62 milliseconds. Okta does not say when a change was made, so how soon it is sent is not known.',
    });
  });

  test('quicker than anybody can tell is a tenth of a second', () => {
    expect(okta(cycles(50, 40, 30, 20, 10)).sentence).toBe(
      'Changes show within 0.1 seconds of being sent, measured over 24 hours.',
    );
  });

  test('nobody knows when, from a handful of changes', () => {
    expect(okta(cycles(4, 3)).detail).toBe('It takes 10 changes within 24 hours to say, and there were 4.');
    expect(okta([stretch(0, { writes: 1 })]).detail).toMatch(/there was 1\.$/);
  });
});

test('lengths of time are rounded up, never down', () => {
  const spans = [0.2, 99.5, 100, 101, 9_920, 59_001, 61_000, 2 * hour, 2 * hour + 1, 47 * hour, 6.2 * day];
  expect(spans.map(spanWords)).toEqual([
    '1 millisecond',
    '100 milliseconds',
    '0.1 seconds',
    '0.2 seconds',
    '10 seconds',
    '60 seconds',
    '2 minutes',
    '2 hours',
    '3 hours',
    '47 hours',
    '7 days',
  ]);
});
