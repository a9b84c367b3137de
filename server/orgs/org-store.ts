// The orgs' rows. Knows how an org is found, not who may see it.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { OrgTable } from '../db/tables.ts';

export type OrgRow = Selectable<OrgTable>;

export async function insertOrg(trx: Db, org: OrgRow): Promise<void> {
  await trx.insertInto('orgs').values(org).execute();
}

/** The org of this short name. */
export function findOrgBySlug(db: Db, slug: string): Promise<OrgRow | undefined> {
  return db.selectFrom('orgs').selectAll().where('slug', '=', slug).executeTakeFirst();
}

/** Every org, oldest first. */
export function listOrgs(db: Db): Promise<readonly OrgRow[]> {
  return db.selectFrom('orgs').selectAll().orderBy('created_at').orderBy('id').execute();
}
