import { describe, expect, test } from 'vitest';
import { type Page, pageLimits, readPage } from '../../../../server/scim/protocol/paging.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';

function refused(read: () => Page): string | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof ProtocolError) return error.scimType;
    throw error;
  }
  return undefined;
}

describe('RFC 7644 §3.4.2.4: pages by index', () => {
  test('are the default, from the first resource', () => {
    expect(readPage(undefined, undefined, undefined)).toEqual({ method: 'index', startIndex: 1, count: 100 });
  });

  test.each([
    ['11', '10', 11, 10],
    [11, 10, 11, 10],
    ['0', '0', 1, 0],
    ['-5', '-5', 1, 0],
    ['+2', '2', 2, 2],
    ['1', '100000', 1, pageLimits.maxCount],
    ['9'.repeat(400), '9'.repeat(400), 2 ** 31 - 1, pageLimits.maxCount],
    [`-${'9'.repeat(400)}`, '1', 1, 1],
  ])('startIndex %s and count %s ask for %s, %s', (startIndex, count, start, size) => {
    expect(readPage(startIndex, count, undefined)).toEqual({
      method: 'index',
      startIndex: start,
      count: size,
    });
  });

  test.each(['ten', '1.5', 1.5, '0x10', true, {}, Number.NaN])('%j is no integer', (value) => {
    expect(refused(() => readPage(value, undefined, undefined))).toBe('invalidValue');
    expect(refused(() => readPage(undefined, value, undefined))).toBe('invalidValue');
  });
});

describe('RFC 9865 §2: pages by cursor', () => {
  test.each([
    ['', undefined, { method: 'cursor', cursor: '', count: 100 }],
    ['abc', '10', { method: 'cursor', cursor: 'abc', count: 10 }],
    ['', -1, { method: 'cursor', cursor: '', count: 0 }],
    ['', 5000, { method: 'cursor', cursor: '', count: 1000 }],
  ])('cursor "%s" with count %s', (cursor, count, page) => {
    expect(readPage(undefined, count, cursor)).toEqual(page);
  });

  test('a count that is no integer is an invalidCount', () => {
    expect(refused(() => readPage(undefined, 'ten', ''))).toBe('invalidCount');
  });

  test('a cursor that is no string is an invalidCursor', () => {
    expect(refused(() => readPage(undefined, undefined, 5))).toBe('invalidCursor');
  });

  test('a start by index and by cursor at once is refused', () => {
    expect(refused(() => readPage('1', undefined, ''))).toBe('invalidValue');
  });
});
