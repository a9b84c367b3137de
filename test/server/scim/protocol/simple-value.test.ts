import { describe, expect, test } from 'vitest';
import { type AttributeType, attribute } from '../../../../server/scim/protocol/attribute.ts';
import { readSimpleValue } from '../../../../server/scim/protocol/simple-value.ts';
import { strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

const read = (type: AttributeType, value: unknown, reading = strict()) =>
  readSimpleValue(attribute('a', type, ''), value, 'a', reading);

describe('RFC 7643 §2.3: attribute data types', () => {
  test.each<[AttributeType, unknown, unknown]>([
    ['string', 'Mira', 'Mira'],
    ['string', '', ''],
    ['string', 'Ωmega 🜚', 'Ωmega 🜚'],
    ['boolean', false, false],
    ['decimal', 1.5, 1.5],
    ['integer', -7, -7],
    ['dateTime', '2008-01-23T04:56:22Z', '2008-01-23T04:56:22.000Z'],
    ['dateTime', '2008-01-23T04:56:22.5+02:00', '2008-01-23T02:56:22.500Z'],
    ['reference', '../Users/1', '../Users/1'],
    ['binary', 'aGVsbG8=', 'aGVsbG8='],
    ['binary', 'a-_x', 'a-_x'],
  ])('a %s takes %j', (type, sent, kept) => {
    expect(read(type, sent)).toBe(kept);
  });

  test.each<[AttributeType, unknown]>([
    ['string', 7],
    ['string', true],
    ['string', {}],
    ['string', 'a\u0000b'],
    ['string', '\ud800'],
    ['string', 'x'.repeat(10_001)],
    ['boolean', 'yes'],
    ['boolean', 'constructor'],
    ['boolean', 1],
    ['decimal', '1,5'],
    ['decimal', '0x10'],
    ['integer', 1.5],
    ['integer', '1.5'],
    ['integer', 2 ** 53],
    ['dateTime', '2008-01-23'],
    ['dateTime', '2008-02-30T00:00:00Z'],
    ['dateTime', 1_200_000_000],
    ['reference', 7],
    ['binary', 'not base64!'],
    ['complex', 'text'],
  ])('a %s does not take %j', (type, sent) => {
    expect(refusalOf(() => read(type, sent, tolerant()))).toBe('invalidValue');
  });

  test.each<[AttributeType, string, unknown, string]>([
    ['boolean', 'True', true, 'boolean-as-string'],
    ['boolean', 'false', false, 'boolean-as-string'],
    ['integer', '42', 42, 'number-as-string'],
    ['decimal', '-1.5', -1.5, 'number-as-string'],
  ])('a %s sent as the string %j is understood and noted, read strictly too', (type, sent, kept, quirk) => {
    const reading = strict();
    expect(read(type, sent, reading)).toBe(kept);
    expect(reading.notes).toEqual([[quirk, 'a']]);
  });

  test('a refusal names the path and the expected type, never the value', () => {
    expect(() => read('boolean', 's3cret')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
    );
    expect(() => read('boolean', 's3cret')).toThrow('"a" must be true or false');
  });
});
