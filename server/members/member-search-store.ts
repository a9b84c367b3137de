// Finds members by the words that they are found by: a run of terms, or the words of candidates that a filter gives.
// Knows the order of terms, not what a search means.
import { sql } from 'kysely';
import type { MemberFilter } from '../../shared/member-list.ts';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { runCompiled } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import { conditionsOf, type Driver, membersBy } from './member-filter-sql.ts';

/** A member, with the term that led to them and all their words. */
export interface TermMatch {
  readonly id: string;
  readonly term: string;
  readonly text: string;
}

/** Sorts after every term that begins with `prefix` and has anything after it that people write. */
const endOf = (prefix: string) => `${prefix}\u{10ffff}`;

/**
 * A run of the terms that begin with `prefix`, in the order of term and id, whose members meet the filter and have each
 * of the `parts` somewhere in their words. Somebody with two such terms is there twice.
 */
export async function membersByTerm(
  reader: Db,
  orgId: string,
  run: {
    readonly prefix: string;
    readonly parts: readonly string[];
    readonly filter: MemberFilter;
    readonly after?: readonly [term: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly TermMatch[]> {
  const { prefix, parts, filter, after, limit } = run;
  const from = after ? sql`(x.term, x.member_id) > (${after[0]}, ${after[1]})` : sql`x.term >= ${prefix}`;
  const has = (part: string) =>
    isPostgres(reader) ? sql`strpos(r.search_text, ${part}) > 0` : sql`instr(r.search_text, ${part}) > 0`;
  const conditions = sql.join([conditionsOf(reader, orgId, filter), ...parts.map(has)], sql` and `);
  // The cross join keeps SQLite walking the terms in their order.
  const query = sql<TermMatch>`
    select x.member_id as id, x.term as term, r.search_text as text
    from member_terms as x cross join ${membersBy(reader, 'members_by_id')}
    where x.org_id = ${orgId} and ${from} and x.term < ${endOf(prefix)} and r.id = x.member_id and ${conditions}
    order by x.term, x.member_id limit ${rowCount(limit)}`;
  return runCompiled(reader, query.compile(reader), {});
}

/** Everybody whom a driver leads to and who meets the filter, with their words. */
export async function wordsOfCandidates(
  reader: Db,
  orgId: string,
  filter: MemberFilter,
  driver: Driver,
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const query = sql<{ id: string; text: string }>`
    select r.id as id, r.search_text as text from ${driver.from}
    where ${conditionsOf(reader, orgId, filter)} and ${driver.where}`;
  return runCompiled(reader, query.compile(reader), {});
}
