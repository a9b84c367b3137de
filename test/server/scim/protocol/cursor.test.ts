import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CursorState, openCursor, sealCursor } from '../../../../server/scim/protocol/cursor.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';

const secret = Buffer.alloc(32, 7);
const scope = { binding: 'connection 1 User userName sw "j"', count: 10 };
const state: CursorState = { direction: 'next', key: ['Øyvind', 42, null, ''] };
const expiresAt = 5_000;
const sealed = sealCursor(secret, scope, state, expiresAt);

function refused(cursor: string, { opening = scope, key = secret, now = 0 } = {}): string | undefined {
  try {
    openCursor(key, opening, cursor, now);
  } catch (error) {
    if (error instanceof ProtocolError) return error.scimType;
    throw error;
  }
  return undefined;
}

describe('RFC 9865 §2: cursors', () => {
  test('what is sealed comes back', () => {
    expect(openCursor(secret, scope, sealed, expiresAt - 1)).toEqual(state);
  });

  test('hold only unreserved characters', () => {
    expect(sealed).toMatch(/^[A-Za-z0-9\-._~]+$/);
  });

  test('are the same for the same page, so that a repeated request gets the same answer', () => {
    expect(sealCursor(secret, scope, state, expiresAt)).toBe(sealed);
  });

  test('any key and binding come back', () => {
    const keys = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null)));
    fc.assert(
      fc.property(keys, fc.string({ unit: 'binary' }), fc.nat(), (key, binding, count) => {
        const previous: CursorState = { direction: 'previous', key };
        const cursor = sealCursor(secret, { binding, count }, previous, expiresAt);
        expect(openCursor(secret, { binding, count }, cursor, 0)).toEqual(previous);
      }),
    );
  });
});

describe('RFC 9865 §2.1: errors', () => {
  test('a cursor with any one character changed is invalid', () => {
    for (let i = 0; i < sealed.length; i++) {
      for (const letter of ['A', 'B', '.', '\n', 'é']) {
        const changed = sealed.slice(0, i) + letter + sealed.slice(i + 1);
        if (changed !== sealed) expect(refused(changed)).toBe('invalidCursor');
      }
    }
  });

  test.each([
    ['', 'an empty one'],
    ['.', 'a bare dot'],
    ['abc', 'one without signature'],
    [sealed.slice(0, -1), 'a shortened one'],
    [`${sealed}A`, 'a lengthened one'],
    [`${sealed}.A`, 'one with a third part'],
    [`${sealed.split('.')[0]}.`, 'one with its signature cut off'],
    [` ${sealed}`, 'one with a blank'],
  ])('%j, %j, is invalid', (cursor) => {
    expect(refused(cursor)).toBe('invalidCursor');
  });

  test('no text but a sealed one is valid, and none breaks the reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(refused(text)).toBe('invalidCursor');
      }),
    );
  });

  test('a cursor of another connection, type, filter or order is invalid', () => {
    expect(refused(sealed, { opening: { ...scope, binding: 'connection 2 User userName sw "j"' } })).toBe(
      'invalidCursor',
    );
  });

  test('a cursor cannot be moved between bindings by shifting text from one to the other', () => {
    const cursor = sealCursor(secret, { binding: 'a', count: 1 }, state, expiresAt);
    const [payload = '', signature] = cursor.split('.');
    const moved = `${payload.slice(1)}.${signature}`;
    expect(refused(moved, { opening: { binding: `a${payload.slice(0, 1)}`, count: 1 } })).toBe(
      'invalidCursor',
    );
  });

  test('a cursor of another secret is invalid', () => {
    expect(refused(sealed, { key: Buffer.alloc(32, 8) })).toBe('invalidCursor');
  });

  test('a cursor expires at its time', () => {
    expect(refused(sealed, { now: expiresAt - 1 })).toBeUndefined();
    expect(refused(sealed, { now: expiresAt })).toBe('expiredCursor');
  });

  test('a changed count is invalid', () => {
    expect(refused(sealed, { opening: { ...scope, count: 11 } })).toBe('invalidCount');
  });

  test('an expired cursor of another query is not told apart from a forged one', () => {
    expect(refused(sealed, { opening: { ...scope, binding: 'other' }, now: expiresAt })).toBe(
      'invalidCursor',
    );
  });
});
