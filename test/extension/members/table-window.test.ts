import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  atTheTop,
  laidOutHeight,
  type RowWindow,
  rowsInSight,
  scrolled,
  settled,
  tallest,
  withRowInSight,
} from '../../../extension/members/row-window.ts';

const short = { rows: 300, rowHeight: 40, viewport: 600 };
const long = { rows: 1_000_000, rowHeight: 40, viewport: 600 };
const endOf = (layout: typeof long) => laidOutHeight(layout) - layout.viewport;

test('a list that a browser can lay out is where its scrollbar is', () => {
  let view: RowWindow = atTheTop;
  for (const to of [100, 700, 9000, 40, 11_400]) {
    view = scrolled(view, to, short);
    expect(view.top).toBe(to);
    expect(settled(view, short).scrollTop).toBe(to);
  }
});

test('in a million rows the wheel moves row by row, and a drag goes by scale', () => {
  const dragged = scrolled(atTheTop, endOf(long) * 0.9, long);
  expect(rowsInSight(dragged, long, 0).first).toBeGreaterThan(899_900);
  expect(rowsInSight(dragged, long, 0).first).toBeLessThan(900_100);
  const wheeled = scrolled(dragged, dragged.scrollTop + 120, long);
  expect(wheeled.top - dragged.top).toBe(120);
  const resting = settled(wheeled, long);
  expect(resting.top).toBe(wheeled.top);
  expect(resting.scrollTop).toBeLessThan(tallest);
});

test('both ends are reached, whatever steps lead there', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3000, max: 3000 }), { maxLength: 40 }), (steps) => {
      let view = scrolled(atTheTop, endOf(long) / 2, long);
      for (const step of steps) {
        const to = Math.max(0, Math.min(endOf(long), view.scrollTop + step));
        view = scrolled(view, to, long);
        if (Math.abs(step) % 3 === 0) view = settled(view, long);
        expect(view.top).toBeGreaterThanOrEqual(0);
        expect(view.top).toBeLessThanOrEqual(long.rows * 40 - 600);
      }
      expect(rowsInSight(scrolled(view, endOf(long), long), long).last).toBe(long.rows);
      expect(rowsInSight(scrolled(view, 0, long), long).first).toBe(0);
    }),
  );
});

test('a row is brought into sight with as little movement as it takes', () => {
  fc.assert(
    fc.property(fc.nat({ max: long.rows - 1 }), fc.nat({ max: long.rows - 1 }), (from, to) => {
      const before = withRowInSight(atTheTop, from, long);
      const after = withRowInSight(before, to, long);
      expect(after.top).toBeLessThanOrEqual(to * 40);
      expect(after.top + 600).toBeGreaterThanOrEqual(to * 40 + 40);
      expect(withRowInSight(after, to, long)).toBe(after);
    }),
  );
});

test('a list shorter than its viewport shows everything', () => {
  const few = { rows: 3, rowHeight: 40, viewport: 600 };
  expect(rowsInSight(scrolled(atTheTop, 0, few), few)).toEqual({ first: 0, last: 3 });
  expect(withRowInSight(atTheTop, 2, few)).toBe(atTheTop);
});
