// What the operator does to a connection: make it, rotate and revoke its tokens, delete it. Tells history and audit.
import { setImmediate as breathe } from 'node:timers/promises';
import type { ConnectionKind, ConnectionMode } from '../../shared/provisioning.ts';
import { appendAudit, type Changes } from '../audit/audit-log.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, newId, newToken, tokenHint } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Actor, appendEvent, type EventData } from '../events/event-log.ts';
import { releaseGroups } from '../groups/group-store.ts';
import { releaseMembers } from '../members/member-store.ts';
import {
  type ConnectionRow,
  type ConnectionWithTokens,
  deleteConnectionRow,
  endTokenBy,
  findConnection,
  insertConnection,
  insertToken,
  revokeTokenRow,
  type TokenRow,
} from './connection-store.ts';

interface Deps {
  readonly db: Db;
  readonly now: () => number;
}

/** Who asks, and the name of the request in the audit log. */
export interface Asked {
  readonly actor: Actor;
  readonly requestId: string;
}

/** A token at the only moment it can be read. */
export interface IssuedToken {
  readonly tokenId: string;
  readonly token: string;
  readonly expiresAt: number | null;
}

const day = 24 * 60 * 60 * 1000;

/** How long a token lives unless the operator says otherwise, in days. */
export const defaultTokenDays = 365;

/** How long the older of two tokens stays valid after a rotation, in days. */
export const defaultOverlapDays = 7;

/** Whether a token would be let in at this moment. */
export function isLiveToken(token: Pick<TokenRow, 'expires_at' | 'revoked_at'>, now: number): boolean {
  return token.revoked_at === null && (token.expires_at === null || token.expires_at > now);
}

/** Makes a connection with its first token. `tokenDays` null: a token that never expires. */
export async function createConnection(
  deps: Deps,
  request: Asked & {
    readonly orgId: string;
    readonly kind: ConnectionKind;
    readonly mode: ConnectionMode;
    readonly name: string;
    readonly tokenDays: number | null;
  },
): Promise<{ readonly connection: ConnectionRow } & IssuedToken> {
  return inTransaction(deps.db, async (trx) => {
    const { orgId, kind, mode, name } = request;
    const connection: ConnectionRow = {
      org_id: orgId,
      id: newId(),
      kind,
      mode,
      name,
      created_at: deps.now(),
    };
    await insertConnection(trx, connection);
    await tell(
      trx,
      deps,
      request,
      connection,
      'connection.created',
      { kind, name },
      { name: [null, name], mode: [null, mode] },
    );
    return { connection, ...(await issueToken(trx, deps, request, connection, request.tokenDays)) };
  });
}

/**
 * Issues a second token and gives the live one `overlapDays` more, so that the new one can be pasted without a gap.
 * @throws AppError `connection.not_found`, `connection.two_tokens`
 */
export async function rotateToken(
  deps: Deps,
  request: Asked & {
    readonly connectionId: string;
    readonly tokenDays: number | null;
    readonly overlapDays: number;
  },
): Promise<IssuedToken & { readonly olderEndsAt: number | null }> {
  return inTransaction(deps.db, async (trx) => {
    const connection = await connectionOrThrow(trx, request.connectionId);
    const live = connection.tokens.filter((token) => isLiveToken(token, deps.now()));
    if (live.length >= 2) throw new AppError('connection.two_tokens', { name: connection.name });
    const [older] = live;
    const latest = deps.now() + request.overlapDays * day;
    if (older) await endTokenBy(trx, connection.org_id, older.id, latest);
    const olderEndsAt = older ? Math.min(older.expires_at ?? latest, latest) : null;
    return { ...(await issueToken(trx, deps, request, connection, request.tokenDays)), olderEndsAt };
  });
}

/**
 * Ends a token at once.
 * @throws AppError `connection.not_found`, `token.not_found`
 */
