// Selecting in a list by mouse and by key, without a list.
import { describe, expect, test } from 'vitest';
import {
  type ListSelection,
  nothingSelected,
  rowAfterKey,
  type SelectionAct,
  selectionAfter,
} from '../../../extension/popup/list-selection.ts';

const ids = ['noor', 'rufus', 'imogen', 'tessa', 'kofi'];
const toggle = (id: string, extend = false): SelectionAct => ({ kind: 'toggle', id, extend, ids });
const move = (to: string, extend = false): SelectionAct => ({ kind: 'move', to, extend, ids });
const acted = (...acts: SelectionAct[]): ListSelection => acts.reduce(selectionAfter, nothingSelected);
const selectedAfter = (...acts: SelectionAct[]) => [...acted(...acts).selected].sort();

describe('selecting', () => {
  test('a click selects one more, a second click lets go', () => {
    expect(selectedAfter(toggle('noor'), toggle('tessa'))).toEqual(['noor', 'tessa']);
    expect(selectedAfter(toggle('noor'), toggle('noor'))).toEqual([]);
  });

  test('a click with shift selects everybody from the last click, in both directions', () => {
    expect(selectedAfter(toggle('tessa'), toggle('rufus', true))).toEqual(['imogen', 'rufus', 'tessa']);
    expect(selectedAfter(toggle('rufus'), toggle('tessa', true))).toEqual(['imogen', 'rufus', 'tessa']);
  });

  test('moving selects nobody, and moving with shift everybody on the way', () => {
    expect(selectedAfter(move('rufus'), move('imogen'))).toEqual([]);
    expect(selectedAfter(move('rufus'), move('imogen', true), move('tessa', true))).toEqual([
      'imogen',
      'rufus',
      'tessa',
    ]);
  });

  test('somebody who has left the list is no end of a range', () => {
    const gone = { ...acted(toggle('gone')), selected: new Set<string>() };
    expect([...selectionAfter(gone, toggle('kofi', true)).selected]).toEqual(['kofi']);
  });

  test('everybody and nobody keep the keyboard where it stands', () => {
    const all = acted(move('tessa'), { kind: 'all', ids });
    expect([all.selected.size, all.active]).toEqual([5, 'tessa']);
    const none = selectionAfter(all, { kind: 'none' });
    expect([none.selected.size, none.active]).toEqual([0, 'tessa']);
  });
});

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 1, 5],
  ['PageDown', 8, 9],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 2, 9],
  ['x', 2, undefined],
])('%s leads from row %i of ten to row %s', (key, row, to) => {
  expect(rowAfterKey(key, row, 10, 4)).toBe(to);
});
