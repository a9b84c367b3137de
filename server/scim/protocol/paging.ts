// Which page of a list a client asks for, by index or by cursor. Knows the parameters, not how a page is fetched.
import { ProtocolError } from './protocol-error.ts';

/** Resources a page without and with `count`; `cursorTimeout` in seconds. @see RFC 9865 §4 */
export const pageLimits = { defaultCount: 100, maxCount: 1000, cursorTimeout: 3600 };

/** No list is longer, and every database counts this far. */
const lastStart = 2 ** 31 - 1;

/** A page by its 1-based start, or by a cursor where '' is the first page. @see RFC 7644 §3.4.2.4, RFC 9865 §2 */
export type Page =
  | { readonly method: 'index'; readonly startIndex: number; readonly count: number }
  | { readonly method: 'cursor'; readonly cursor: string; readonly count: number };

/**
 * Reads the paging parameters, each a string or (from a `/.search` body) a typed value; undefined is "not given".
 * `cursor` asks for cursor paging, even empty; index is the default. A startIndex below 1 is 1, a negative count 0,
 * and what is above the maximum is the maximum.
 * @throws ProtocolError invalidValue | invalidCount | invalidCursor
 */
export function readPage(startIndex: unknown, count: unknown, cursor: unknown): Page {
  if (cursor === undefined) {
    return {
      method: 'index',
      startIndex: Math.min(Math.max(1, readStart(startIndex)), lastStart),
      count: readCount(count, 'invalidValue'),
    };
  }
  if (startIndex !== undefined)
    throw new ProtocolError(
      'invalidValue',
      'A page starts at "startIndex" or at "cursor". Send only one of them.',
    );
  if (typeof cursor !== 'string')
    throw new ProtocolError(
      'invalidCursor',
      '"cursor" must be a string. Send it empty to get the first page.',
    );
  return { method: 'cursor', cursor, count: readCount(count, 'invalidCount') };
}

function readStart(value: unknown): number {
  if (value === undefined) return 1;
  const start = readInteger(value);
  if (start === undefined)
    throw new ProtocolError(
      'invalidValue',
      '"startIndex" must be an integer. Send 1 for the first resource.',
    );
  return start;
}

function readCount(value: unknown, scimType: 'invalidValue' | 'invalidCount'): number {
  if (value === undefined) return pageLimits.defaultCount;
  const count = readInteger(value);
  if (count === undefined)
    throw new ProtocolError(scimType, `"count" must be an integer. Send 0 to ${pageLimits.maxCount}.`);
  return Math.min(Math.max(count, 0), pageLimits.maxCount);
}

function readInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(Number.isInteger(number) || Math.abs(number) === Infinity))
    return undefined;
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number));
}
