import { expect, test } from 'vitest';
import { hashToken, newId, newSecret, newToken, sameHash, tokenHint } from '../../../server/core/secrets.ts';

test('identifiers are UUIDs of version 7 that sort in the order they were made', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
});

test('tokens are one word after their prefix', () => {
  expect(newToken()).toMatch(/^rollcall_[A-Za-z0-9]{43}$/);
});

test('tokens use all 62 characters about equally often', () => {
  const counts = new Map<string, number>();
  for (const letter of Array.from({ length: 2000 }, () => newToken().slice(9)).join('')) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  // 86,000 draws of 62: each 1387 ± 37. Seven standard deviations miss once in many million runs; a bias of the kind
  // that "byte modulo 62" makes (a quarter more for eight letters) does not stay inside.
  expect(counts.size).toBe(62);
  for (const count of counts.values()) expect(Math.abs(count - 1387)).toBeLessThan(7 * 37);
});

test('secrets carry 256 bits', () => {
  expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32);
  expect(newSecret()).not.toBe(newSecret());
});

test('a token is hashed with SHA-256', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('hashes are compared in full and may differ in length', () => {
  expect(sameHash(hashToken('a'), hashToken('a'))).toBe(true);
  expect(sameHash(hashToken('a'), hashToken('b'))).toBe(false);
  expect(sameHash(hashToken('a'), '')).toBe(false);
});

test('a hint shows the length and the end of a token, and no end of a short one', () => {
  expect(tokenHint('rollcall_0123456789wxyz')).toEqual({ length: 23, last4: 'wxyz' });
  expect(tokenHint('hunter2')).toEqual({ length: 7, last4: '' });
});
