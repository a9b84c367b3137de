// What the operator does to a connection: make it, rotate and revoke its tokens, delete it. Tells history and audit.
import { setImmediate as breathe } from 'node:timers/promises';
import type { ConnectionKind, ConnectionMode } from '../../shared/provisioning.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, newId, newToken, tokenHint } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Subject } from '../events/event-log.ts';
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
} from './connection-store.ts';
import { isLiveToken } from './token-state.ts';

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

/** Makes a connection with its first token. `tokenDays` null: a token that never expires. */
export async function createConnection(
  deps: ChangeDeps,
  request: AskedInOrg & {
    readonly kind: ConnectionKind;
    readonly mode: ConnectionMode;
    readonly name: string;
    readonly tokenDays: number | null;
  },
): Promise<{ readonly connection: ConnectionRow } & IssuedToken> {
  return inChange(deps, request, async (context) => {
    const { trx } = context;
    const { orgId, kind, mode, name } = request;
    const connection: ConnectionRow = {
      org_id: orgId,
      id: newId(),
      kind,
      mode,
      name,
      created_at: context.now,
    };
    await insertConnection(trx, connection);
    await recordChange(
      context,
      subjectOf(connection.id),
      { name: [null, name], mode: [null, mode] },
      { type: 'connection.created', data: { kind, name } },
    );
    return { connection, ...(await issueToken(context, connection.id, request.tokenDays)) };
  });
}

/**
 * Issues a second token and gives the live one `overlapDays` more, so that the new one can be pasted without a gap.
 * @throws AppError `connection.not_found`, `connection.two_tokens`
 */
export async function rotateToken(
  deps: ChangeDeps,
  request: AskedInOrg & {
    readonly connectionId: string;
    readonly tokenDays: number | null;
    readonly overlapDays: number;
  },
): Promise<IssuedToken & { readonly olderEndsAt: number | null }> {
  return inChange(deps, request, async (context) => {
    const { trx } = context;
    const connection = await connectionOrThrow(trx, request);
    const live = connection.tokens.filter((token) => isLiveToken(token, context.now));
    if (live.length >= 2) throw new AppError('connection.two_tokens', { name: connection.name });
    const [older] = live;
    const latest = context.now + request.overlapDays * day;
    if (older) await endTokenBy(trx, request.orgId, older.id, latest);
    const olderEndsAt = older ? Math.min(older.expires_at ?? latest, latest) : null;
    return { ...(await issueToken(context, connection.id, request.tokenDays)), olderEndsAt };
  });
}

/**
 * Ends a token at once.
 * @throws AppError `connection.not_found`, `token.not_found`
 */
export async function revokeToken(
  deps: ChangeDeps,
  request: AskedInOrg & { readonly connectionId: string; readonly tokenId: string },
): Promise<void> {
  await inChange(deps, request, async (context) => {
    const { trx } = context;
    const connection = await connectionOrThrow(trx, request);
    const { tokenId } = request;
    const token = connection.tokens.find((candidate) => candidate.id === tokenId);
    if (!token || !isLiveToken(token, context.now)) throw new AppError('token.not_found', { token: tokenId });
    await revokeTokenRow(trx, request.orgId, tokenId, context.now);
    await recordChange(
      context,
      subjectOf(connection.id),
      { token: [tokenId, null] },
      { type: 'connection.token_revoked', data: { tokenId } },
    );
  });
}

/**
 * Deletes a connection. The people and groups it managed stay, unmanaged, and a later connection can adopt them. They
 * are let go in slices, so that a large directory answers meanwhile; interrupted, it is finished by doing it again.
 * @throws AppError `connection.not_found`
 */
export async function deleteConnection(
  deps: ChangeDeps,
  request: AskedInOrg & { readonly connectionId: string },
): Promise<{ readonly membersReleased: number; readonly groupsReleased: number }> {
  const { orgId } = request;
  await connectionOrThrow(deps.db, request);
  const released = await releaseAll(deps.db, orgId, request.connectionId, inTransaction);
  return inChange(deps, request, async (context) => {
    const { trx } = context;
    const connection = await connectionOrThrow(trx, request);
    // Those who arrived meanwhile.
    const late = await releaseAll(trx, orgId, request.connectionId, (db, work) => work(db));
    const outcome = {
      membersReleased: released + late,
      groupsReleased: await releaseGroups(trx, orgId, request.connectionId),
    };
    await deleteConnectionRow(trx, orgId, request.connectionId);
    await recordChange(
      context,
      subjectOf(connection.id),
      { name: [connection.name, null] },
      { type: 'connection.deleted', data: { name: connection.name, ...outcome } },
    );
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

async function connectionOrThrow(
  db: Db,
  { orgId, connectionId }: { readonly orgId: string; readonly connectionId: string },
): Promise<ConnectionWithTokens> {
  const connection = await findConnection(db, connectionId);
  if (connection?.org_id !== orgId) throw new AppError('connection.not_found', { connection: connectionId });
  return connection;
}

function subjectOf(id: string): Subject {
  return { kind: 'connection', id };
}

async function issueToken(
  context: ChangeContext,
  connectionId: string,
  days: number | null,
): Promise<IssuedToken> {
  const { trx, orgId, now } = context;
  const token = newToken();
  const tokenId = newId();
  const expiresAt = days === null ? null : now + days * day;
  await insertToken(trx, {
    org_id: orgId,
    id: tokenId,
    connection_id: connectionId,
    hash: hashToken(token),
    last4: tokenHint(token).last4,
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    last_used_at: null,
  });
  await recordChange(
    context,
    subjectOf(connectionId),
    { token: [null, tokenId] },
    { type: 'connection.token_created', data: { tokenId, expiresAt } },
  );
  return { tokenId, token, expiresAt };
}
