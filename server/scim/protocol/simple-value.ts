// How one simple value of each attribute type is read. Knows types and their tolerances, no attribute by name.
import type { Attribute, AttributeType } from './attribute.ts';
import { readDateTime } from './date-time.ts';
import { isStorable } from './json.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Quirk, Reading } from './quirk.ts';

type Scalar = string | number | boolean;

interface SimpleType {
  /** What is taken, in words that complete "… must be". */
  readonly form: string;
  /** The value as it is kept; undefined where it is of another type. */
  read(value: unknown): Scalar | undefined;
  /** A text that stands for a value of this type: it harms nobody, so it is taken in strict mode too. */
  readonly fromText?: { readonly quirk: Quirk; read(text: string): Scalar | undefined };
}

const readText = (value: unknown) => (typeof value === 'string' ? value : undefined);
const base64 = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/;
const decimal = /^-?\d+(?:\.\d+)?$/;

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

const readDecimal = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const readInteger = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

const simpleTypes: Readonly<Record<Exclude<AttributeType, 'complex'>, SimpleType>> = {
  string: { form: 'a string', read: readText },
  reference: { form: 'a URI in a string', read: readText },
  binary: {
    form: 'base64 in a string',
    read: (value) => (typeof value === 'string' && base64.test(value) ? value : undefined),
  },
  boolean: {
    form: 'true or false',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
    fromText: { quirk: 'boolean-as-string', read: (text) => booleans.get(text.toLowerCase()) },
  },
  decimal: {
    form: 'a number',
    read: readDecimal,
    fromText: {
      quirk: 'number-as-string',
      read: (text) => (decimal.test(text) ? readDecimal(Number(text)) : undefined),
    },
  },
  integer: {
    form: 'a whole number',
    read: readInteger,
    fromText: {
      quirk: 'number-as-string',
      read: (text) => (decimal.test(text) ? readInteger(Number(text)) : undefined),
    },
  },
  dateTime: {
    form: 'a time such as "2011-05-13T04:42:34Z"',
    read: (value) => (typeof value === 'string' ? readDateTime(value) : undefined),
  },
};

/** The longest string that is kept, in UTF-16 units. */
export const maxTextLength = 10_000;

/**
 * Reads one value of a simple attribute; a dateTime comes out as UTC with milliseconds.
 * @throws ProtocolError invalidValue: another type, too long, or not storable
 * @see RFC 7643 §2.3
 */
export function readSimpleValue(
  attribute: Attribute,
  value: unknown,
  path: string,
  reading: Reading,
): Scalar {
  if (attribute.type === 'complex') throw wrongType(attribute, path);
  const { read, fromText } = simpleTypes[attribute.type];
  const typed = read(value);
  if (typeof typed === 'string') return checkedText(attribute, typed, path);
  if (typed !== undefined) return typed;
  if (fromText !== undefined && typeof value === 'string') {
    const coerced = fromText.read(value);
    if (coerced !== undefined) {
      reading.note(fromText.quirk, path);
      return coerced;
    }
  }
  throw wrongType(attribute, path);
}

function checkedText(attribute: Attribute, text: string, path: string): string {
  if (text.length > maxTextLength)
    throw new ProtocolError(
      'invalidValue',
      `"${path}" is longer than ${maxTextLength} characters. Shorten it in your identity provider.`,
    );
  if (!isStorable(text))
    throw new ProtocolError(
      'invalidValue',
      `"${path}" holds a character that cannot be stored (NUL or half of a surrogate pair). Remove it in your identity provider.`,
    );
  if (attribute.required && text.trim() === '') throw missingValue(path);
  return text;
}

/** The refusal of a value whose JSON type does not fit the attribute; never names the value. */
export function wrongType(attribute: Attribute, path: string): ProtocolError {
  const single = attribute.type === 'complex' ? 'an object' : simpleTypes[attribute.type].form;
  const form = attribute.multiValued ? `an array, each entry ${single}` : single;
  return new ProtocolError(
    'invalidValue',
    `"${path}" must be ${form}. Correct how your identity provider maps it.`,
  );
}

/** The refusal of a required attribute without a value. @see RFC 7643 §7 (required) */
export function missingValue(path: string): ProtocolError {
  return new ProtocolError(
    'invalidValue',
    `"${path}" is required, but no value was sent. Map it to an attribute that is never empty in your identity provider.`,
  );
}
