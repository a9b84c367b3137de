// Page cursors: sealed so that only this server can write them, for this query only. Knows no query and no row.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from './protocol-error.ts';

/** Where a page goes on: `key` holds the sort values of the row next to it, in the order they are sorted by. */
export interface CursorState {
  readonly direction: 'next' | 'previous';
  readonly key: readonly (string | number | null)[];
}

/**
 * What a cursor is good for: `binding` spells out whose query it is (connection, resource type, filter, sort), `count`
 * its page size.
 */
export interface CursorScope {
  readonly binding: string;
  readonly count: number;
}

type Payload = readonly [
  count: number,
  expiresAt: number,
  ...state: [CursorState['direction'], CursorState['key']],
];

/**
 * Writes a cursor of URL-safe (unreserved) characters; `expiresAt` in milliseconds since the epoch.
 * It is signed, not secret: its key values are those of a resource that the client has just been given.
 * @see RFC 9865 §2
 */
export function sealCursor(
  secret: Buffer,
  scope: CursorScope,
  state: CursorState,
  expiresAt: number,
): string {
  const payload: Payload = [scope.count, expiresAt, state.direction, state.key];
  return sign(secret, scope.binding, Buffer.from(JSON.stringify(payload)).toString('base64url'));
}

/**
 * Reads a cursor back; `now` in milliseconds since the epoch.
 * @throws ProtocolError invalidCursor (changed, or of another query), expiredCursor, invalidCount
 * @see RFC 9865 §2.1
 */
export function openCursor(secret: Buffer, scope: CursorScope, cursor: string, now: number): CursorState {
  const [payload = ''] = cursor.split('.', 1);
  if (!sameBytes(cursor, sign(secret, scope.binding, payload)))
    throw new ProtocolError(
      'invalidCursor',
      'The cursor does not belong to this query. Repeat the query unchanged with the latest nextCursor, or start ' +
        'again with an empty cursor.',
    );
  const [count, expiresAt, direction, key]: Payload = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  );
  if (now >= expiresAt)
    throw new ProtocolError('expiredCursor', 'The cursor has expired. Start again with an empty cursor.');
  if (count !== scope.count)
    throw new ProtocolError(
      'invalidCount',
      `The pages of this query hold ${count} resources. Send that count with every cursor, or start again.`,
    );
  return { direction, key };
}

function sign(secret: Buffer, binding: string, payload: string): string {
  // The length keeps binding and payload apart, so that no two pairs sign alike.
  const signed = `scim cursor ${binding.length} ${binding}${payload}`;
  return `${payload}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function sameBytes(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
