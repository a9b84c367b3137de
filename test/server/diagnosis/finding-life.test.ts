import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../server/diagnosis/diagnostic-rule.ts';
import {
  calmMs,
  evidenceMarks,
  type FindingLife,
  nextTurn,
  rememberedMs,
  stateOfFinding,
} from '../../../server/diagnosis/finding-life.ts';

const start = 1_000_000_000;
const minute = 60_000;
const seen = (changes: Partial<Observation> = {}): Observation => ({
  sentence: 'Wrong.',
  detail: null,
  people: [],
  firstSeenAt: start,
  lastSeenAt: start,
  count: 1,
  ...changes,
});
const ada = { kind: 'member', id: 'ada' } as const;

/** Follows one finding through looks; what is told, and how it stands after each. */
function following() {
  let life: FindingLife | undefined;
  return {
    look: (at: number, what?: Observation) => {
      const turn = nextTurn(life, what, at);
      life = turn.life;
      return [turn.told, life && stateOfFinding(life, at)] as const;
    },
    aside: (at: number, until: number | null) => {
      if (life === undefined) throw new Error('nothing to put aside');
      life = { ...life, putAside: { by: ada, at, until, reason: null, marks: evidenceMarks(life.seen) } };
    },
    life: () => life,
  };
}

describe('a finding', () => {
  test('opens once, lasts, is gone at once when mended, is told as cleared after a calm, and is forgotten', () => {
    const one = following();
    expect(one.look(start, seen())).toEqual(['opened', 'open']);
    expect(one.look(start + minute, seen({ count: 2, lastSeenAt: start + minute }))).toEqual([
      undefined,
      'open',
    ]);
    expect(one.life()).toMatchObject({ firstSeenAt: start, lastSeenAt: start + minute, seen: { count: 2 } });
    const mended = start + 2 * minute;
    expect(one.look(mended)).toEqual([undefined, 'cleared']);
    expect(one.look(mended + calmMs)).toEqual(['cleared', 'cleared']);
    expect(one.look(mended + calmMs + rememberedMs)).toEqual([undefined, 'cleared']);
    expect(one.look(mended + calmMs + rememberedMs + 1)).toEqual([undefined, undefined]);
  });

  test('that comes and goes is told once and does not flicker', () => {
    const one = following();
    const told: (readonly [unknown, unknown])[] = [];
    for (let n = 0; n < 10; n++) told.push(one.look(start + n * minute, n % 2 === 0 ? seen() : undefined));
    expect(told.map(([news]) => news).filter(Boolean)).toEqual(['opened']);
    expect(told.slice(2).map(([, state]) => state)).toEqual(Array.from({ length: 8 }, () => 'open'));
    expect(one.look(start + 9 * minute + calmMs)).toEqual(['cleared', 'cleared']);
  });

  test('that returns within a day is the same one, and another after that', () => {
    const one = following();
    one.look(start, seen());
    one.look(start + minute);
    one.look(start + minute + calmMs);
    const back = start + 20 * 60 * minute;
    expect(one.look(back, seen({ firstSeenAt: back, lastSeenAt: back }))).toEqual(['opened again', 'open']);
    expect(one.life()).toMatchObject({ firstSeenAt: start, returns: 1 });
    one.look(back + minute);
    one.look(back + minute + calmMs);
    const later = back + minute + calmMs + rememberedMs + 1;
    expect(one.look(later, seen({ firstSeenAt: later, lastSeenAt: later }))).toEqual(['opened', 'open']);
    expect(one.life()).toMatchObject({ firstSeenAt: later, returns: 0 });
  });

  test('that was snoozed is back when the time is over', () => {
    const one = following();
    one.look(start, seen());
    one.aside(start, start + 60 * minute);
    expect(one.look(start + minute, seen({ people: ['noor'] }))).toEqual([undefined, 'snoozed']);
    expect(one.look(start + 60 * minute, seen())).toEqual([undefined, 'open']);
  });

  test('that was dismissed stays away until somebody else is touched, or its mark is another', () => {
    const one = following();
    one.look(start, seen({ people: ['noor', 'ines'] }));
    one.aside(start, null);
    expect(one.look(start + minute, seen({ people: ['ines'], count: 7 }))).toEqual([undefined, 'dismissed']);
    expect(one.look(start + minute, seen({ people: ['mika', 'ines'] }))).toEqual(['opened again', 'open']);
    const token = following();
    token.look(start, seen({ mark: '60 days' }));
    token.aside(start, null);
    expect(token.look(start + minute, seen({ mark: '60 days' }))).toEqual([undefined, 'dismissed']);
    expect(token.look(start + minute, seen({ mark: '30 days' }))).toEqual(['opened again', 'open']);
  });
});
