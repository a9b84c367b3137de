// Who the subjects of an identity provider are here, as rows. Proves nothing and links nobody by itself.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { SsoIdentityTable } from '../db/sso-tables.ts';

export type SsoIdentityRow = Selectable<SsoIdentityTable>;

/** Whom a subject of an issuer is linked with. */
export function findIdentity(
  db: Db,
  orgId: string,
  { issuer, subject }: Pick<SsoIdentityRow, 'issuer' | 'subject'>,
): Promise<SsoIdentityRow | undefined> {
  return db
    .selectFrom('sso_identities')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

/** What a member is linked with at an issuer. */
export function findIdentityOf(
  db: Db,
  orgId: string,
  memberId: string,
  issuer: string,
): Promise<SsoIdentityRow | undefined> {
  return db
    .selectFrom('sso_identities')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('issuer', '=', issuer)
    .executeTakeFirst();
}

/** What a member is linked with, at whichever issuers, by issuer. */
export function identitiesOf(db: Db, orgId: string, memberId: string): Promise<readonly SsoIdentityRow[]> {
  return db
    .selectFrom('sso_identities')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .orderBy('issuer')
    .execute();
}

export async function addIdentity(trx: Db, identity: SsoIdentityRow): Promise<void> {
  await trx.insertInto('sso_identities').values(identity).execute();
}

/** Notes that a subject has come in, and by which client. */
export async function noteIdentityUse(
  trx: Db,
  { org_id, issuer, subject }: Pick<SsoIdentityRow, 'org_id' | 'issuer' | 'subject'>,
  use: Pick<SsoIdentityRow, 'directory_id' | 'signed_in_at' | 'client_version'>,
): Promise<void> {
  await trx
    .updateTable('sso_identities')
    .set(use)
    .where('org_id', '=', org_id)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .execute();
}

/** Unlinks a subject. */
export async function deleteIdentity(
  trx: Db,
  { org_id, issuer, subject }: Pick<SsoIdentityRow, 'org_id' | 'issuer' | 'subject'>,
): Promise<void> {
  await trx
    .deleteFrom('sso_identities')
    .where('org_id', '=', org_id)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .execute();
}

/** Lets nothing that was proven count for settings that come later, although whom the subjects are stays known. */
export async function forgetProofs(trx: Db, orgId: string): Promise<void> {
  await trx.updateTable('sso_identities').set({ client_version: 0 }).where('org_id', '=', orgId).execute();
}

/** Forgets whom the subjects of a member were. */
export async function deleteIdentitiesOf(trx: Db, orgId: string, memberId: string): Promise<void> {
  await trx
    .deleteFrom('sso_identities')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .execute();
}
