import { expect, test } from 'vitest';
import { seal, unseal } from '../../../server/core/seal.ts';

const key = Buffer.from('a key of thirty-two characters...');
const text = 'a link for Ada Birch — ✓';

test('what was sealed is read again with the same key for the same purpose', () => {
  expect(unseal(key, 'mail', seal(key, 'mail', text))).toBe(text);
  expect(unseal(key, 'mail', seal(key, 'mail', ''))).toBe('');
});

test('a sealed text shows nothing of what it holds and is never the same twice', () => {
  const sealed = seal(key, 'mail', text);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('Ada');
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(seal(key, 'mail', text)).not.toBe(sealed);
});

test('another key or another purpose reads nothing', () => {
  const sealed = seal(key, 'mail', text);
  expect(unseal(Buffer.from('another key of thirty-two letters'), 'mail', sealed)).toBeUndefined();
  expect(unseal(key, 'unsubscribe', sealed)).toBeUndefined();
});

test('a change of any byte is noticed', () => {
  const bytes = Buffer.from(seal(key, 'mail', text), 'base64url');
  for (let index = 0; index < bytes.length; index++) {
    const forged = Buffer.from(bytes);
    forged.writeUInt8(forged.readUInt8(index) ^ 1, index);
    expect(unseal(key, 'mail', forged.toString('base64url')), `byte ${index}`).toBeUndefined();
  }
});

test.each(['', 'x', 'not sealed at all', 'A'.repeat(37), '\u0000'])('%j reads as nothing', (text) => {
  expect(unseal(key, 'mail', text)).toBeUndefined();
});

test('a sealed text that was cut short reads as nothing', () => {
  const sealed = seal(key, 'mail', text);
  for (const length of [10, 16, 20, 38, sealed.length - 4])
    expect(unseal(key, 'mail', sealed.slice(0, length))).toBeUndefined();
});
