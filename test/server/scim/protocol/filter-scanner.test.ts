import { expect, test } from 'vitest';
import { FilterScanner } from '../../../../server/scim/protocol/filter-scanner.ts';

test('tokens come one after the other, without the blanks between them', () => {
  const scanner = new FilterScanner(' userName\tEQ\r\n"a b" ) ');
  expect(scanner.peek()).toBe('userName');
  expect(scanner.peek()).toBe('userName');
  expect(scanner.takeWord('username')).toBe(true);
  expect(scanner.takeWord('ne')).toBe(false);
  expect(scanner.takeWord('eq')).toBe(true);
  expect(scanner.peek()).toBe('');
  expect(scanner.literal()).toBe('a b');
  expect(scanner.take('(')).toBe(false);
  expect(scanner.atEnd()).toBe(false);
  expect(scanner.take(')')).toBe(true);
  expect(scanner.atEnd()).toBe(true);
});

test('a word ends at brackets and quotes, not at colons, dots or signs', () => {
  expect(new FilterScanner('urn:x:a.b-c$(').peek()).toBe('urn:x:a.b-c$');
  expect(new FilterScanner('a"b"').peek()).toBe('a');
});

test('a complaint shows at most the start of a long word', () => {
  const error = new FilterScanner('x'.repeat(500)).expected('less');
  expect(error.message).toContain(`character 1: expected less, found "${'x'.repeat(40)}".`);
});

test('a literal that cannot be read leaves the cursor at its first character', () => {
  const scanner = new FilterScanner('  "open');
  expect(() => scanner.literal()).toThrow('character 3: expected a value');
  expect(() => scanner.literal()).toThrow('character 3: expected a value');
});