export async function revokeToken(
  deps: Deps,
  request: Asked & { readonly connectionId: string; readonly tokenId: string },
): Promise<void> {
  await inTransaction(deps.db, async (trx) => {
    const connection = await connectionOrThrow(trx, request.connectionId);
    const { tokenId } = request;
    const token = connection.tokens.find((candidate) => candidate.id === tokenId);
    if (!token || !isLiveToken(token, deps.now())) throw new AppError('token.not_found', { token: tokenId });
    await revokeTokenRow(trx, connection.org_id, tokenId, deps.now());
    await tell(
      trx,
      deps,
      request,
      connection,
      'connection.token_revoked',
      { tokenId },
      { token: [tokenId, null] },
    );
  });
}

/**
 * Deletes a connection. The people and groups it managed stay, unmanaged, and a later connection can adopt them. They
 * are let go in slices, so that a large directory answers meanwhile; interrupted, it is finished by doing it again.
 * @throws AppError `connection.not_found`
 */
export async function deleteConnection(
  deps: Deps,
  request: Asked & { readonly connectionId: string },
): Promise<{ readonly membersReleased: number; readonly groupsReleased: number }> {
  const { org_id: orgId } = await connectionOrThrow(deps.db, request.connectionId);
  const released = await releaseAll(deps.db, orgId, request.connectionId, inTransaction);
  return inTransaction(deps.db, async (trx) => {
    const connection = await connectionOrThrow(trx, request.connectionId);
    // Those who arrived meanwhile.
    const late = await releaseAll(trx, orgId, request.connectionId, (db, work) => work(db));
    const outcome = {
      membersReleased: released + late,
      groupsReleased: await releaseGroups(trx, orgId, request.connectionId),
    };
    await deleteConnectionRow(trx, orgId, request.connectionId);
    const data = { name: connection.name, ...outcome };
    await tell(trx, deps, request, connection, 'connection.deleted', data, { name: [connection.name, null] });
    return outcome;
  });
}

const sliceSize = 2000;

/** Lets go of a connection's members slice by slice, each slice run by `within`, and says how many there were. */
async function releaseAll(
  db: Db,
  orgId: string,
  connectionId: string,
  within: typeof inTransaction,
): Promise<number> {
  let total = 0;
  let after = 0;
  for (;;) {
    const slice = { after, limit: sliceSize };
    const { released, last } = await within(db, (trx) => releaseMembers(trx, orgId, connectionId, slice));
    total += released;
    after = last;
    if (released < sliceSize) return total;
    await breathe();
  }
}

async function connectionOrThrow(db: Db, id: string): Promise<ConnectionWithTokens> {
  const connection = await findConnection(db, id);
  if (!connection) throw new AppError('connection.not_found', { connection: id });
  return connection;
}

async function issueToken(
  trx: Db,
  deps: Deps,
  asked: Asked,
  connection: ConnectionRow,
  days: number | null,
): Promise<IssuedToken> {
  const token = newToken();
  const tokenId = newId();
  const now = deps.now();
  const expiresAt = days === null ? null : now + days * day;
  await insertToken(trx, {
    org_id: connection.org_id,
    id: tokenId,
    connection_id: connection.id,
    hash: hashToken(token),
    last4: tokenHint(token).last4,
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    last_used_at: null,
  });
  await tell(
    trx,
    deps,
    asked,
    connection,
    'connection.token_created',
    { tokenId, expiresAt },
    { token: [null, tokenId] },
  );
  return { tokenId, token, expiresAt };
}

type ConnectionEvent = Extract<keyof EventData, `connection.${string}`>;

async function tell<Type extends ConnectionEvent>(
  trx: Db,
  deps: Deps,
  { actor, requestId }: Asked,
  connection: ConnectionRow,
  type: Type,
  data: EventData[Type],
  changes: Changes,
): Promise<void> {
  const subject = { kind: 'connection', id: connection.id } as const;
  const at = deps.now();
  await appendEvent(trx, connection.org_id, { type, at, actor, subject, data });
  await appendAudit(trx, connection.org_id, { at, actor, action: type, subject, changes, requestId });
}
