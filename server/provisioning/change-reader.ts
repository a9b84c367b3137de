// What owners do to readers: make, change and remove them, rotate and revoke their tokens. Knows the rules, no HTTP.
import {
  type IssuedReaderToken,
  mostReaders,
  type NewReader,
  type ReadableAttribute,
  type ReaderChange,
} from '../../shared/reader.ts';
import { currentUserType } from '../attributes/org-user-type.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, newId, newToken, tokenHint } from '../core/secrets.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { deleteClientsOf } from './oauth-client-store.ts';
import { readableAttributes } from './readable-attributes.ts';
import {
  countGroups,
  deleteReaderRow,
  type FoundReader,
  findReader,
  groupsOfReader,
  insertReader,
  insertReaderToken,
  listReaderRows,
  type ReaderRow,
  updateReader,
  updateReaderToken,
  writeReaderGroups,
} from './reader-store.ts';
import { isLiveToken } from './token-state.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * Makes a reader with its first token, which is in the answer and nowhere else.
 * @throws AppError `reader.too_many`, `reader.unknown_attributes`, `reader.unknown_groups`
 */
export async function createReader(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { name, userAttributes, groupAttributes, groupIds, tokenDays }: NewReader,
): Promise<IssuedReaderToken & { readonly readerId: string }> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    await lockOrg(trx, orgId);
    if ((await listReaderRows(trx, orgId)).length >= mostReaders)
      throw new AppError('reader.too_many', { most: mostReaders });
    await checkGroups(context, groupIds ?? []);
    const readable = await readableIn(context);
    const reader: ReaderRow = {
      org_id: orgId,
      id: newId(),
      name,
      user_attributes: attributesColumn(readable, 'User', userAttributes),
      group_attributes: attributesColumn(readable, 'Group', groupAttributes),
      groups_limited: groupIds === null ? 0 : 1,
      created_at: now,
    };
    await insertReader(trx, reader);
    await writeReaderGroups(trx, orgId, reader.id, [...new Set(groupIds ?? [])]);
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      {
        name: [null, name],
        userAttributes: [null, userAttributes],
        groupAttributes: [null, groupAttributes],
        groups: [null, groupIds ?? 'all'],
      },
      { type: 'reader.created', data: { readerId: reader.id, name } },
    );
    return { readerId: reader.id, ...(await issueToken(context, reader, tokenDays)) };
  });
}

/** @throws AppError `reader.not_found`, `reader.unknown_attributes`, `reader.unknown_groups` */
export async function changeReader(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { readerId, name, userAttributes, groupAttributes, groupIds }: ReaderChange,
): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const { trx, orgId } = context;
    const { tokens: _, attributesVersion: _version, ...before } = await lockedReader(context, readerId);
    const groupsBefore =
      before.groups_limited === 1 ? [...(await groupsOfReader(trx, orgId, readerId))].sort() : null;
    const groups = groupIds === undefined ? groupsBefore : groupIds && [...new Set(groupIds)].sort();
    await checkGroups(context, groups ?? [], groupsBefore ?? []);
    const readable = await readableIn(context);
    const after: ReaderRow = {
      ...before,
      name: name ?? before.name,
      user_attributes: userAttributes
        ? attributesColumn(readable, 'User', userAttributes, before.user_attributes)
        : before.user_attributes,
      group_attributes: groupAttributes
        ? attributesColumn(readable, 'Group', groupAttributes, before.group_attributes)
        : before.group_attributes,
      groups_limited: groups === null ? 0 : 1,
    };
    const changes = {
      ...(before.name !== after.name && { name: [before.name, after.name] as const }),
      ...(before.user_attributes !== after.user_attributes && {
        userAttributes: [JSON.parse(before.user_attributes), JSON.parse(after.user_attributes)] as const,
      }),
      ...(before.group_attributes !== after.group_attributes && {
        groupAttributes: [JSON.parse(before.group_attributes), JSON.parse(after.group_attributes)] as const,
      }),
      ...(JSON.stringify(groupsBefore) !== JSON.stringify(groups) && {
        groups: [groupsBefore ?? 'all', groups ?? 'all'] as const,
      }),
    };
    const changed = Object.keys(changes);
    if (changed.length === 0) return;
    await updateReader(trx, after);
    await writeReaderGroups(trx, orgId, readerId, groups ?? []);
    await recordChange(context, { kind: 'org', id: orgId }, changes, {
      type: 'reader.changed',
      data: { readerId, name: after.name, changed },
    });
  });
}

