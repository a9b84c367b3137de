// The rows of readers, of their tokens and of the groups they are limited to. Knows SQL; what a reader sees is the edge's.
import type { Selectable } from 'kysely';
import type { Reader } from '../../shared/reader.ts';
import type { ReaderTable, ReaderTokenTable } from '../db/client-tables.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

export type ReaderRow = Selectable<ReaderTable>;
export type ReaderTokenRow = Selectable<ReaderTokenTable>;

/** A reader with every token it ever had: refused requests are explained by the dead ones. */
export interface ReaderWithTokens extends ReaderRow {
  readonly tokens: readonly ReaderTokenRow[];
}

/** A reader as a request finds it, with the version of its org's own attributes: 0 for none. */
export interface FoundReader extends ReaderWithTokens {
  readonly attributesVersion: number;
}

const byId = prepare<{ id: string }, ReaderRow & { readonly attributes_version: number | null }>((db, p) =>
  db
    .selectFrom('readers as r')
    .leftJoin('attribute_schemas as s', 's.org_id', 'r.org_id')
    .selectAll('r')
    .select('s.version as attributes_version')
    .where('r.id', '=', p('id')),
);

const tokensOf = prepare<{ org: string; reader: string }, ReaderTokenRow>((db, p) =>
  db
    .selectFrom('reader_tokens')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('reader_id', '=', p('reader'))
    .orderBy('created_at'),
);

export async function findReader(db: Db, id: string): Promise<FoundReader | undefined> {
  const found = await byId.first(db, { id });
  if (found === undefined) return undefined;
  const { attributes_version: version, ...reader } = found;
  const tokens = await tokensOf.all(db, { org: reader.org_id, reader: id });
  return { ...reader, tokens, attributesVersion: version ?? 0 };
}

/** An org's readers, the oldest first. */
export async function listReaderRows(db: Db, orgId: string): Promise<readonly ReaderWithTokens[]> {
  const readers = await db
    .selectFrom('readers')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const tokens = await db
    .selectFrom('reader_tokens')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .execute();
  return readers.map((reader) => ({
    ...reader,
    tokens: tokens.filter(({ reader_id: id }) => id === reader.id),
  }));
}

/** A group that a reader is limited to; without a name, one that was removed. */
type ReaderGroup = NonNullable<Reader['groups']>[number];

/** Which groups each of an org's readers is limited to, by name; removed ones last. */
export async function readerGroups(
  db: Db,
  orgId: string,
): Promise<ReadonlyMap<string, readonly ReaderGroup[]>> {
  const rows = await db
    .selectFrom('reader_groups as l')
    .leftJoin('groups as g', (join) =>
      join.onRef('g.org_id', '=', 'l.org_id').onRef('g.id', '=', 'l.group_id'),
    )
    .select(['l.reader_id', 'l.group_id as id', 'g.display_name as name'])
    .where('l.org_id', '=', orgId)
    .orderBy((eb) => eb('g.display_name_norm', 'is', null))
    .orderBy('g.display_name_norm')
    .orderBy('l.group_id')
    .execute();
  const byReader = new Map<string, ReaderGroup[]>();
  for (const { reader_id: reader, ...group } of rows) {
    const groups = byReader.get(reader) ?? [];
    groups.push(group);
    byReader.set(reader, groups);
  }
  return byReader;
}

export async function insertReader(trx: Db, reader: ReaderRow): Promise<void> {
  await trx.insertInto('readers').values(reader).execute();
}

export async function updateReader(trx: Db, { org_id, id, ...columns }: ReaderRow): Promise<void> {
  await trx.updateTable('readers').set(columns).where('org_id', '=', org_id).where('id', '=', id).execute();
}

/** Puts these groups in the place of those there were. */
export async function writeReaderGroups(
  trx: Db,
  orgId: string,
  readerId: string,
  groupIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom('reader_groups')
    .where('org_id', '=', orgId)
    .where('reader_id', '=', readerId)
    .execute();
  if (groupIds.length === 0) return;
  const rows = groupIds.map((group) => ({ org_id: orgId, reader_id: readerId, group_id: group }));
  await trx.insertInto('reader_groups').values(rows).execute();
}

/** How many of these groups the org has. */
export async function countGroups(db: Db, orgId: string, ids: readonly string[]): Promise<number> {
  const { n } = await db
    .selectFrom('groups')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function insertReaderToken(trx: Db, token: ReaderTokenRow): Promise<void> {
  await trx.insertInto('reader_tokens').values(token).execute();
}

/** Writes when a token ends, was revoked or was last used. */
export async function updateReaderToken(
  db: Db,
  orgId: string,
  id: string,
  columns: Partial<Pick<ReaderTokenRow, 'expires_at' | 'revoked_at' | 'last_used_at'>>,
): Promise<void> {
  await db
    .updateTable('reader_tokens')
    .set(columns)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
}

/** Removes a reader; its tokens and limits go with it. */
export async function deleteReaderRow(trx: Db, orgId: string, id: string): Promise<void> {
  await trx.deleteFrom('readers').where('org_id', '=', orgId).where('id', '=', id).execute();
}

const seesMember = prepare<{ org: string; reader: string; member: string }, { group_id: string }>((db, p) =>
  db
    .selectFrom('group_members as gm')
    .innerJoin('reader_groups as l', (join) =>
      join.onRef('l.org_id', '=', 'gm.org_id').onRef('l.group_id', '=', 'gm.group_id'),
    )
    .select('gm.group_id')
    .where('gm.org_id', '=', p('org'))
    .where('gm.member_id', '=', p('member'))
    .where('l.reader_id', '=', p('reader'))
    .limit(1),
);

/** Whether somebody is directly in one of the groups that a reader is limited to. */
export async function isInReadersGroups(
  db: Db,
  orgId: string,
  reader: string,
  member: string,
): Promise<boolean> {
  return (await seesMember.first(db, { org: orgId, reader, member })) !== undefined;
}

const limits = prepare<{ org: string; reader: string }, { group_id: string }>((db, p) =>
  db
    .selectFrom('reader_groups')
    .select('group_id')
    .where('org_id', '=', p('org'))
    .where('reader_id', '=', p('reader')),
);

/** The groups that a reader is limited to. */
export async function groupsOfReader(db: Db, orgId: string, reader: string): Promise<ReadonlySet<string>> {
  return new Set((await limits.all(db, { org: orgId, reader })).map((row) => row.group_id));
}
