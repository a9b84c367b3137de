import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../server/scim/protocol/attribute.ts';
import { isObject, sameJson } from '../../../../server/scim/protocol/json.ts';

test.each([
  [1, 1, true],
  [null, undefined, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [[1, 2], [2, 1], false],
  [[1], { 0: 1 }, false],
  [{ 0: 1 }, [1], false],
  [[{ a: [1] }], [{ a: [1] }], true],
])('whether %j and %j are the same JSON: %j', (a, b, expected) => {
  expect(sameJson(a, b)).toBe(expected);
});

test('every value is the same as its copy', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(sameJson(JSON.parse(text) as Json, JSON.parse(text) as Json)).toBe(true);
    }),
  );
});

test.each([
  [{}, true],
  [[], false],
  [null, false],
  ['text', false],
])('whether %j is an object: %j', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});
