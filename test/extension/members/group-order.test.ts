// The draft of the role mappings.
import { expect, test } from 'vitest';
import { type DraftMapping, isSameOrder, moved } from '../../../extension/members/group-order.ts';

const list: readonly DraftMapping[] = ['a', 'b', 'c'].map((groupId) => ({
  groupId,
  groupName: groupId,
  role: 'admin',
}));
const idsOf = (mappings: readonly DraftMapping[]) => mappings.map(({ groupId }) => groupId).join('');

test('a mapping moves by one, and the ends hold it', () => {
  expect(idsOf(moved(list, 'b', -1))).toBe('bac');
  expect(idsOf(moved(list, 'b', 1))).toBe('acb');
  expect(idsOf(moved(list, 'a', -1))).toBe('abc');
  expect(idsOf(moved(list, 'c', 1))).toBe('abc');
  expect(idsOf(moved(list, 'gone', 1))).toBe('abc');
});

test('two lists are the same when groups, roles and order are', () => {
  expect(isSameOrder(list, [...list])).toBe(true);
  expect(isSameOrder(list, moved(list, 'a', 1))).toBe(false);
  expect(isSameOrder(list, list.slice(1))).toBe(false);
});
