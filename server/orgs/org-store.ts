// The orgs' rows. Knows how an org is found, not who may see it.
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { OrgTable } from '../db/tables.ts';

export type OrgRow = Selectable<OrgTable>;

export async function insertOrg(trx: Db, org: Insertable<OrgTable>): Promise<void> {
  await trx.insertInto('orgs').values(org).execute();
}

/** The org of this short name. */
export function findOrgBySlug(db: Db, slug: string): Promise<OrgRow | undefined> {
  return db.selectFrom('orgs').selectAll().where('slug', '=', slug).executeTakeFirst();
}

/** The org of this id. */
export function findOrg(db: Db, id: string): Promise<OrgRow | undefined> {
  return db.selectFrom('orgs').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Every org, oldest first. */
export function listOrgs(db: Db): Promise<readonly OrgRow[]> {
  return db.selectFrom('orgs').selectAll().orderBy('created_at').orderBy('id').execute();
}
