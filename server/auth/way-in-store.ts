// The members that a proven address may sign in as, over all orgs. Knows rows, proves nothing.
import { sql } from 'kysely';
import type { MemberStatus } from '../../shared/member.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

/** One member that an address may sign in as. */
export interface WayIn {
  readonly org_id: string;
  readonly org_name: string;
  readonly member_id: string;
  /** The address as the directory has it. */
  readonly email: string;
  readonly status: MemberStatus;
}

const byAddress = prepare<{ email: string }, WayIn>((db, p) =>
  db
    .selectFrom('orgs as o')
    // One look into the index of each org. A cross join, because SQLite keeps its order; else it reads all members.
    .crossJoin('members as m')
    .whereRef('m.org_id', '=', 'o.id')
    .where('m.email_norm', '=', p('email'))
    .select(['o.id as org_id', 'o.name as org_name', 'm.id as member_id', 'm.status'])
    .select(sql<string>`m.email`.as('email'))
    .where('m.status', 'in', ['active', 'invited'])
    .orderBy('o.name')
    .orderBy('o.id'),
);

/** Everybody active or invited who has this (folded) address, by the name of their org. */
export function findWaysIn(db: Db, emailNorm: string): Promise<readonly WayIn[]> {
  return byAddress.all(db, { email: emailNorm });
}