/**
 * Issues a second token and gives the live one `overlapDays` more.
 * @throws AppError `reader.not_found`, `reader.two_tokens`
 */
export async function rotateReaderToken(
  deps: ChangeDeps,
  asked: AskedInOrg,
  request: { readonly readerId: string; readonly tokenDays: number | null; readonly overlapDays: number },
): Promise<IssuedReaderToken & { readonly olderEndsAt: number | null }> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    const reader = await lockedReader(context, request.readerId);
    const live = reader.tokens.filter((token) => isLiveToken(token, now));
    if (live.length >= 2) throw new AppError('reader.two_tokens', { name: reader.name });
    const [older] = live;
    const latest = now + request.overlapDays * day;
    const olderEndsAt = older ? Math.min(older.expires_at ?? latest, latest) : null;
    if (older) await updateReaderToken(trx, orgId, older.id, { expires_at: olderEndsAt });
    return { ...(await issueToken(context, reader, request.tokenDays)), olderEndsAt };
  });
}

/** @throws AppError `reader.not_found`, `reader.token_not_found` */
export async function revokeReaderToken(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { readerId, tokenId }: { readonly readerId: string; readonly tokenId: string },
): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    const reader = await lockedReader(context, readerId);
    const token = reader.tokens.find(({ id }) => id === tokenId);
    if (token === undefined || !isLiveToken(token, now)) throw new AppError('reader.token_not_found', {});
    await updateReaderToken(trx, orgId, tokenId, { revoked_at: now });
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { token: [tokenId, null] },
      { type: 'reader.token_revoked', data: { readerId, name: reader.name, tokenId } },
    );
  });
}

/**
 * Removes a reader with its tokens and OAuth clients.
 * @throws AppError `reader.not_found`
 */
export async function removeReader(deps: ChangeDeps, asked: AskedInOrg, readerId: string): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const { trx, orgId } = context;
    const { name } = await lockedReader(context, readerId);
    await deleteClientsOf(trx, orgId, { ownerKind: 'reader', ownerId: readerId });
    await deleteReaderRow(trx, orgId, readerId);
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { name: [name, null] },
      { type: 'reader.removed', data: { readerId, name } },
    );
  });
}

async function lockedReader({ trx, orgId }: ChangeContext, readerId: string): Promise<FoundReader> {
  await lockOrg(trx, orgId);
  const reader = await findReader(trx, readerId);
  if (reader?.org_id !== orgId) throw new AppError('reader.not_found', {});
  return reader;
}

/** One that was listed before may have been removed since: whoever changes something else need not take it away. */
async function checkGroups(
  { trx, orgId }: ChangeContext,
  groupIds: readonly string[],
  before: readonly string[] = [],
): Promise<void> {
  const ids = [...new Set(groupIds)].filter((id) => !before.includes(id));
  if (ids.length > 0 && (await countGroups(trx, orgId, ids)) !== ids.length)
    throw new AppError('reader.unknown_groups', {});
}

async function readableIn({ trx, orgId }: ChangeContext): Promise<readonly ReadableAttribute[]> {
  return readableAttributes((await currentUserType(trx, orgId)).declared);
}

/** What was chosen `before` may stay chosen though it is not there any more: a removed attribute can be put back. */
function attributesColumn(
  readable: readonly ReadableAttribute[],
  type: 'User' | 'Group',
  chosen: readonly string[],
  before = '[]',
): string {
  const there = readable.filter((one) => one.type === type).map(({ path }) => path);
  const known = [...new Set([...there, ...(JSON.parse(before) as string[])])];
  const unknown = chosen.filter((path) => !known.includes(path));
  if (unknown.length > 0) throw new AppError('reader.unknown_attributes', { paths: unknown });
  return JSON.stringify(known.filter((path) => chosen.includes(path)));
}

async function issueToken(
  context: ChangeContext,
  reader: ReaderRow,
  days: number | null,
): Promise<IssuedReaderToken> {
  const { trx, orgId, now } = context;
  const token = newToken();
  const tokenId = newId();
  const expiresAt = days === null ? null : now + days * day;
  await insertReaderToken(trx, {
    org_id: orgId,
    id: tokenId,
    reader_id: reader.id,
    hash: hashToken(token),
    last4: tokenHint(token).last4,
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    last_used_at: null,
  });
  await recordChange(
    context,
    { kind: 'org', id: orgId },
    { token: [null, tokenId] },
    { type: 'reader.token_created', data: { readerId: reader.id, name: reader.name, tokenId, expiresAt } },
  );
  return { tokenId, token, expiresAt };
}
