import { describe, expect, test } from 'vitest';
import { dueNotifications, type Serious } from '../../../extension/background/due-notifications.ts';

const serious = (...ids: string[]): Serious[] =>
  ids.map((id) => ({ id, kind: 'finding', sentence: id, connectionId: null, stepId: null, at: 0 }));
const on = { on: true, quiet: null } as const;
const atNight = { on: true, quiet: { from: 22, to: 7 } } as const;
const shown = (...given: Parameters<typeof dueNotifications>) =>
  dueNotifications(...given).show.map(({ id }) => id);

describe('a desktop notification', () => {
  test('comes once for each id', () => {
    const first = dueNotifications(serious('b', 'a'), [], on, 12);
    expect(first).toEqual({ show: serious('b', 'a'), notified: ['b', 'a'] });
    expect(shown(serious('c', 'b', 'a'), first.notified, on, 12)).toEqual(['c']);
  });

  test('does not come unless wanted, and what stood there before it was wanted is no news', () => {
    const before = dueNotifications(serious('a'), [], undefined, 12);
    expect(before.show).toEqual([]);
    expect(shown(serious('b', 'a'), before.notified, on, 12)).toEqual(['b']);
    expect(shown(serious('b'), [], { on: false, quiet: null }, 12)).toEqual([]);
  });

  test.each([
    [22, []],
    [3, []],
    [6, []],
    [7, ['a']],
    [21, ['a']],
  ])('keeps quiet hours over midnight: at %i', (hour, ids) => {
    expect(shown(serious('a'), [], atNight, hour)).toEqual(ids);
  });

  test.each([
    [11, ['a']],
    [12, []],
    [13, []],
    [14, ['a']],
  ])('keeps quiet hours within a day: at %i', (hour, ids) => {
    expect(shown(serious('a'), [], { on: true, quiet: { from: 12, to: 14 } }, hour)).toEqual(ids);
  });

  test('comes after the quiet hours for what still stands', () => {
    const night = dueNotifications(serious('b', 'a'), [], atNight, 23);
    expect(shown(serious('b'), night.notified, atNight, 8)).toEqual(['b']);
  });

  test('remembers a bounded number of ids', () => {
    const many = Array.from({ length: 700 }, (_, n) => String(n));
    expect(dueNotifications(serious('new'), many, on, 12).notified).toHaveLength(500);
    expect(dueNotifications(serious('new'), many, on, 12).notified[0]).toBe('new');
  });
});
