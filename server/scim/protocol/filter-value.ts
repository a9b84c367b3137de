// Which operators and values each attribute type takes in a comparison. Knows types, no attribute by name and no path.
import type { Attribute, AttributeType } from './attribute.ts';
import { foldCase } from './case-fold.ts';
import { readDateTime } from './date-time.ts';
import type { CompareOp, Literal } from './filter.ts';
import { isStorable } from './json.ts';

type Comparable = string | number | boolean;

interface Comparison {
  readonly operators: readonly CompareOp[];
  /** The values it takes, in words that complete "… is compared with". */
  readonly form: string;
  /** The literal as stored values are; undefined where it is of another type. */
  read(value: NonNullable<Literal>): Comparable | undefined;
}

const identity: readonly CompareOp[] = ['eq', 'ne'];
const order: readonly CompareOp[] = [...identity, 'gt', 'ge', 'lt', 'le'];
const text: readonly CompareOp[] = [...order, 'co', 'sw', 'ew'];

const readText = (value: Comparable) => (typeof value === 'string' && isStorable(value) ? value : undefined);
const readNumber = (value: Comparable) => (typeof value === 'number' ? value : undefined);

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

/** What a simple attribute of each type can be compared with, and how. @see RFC 7644 §3.4.2.2, table 3 */
export const comparisons: Readonly<Record<Exclude<AttributeType, 'complex'>, Comparison>> = {
  string: { operators: text, form: 'text in double quotes', read: readText },
  reference: { operators: text, form: 'an address in double quotes', read: readText },
  binary: { operators: identity, form: 'base64 text in double quotes', read: readText },
  boolean: {
    operators: identity,
    form: 'true or false',
    // Entra sends roles[primary eq "True"].
    read: (value) => booleans.get(String(value).toLowerCase()),
  },
  decimal: { operators: order, form: 'a number without quotes', read: readNumber },
  integer: { operators: order, form: 'a number without quotes', read: readNumber },
  dateTime: {
    operators: order,
    form: 'a time such as "2011-05-13T04:42:34Z" in double quotes',
    read: (value) => (typeof value === 'string' ? readDateTime(value) : undefined),
  },
};

/** Whether an attribute's values are compared after `foldCase`: the strings that are not `caseExact`. */
export function isFolded(attribute: Attribute): boolean {
  return attribute.type === 'string' && !attribute.caseExact;
}

/** A string value in the form in which the attribute's values are compared. */
export function comparableText(attribute: Attribute, value: string): string {
  return isFolded(attribute) ? foldCase(value) : value;
}
