// The orgs' rows. Knows how an org is found, not who may see it.
import type { Insertable, Selectable } from 'kysely';
import type { OrgSettings } from '../../shared/org-settings.ts';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { OrgTable } from '../db/tables.ts';

export type OrgRow = Selectable<OrgTable>;

export async function insertOrg(trx: Db, org: Insertable<OrgTable>): Promise<void> {
  await trx.insertInto('orgs').values(org).execute();
}

/** The org of this short name. */
export function findOrgBySlug(db: Db, slug: string): Promise<OrgRow | undefined> {
  return db.selectFrom('orgs').selectAll().where('slug', '=', slug).executeTakeFirst();
}

const byId = prepare<{ id: string }, OrgRow>((db, p) =>
  db.selectFrom('orgs').selectAll().where('id', '=', p('id')),
);

/** The org of this id. */
export function findOrg(db: Db, id: string): Promise<OrgRow | undefined> {
  return byId.first(db, { id });
}

const byIdLocked = prepare<{ id: string }, OrgRow>((db, p) =>
  db
    .selectFrom('orgs')
    .selectAll()
    .where('id', '=', p('id'))
    // Not FOR UPDATE: whoever adds a member holds the org's key already, and two of them would wait for each other.
    .$call((query) => (isPostgres(db) ? query.forNoKeyUpdate() : query)),
);

/** The org, with its settings and its seats kept from being changed by anybody else until the transaction ends. */
export function lockOrg(trx: Db, id: string): Promise<OrgRow | undefined> {
  return byIdLocked.first(trx, { id });
}

/** Every org, oldest first. */
export function listOrgs(db: Db): Promise<readonly OrgRow[]> {
  return db.selectFrom('orgs').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Writes an org's name and settings, with the version that the next change is based on. */
export async function updateOrg(
  trx: Db,
  id: string,
  org: { readonly name: string; readonly settings: OrgSettings; readonly version: number },
): Promise<void> {
  const settings = JSON.stringify(org.settings);
  await trx
    .updateTable('orgs')
    .set({ name: org.name, settings, settings_version: org.version })
    .where('id', '=', id)
    .execute();
}

/** The org whose sign-up link has this token's hash. */
export function findOrgBySignUp(db: Db, hash: string): Promise<OrgRow | undefined> {
  return db.selectFrom('orgs').selectAll().where('sign_up_hash', '=', hash).executeTakeFirst();
}

/** Gives an org another sign-up link, or none: its token's hash, and the token sealed. */
export async function writeSignUpLink(
  trx: Db,
  id: string,
  link: { readonly hash: string; readonly sealed: string } | null,
): Promise<void> {
  await trx
    .updateTable('orgs')
    .set({ sign_up_hash: link?.hash ?? null, sign_up_sealed: link?.sealed ?? null })
    .where('id', '=', id)
    .execute();
}
