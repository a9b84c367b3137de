// The members' rows: find, add, change, remove, count. Decides nothing.
import { type Selectable, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { type Param, prepare } from '../db/prepared.ts';
import type { MemberTable } from '../db/tables.ts';

export type MemberRow = Selectable<MemberTable>;

/** The columns that a change writes; the database numbers the row, and what mail met with has statements of its own. */
export type NewMember = Omit<MemberRow, 'seq' | 'mail_failure' | 'reminders_off_at'>;

const byId = prepare<{ org: string; id: string }, MemberRow>((db, p) =>
  db.selectFrom('members').selectAll().where('org_id', '=', p('org')).where('id', '=', p('id')),
);

export function findMember(db: Db, orgId: string, id: string): Promise<MemberRow | undefined> {
  return byId.first(db, { org: orgId, id });
}

const byIdLocked = prepare<{ org: string; id: string }, MemberRow>((db, p) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id'))
    .$call(lockForUpdate(db)),
);

/** The member, kept from being changed by anybody else until the transaction ends. */
export function lockMember(trx: Db, orgId: string, id: string): Promise<MemberRow | undefined> {
  return byIdLocked.first(trx, { org: orgId, id });
}

const byIdentity = prepare<
  { org: string; userName: string; email: string | null; externalId: string | null; connection: string },
  MemberRow
>((db, p) =>
  db
    .selectFrom('members')
    .selectAll()
    // The org stands in every branch: only then does SQLite go by three indexes instead of reading the whole org.
    .where((where) => {
      const org = where('org_id', '=', p('org'));
      return where.or([
        where.and([org, where('user_name_norm', '=', p('userName'))]),
        where.and([org, where('email_norm', '=', p('email'))]),
        where.and([
          org,
          where('external_id', '=', p('externalId')),
          where('connection_id', '=', p('connection')),
          where('active', '=', 0),
        ]),
      ]);
    })
    .$call(lockForUpdate(db)),
);

/**
 * The members that a person arriving through `connection` may turn out to be: of that name, of that address, or
 * inactive under the same externalId. Names and address come folded.
 */
export function lockMembersLike(
  trx: Db,
  orgId: string,
  person: {
    readonly userNameNorm: string;
    readonly emailNorm: string | null;
    readonly externalId: string | null;
    readonly connectionId: string;
  },
): Promise<readonly MemberRow[]> {
  return byIdentity.all(trx, {
    org: orgId,
    userName: person.userNameNorm,
    email: person.emailNorm,
    externalId: person.externalId,
    connection: person.connectionId,
  });
}

/** Every column that a change may write. */
const written = (p: Param<NewMember>) => ({
  connection_id: p('connection_id'),
  user_name: p('user_name'),
  user_name_norm: p('user_name_norm'),
  external_id: p('external_id'),
  display_name_norm: p('display_name_norm'),
  email: p('email'),
  email_norm: p('email_norm'),
  role: p('role'),
  role_by_hand: p('role_by_hand'),
  active: p('active'),
  invited_at: p('invited_at'),
  joined_at: p('joined_at'),
  blocked_at: p('blocked_at'),
  blocked_reason: p('blocked_reason'),
  waiting_since: p('waiting_since'),
  status: p('status'),
  attributes: p('attributes'),
  search_text: p('search_text'),
  version: p('version'),
  updated_at: p('updated_at'),
});

const insert = prepare<NewMember, unknown>((db, p) =>
  db
    .insertInto('members')
    .values({ org_id: p('org_id'), id: p('id'), created_at: p('created_at'), ...written(p) }),
);

export async function insertMember(trx: Db, member: NewMember): Promise<void> {
  await insert.run(trx, member);
}

const update = prepare<NewMember, unknown>((db, p) =>
  db.updateTable('members').set(written(p)).where('org_id', '=', p('org_id')).where('id', '=', p('id')),
);

export async function updateMember(trx: Db, member: NewMember): Promise<void> {
  await update.run(trx, member);
}

const remove = prepare<{ org: string; id: string }, unknown>((db, p) =>
  db.deleteFrom('members').where('org_id', '=', p('org')).where('id', '=', p('id')),
);
const removeEmails = prepare<{ org: string; id: string }, unknown>((db, p) =>
  db.deleteFrom('member_emails').where('org_id', '=', p('org')).where('member_id', '=', p('id')),
);

/** Removes the row and its addresses; memberships and sessions are their own stores' business. */
export async function deleteMember(trx: Db, orgId: string, id: string): Promise<void> {
  await removeEmails.run(trx, { org: orgId, id });
  await remove.run(trx, { org: orgId, id });
}

const insertEmail = prepare<{ org: string; email: string; member: string }, unknown>((db, p) =>
  db.insertInto('member_emails').values({ org_id: p('org'), email_norm: p('email'), member_id: p('member') }),
);

/** Makes `emails` (folded, without repeats) the addresses that this member is found by. */
export async function insertEmails(
  trx: Db,
  orgId: string,
  memberId: string,
  emails: readonly string[],
): Promise<void> {
  for (const email of emails) await insertEmail.run(trx, { org: orgId, email, member: memberId });
}

/** As `insertEmails`, for a member who has some already. */
export async function replaceEmails(
  trx: Db,
  orgId: string,
  memberId: string,
  emails: readonly string[],
): Promise<void> {
  await removeEmails.run(trx, { org: orgId, id: memberId });
  await insertEmails(trx, orgId, memberId, emails);
}

const insertTerm = prepare<{ org: string; term: string; member: string }, unknown>((db, p) =>
  db.insertInto('member_terms').values({ org_id: p('org'), term: p('term'), member_id: p('member') }),
);
const removeTerm = prepare<{ org: string; term: string; member: string }, unknown>((db, p) =>
  db
    .deleteFrom('member_terms')
    .where('org_id', '=', p('org'))
    .where('term', '=', p('term'))
    .where('member_id', '=', p('member')),
);

/** Changes the terms that a member is found by, from those they have to those they are to have. */
export async function replaceTerms(
  trx: Db,
  orgId: string,
  memberId: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const [had, has] = [new Set(before), new Set(after)];
  for (const term of had)
    if (!has.has(term)) await removeTerm.run(trx, { org: orgId, term, member: memberId });
  for (const term of has)
    if (!had.has(term)) await insertTerm.run(trx, { org: orgId, term, member: memberId });
}

const activeOwners = prepare<{ org: string }, { id: string }>((db, p) =>
  db
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', p('org'))
    // Spelt out, not a parameter: only then does SQLite see that the index of the owners will do.
    .where('role', '=', sql.lit('owner'))
    .where('active', '=', 1)
    .where('blocked_at', 'is', null)
    .orderBy('id')
    .$call(lockForUpdate(db)),
);

/** The owners who can act, locked so that two of them cannot leave at the same moment. */
export async function lockActiveOwners(trx: Db, orgId: string): Promise<readonly string[]> {
  return (await activeOwners.all(trx, { org: orgId })).map((owner) => owner.id);
}

/**
 * Lets go of up to `limit` members of a connection, which thereby become unmanaged, in the order of their sequence
 * numbers after `after`; says how many, and the number to go on from.
 */
export async function releaseMembers(
  trx: Db,
  orgId: string,
  connectionId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly released: number; readonly last: number }> {
  const rows = await trx
    .selectFrom('members')
    .select('seq')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const seqs = rows.map(({ seq }) => seq);
  if (seqs.length === 0) return { released: 0, last: after };
  await trx.updateTable('members').set({ connection_id: null }).where('seq', 'in', seqs).execute();
  return { released: seqs.length, last: seqs.at(-1) ?? after };
}

/** How many members a connection manages. */
export async function countManagedMembers(db: Db, orgId: string, connectionId: string): Promise<number> {
  const row = await db
    .selectFrom('member_tally')
    .select((select) => select.fn.sum<number | null>('n').as('n'))
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** How many sequence numbers share a row of the tally; the trigger that keeps it divides by the same number. */
export const tallyBucket = 4096;

const visibleTotal = prepare<{ org: string; connection: string }, { n: number | null }>((db, p) =>
  db
    .selectFrom('member_tally')
    .select((select) => select.fn.sum<number | null>('n').as('n'))
    .where('org_id', '=', p('org'))
    .where('connection_id', 'in', ['', p('connection')]),
);

/** How many members a connection sees: its own and those that nobody manages. Adds up the tally, counts no rows. */
export async function countVisibleMembers(db: Db, orgId: string, connectionId: string): Promise<number> {
  return Number((await visibleTotal.first(db, { org: orgId, connection: connectionId }))?.n ?? 0);
}

const visibleBefore = prepare<
  { org: string; connection: string; offset: number },
  { bucket: number; before: number | null }
>((db, p) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('member_tally')
        .select(['bucket', sql<number>`sum(sum(n)) over (order by bucket) - sum(n)`.as('before')])
        .where('org_id', '=', p('org'))
        .where('connection_id', 'in', ['', p('connection')])
        .groupBy('bucket')
        .as('run'),
    )
    .select(['bucket', 'before'])
    .where('before', '<=', p('offset'))
    .orderBy('bucket', 'desc')
    .limit(sql.lit(1)),
);

/**
 * Where the member at `offset` (0-based) of the visible list is to be looked for: from this sequence number on, after
 * so many rows. Adds up the tally, so that a page deep in a million costs what the first one costs.
 */
export async function seekVisibleMember(
  db: Db,
  orgId: string,
  connectionId: string,
  offset: number,
): Promise<{ readonly fromSeq: number; readonly skip: number }> {
  const run = await visibleBefore.first(db, { org: orgId, connection: connectionId, offset });
  return run
    ? { fromSeq: run.bucket * tallyBucket, skip: offset - Number(run.before) }
    : { fromSeq: 0, skip: offset };
}

/** Of these ids (at most a page of them), the members there are. */
export function findMembers(db: Db, orgId: string, ids: readonly string[]): Promise<readonly MemberRow[]> {
  return db.selectFrom('members').selectAll().where('org_id', '=', orgId).where('id', 'in', ids).execute();
}
