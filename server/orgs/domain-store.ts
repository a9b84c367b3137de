// The domains that orgs claim, and which of them DNS has confirmed. Asks no name server.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import type { OrgDomainTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type DomainRow = Selectable<OrgDomainTable>;

const verified = prepare<{ org: string; domain: string }, { domain: string }>((db, p) =>
  db
    .selectFrom('org_domains')
    .select('domain')
    .where('org_id', '=', p('org'))
    .where('domain', '=', p('domain'))
    .where('verified_at', 'is not', null),
);

/** Whether DNS has confirmed that this domain (in DNS letters) is the org's; one that fails within its grace still is. */
export async function isVerifiedDomain(db: Db, orgId: string, domain: string): Promise<boolean> {
  return (await verified.first(db, { org: orgId, domain })) !== undefined;
}

/** The org that DNS has confirmed this domain for. */
export async function findVerifiedOwner(db: Db, domain: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('org_domains')
    .select('org_id')
    .where('domain', '=', domain)
    .where('verified_at', 'is not', null)
    .executeTakeFirst();
  return row?.org_id;
}

/** Every domain of an org, by name. */
export function listDomains(db: Db, orgId: string): Promise<readonly DomainRow[]> {
  return db.selectFrom('org_domains').selectAll().where('org_id', '=', orgId).orderBy('domain').execute();
}

/** One domain of an org. */
export function findDomain(db: Db, orgId: string, domain: string): Promise<DomainRow | undefined> {
  return db
    .selectFrom('org_domains')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('domain', '=', domain)
    .executeTakeFirst();
}

/** The same, locked for a change. */
export function lockDomain(trx: Db, orgId: string, domain: string): Promise<DomainRow | undefined> {
  return trx
    .selectFrom('org_domains')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('domain', '=', domain)
    .$call(lockForUpdate(trx))
    .executeTakeFirst();
}

export async function addDomain(trx: Db, domain: DomainRow): Promise<void> {
  await trx.insertInto('org_domains').values(domain).execute();
}

export async function noteCheck(
  trx: Db,
  { org_id, domain }: Pick<DomainRow, 'org_id' | 'domain'>,
  found: Pick<DomainRow, 'verified_at' | 'checked_at' | 'failing_since'>,
): Promise<void> {
  await trx
    .updateTable('org_domains')
    .set(found)
    .where('org_id', '=', org_id)
    .where('domain', '=', domain)
    .execute();
}

export async function deleteDomain(trx: Db, orgId: string, domain: string): Promise<void> {
  await trx.deleteFrom('org_domains').where('org_id', '=', orgId).where('domain', '=', domain).execute();
}

/** Verified domains of all orgs that were last checked before this time, the longest unchecked first, at most so many. */
export function listDomainsToCheck(db: Db, before: number, limit: number): Promise<readonly DomainRow[]> {
  return db
    .selectFrom('org_domains')
    .selectAll()
    .where('verified_at', 'is not', null)
    .where('checked_at', '<', before)
    .orderBy('checked_at')
    .orderBy('domain')
    .limit(limit)
    .execute();
}
