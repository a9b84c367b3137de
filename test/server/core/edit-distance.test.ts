import { expect, test } from 'vitest';
import { editDistance } from '../../../server/core/edit-distance.ts';

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['', 'abc', 3],
  ['userName', 'userName', 0],
  ['userNmae', 'userName', 2],
  ['kitten', 'sitting', 3],
])('from "%s" to "%s" it is %i', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});
