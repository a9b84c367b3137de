// Readers as people look at them: without secrets. Reads, and changes nothing.
import type { Reader } from '../../shared/reader.ts';
import type { Db } from '../db/database.ts';
import { readerUrlOf } from './client-addresses.ts';
import { latest } from './list-oauth-clients.ts';
import { listClientRows } from './oauth-client-store.ts';
import { listReaderRows, type ReaderWithTokens, readerGroups } from './reader-store.ts';
import { tokenState } from './token-state.ts';

interface ListDeps {
  readonly db: Db;
  readonly now: () => number;
  readonly publicUrl: () => string;
}

/** An org's readers, the oldest first. */
export async function listReaders(deps: ListDeps, orgId: string): Promise<readonly Reader[]> {
  const readers = await listReaderRows(deps.db, orgId);
  const groups = await readerGroups(deps.db, orgId);
  return Promise.all(readers.map((reader) => shownReader(deps, reader, groups.get(reader.id) ?? [])));
}

async function shownReader(
  { db, now, publicUrl }: ListDeps,
  reader: ReaderWithTokens,
  groups: NonNullable<Reader['groups']>,
): Promise<Reader> {
  const { id, name, tokens, created_at: createdAt } = reader;
  const clients = await listClientRows(db, reader.org_id, { ownerKind: 'reader', ownerId: id });
  const used = [...tokens, ...clients.flatMap(({ credentials }) => credentials)];
  return {
    id,
    name,
    baseUrl: readerUrlOf(publicUrl(), id),
    userAttributes: JSON.parse(reader.user_attributes) as string[],
    groupAttributes: JSON.parse(reader.group_attributes) as string[],
    groups: reader.groups_limited === 1 ? groups : null,
    createdAt,
    lastUsedAt: latest(used.map((one) => one.last_used_at)),
    tokens: tokens.map((token) => ({
      id: token.id,
      last4: token.last4,
      state: tokenState(token, now()),
      createdAt: token.created_at,
      expiresAt: token.expires_at,
      lastUsedAt: token.last_used_at,
    })),
  };
}
