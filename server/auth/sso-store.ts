// How an org signs in with its identity provider, as rows. Knows how settings are found, not what they are good for.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { SsoSettingsTable } from '../db/sso-tables.ts';

export type SsoRow = Selectable<SsoSettingsTable>;

const ofOrg = prepare<{ org: string }, SsoRow>((db, p) =>
  db.selectFrom('sso_settings').selectAll().where('org_id', '=', p('org')),
);

/** What an org has set up; undefined for nothing. */
export function findSso(db: Db, orgId: string): Promise<SsoRow | undefined> {
  return ofOrg.first(db, { org: orgId });
}

/** The same, locked for a change. */
export function lockSso(trx: Db, orgId: string): Promise<SsoRow | undefined> {
  return trx
    .selectFrom('sso_settings')
    .selectAll()
    .where('org_id', '=', orgId)
    .$call(lockForUpdate(trx))
    .executeTakeFirst();
}

/** Puts settings in the place of those that there are. */
export async function writeSso(trx: Db, { org_id, ...settings }: SsoRow): Promise<void> {
  await trx
    .insertInto('sso_settings')
    .values({ org_id, ...settings })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(settings))
    .execute();
}

export async function deleteSso(trx: Db, orgId: string): Promise<void> {
  await trx.deleteFrom('sso_settings').where('org_id', '=', orgId).execute();
}

/** Notes that somebody came in by this client; of another one than the org has now, nothing. */
export async function noteSsoProven(
  trx: Db,
  orgId: string,
  clientVersion: number,
  now: number,
): Promise<void> {
  await trx
    .updateTable('sso_settings')
    .set({ proven_at: now })
    .where('org_id', '=', orgId)
    .where('client_version', '=', clientVersion)
    .execute();
}

/** An org that signs in with its identity provider. */
export interface SsoOrg {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

const byDomain = prepare<{ domain: string }, SsoOrg>((db, p) =>
  db
    .selectFrom('org_domains as d')
    .innerJoin('sso_settings as s', 's.org_id', 'd.org_id')
    .innerJoin('orgs as o', 'o.id', 'd.org_id')
    .select(['o.id', 'o.slug', 'o.name'])
    .where('d.domain', '=', p('domain'))
    .where('d.verified_at', 'is not', null),
);

/** The org that DNS has confirmed this domain for, if it has single sign-on. */
export function findSsoOrgOfDomain(db: Db, domain: string): Promise<SsoOrg | undefined> {
  return byDomain.first(db, { domain });
}

const any = prepare<Record<never, never>, { org_id: string }>((db) =>
  db.selectFrom('sso_settings').select('org_id').limit(1),
);

/** Whether any org of this server has single sign-on. */
export async function hasSso(db: Db): Promise<boolean> {
  return (await any.first(db, {})) !== undefined;
}

/** Whether an org lets nobody in but by its identity provider; owners keep their way by mail. */
export async function requiresSso(db: Db, orgId: string): Promise<boolean> {
  return (await findSso(db, orgId))?.required === 1;
}
