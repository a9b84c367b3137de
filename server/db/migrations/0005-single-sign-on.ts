// Migration 5: signing in with the company's identity provider: an org's client there, whom its subjects are, sign-ins under
// way, what came of the latest, and which sessions came in by it. Frozen once released.
import { type Kysely, PostgresAdapter } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const ofOrg = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id').onDelete('cascade'));

  await ofOrg('sso_settings')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('client_secret_sealed', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('joining', 'text', (c) => c.notNull())
    .addColumn('required', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('client_version', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('proven_at', 'bigint')
    .addPrimaryKeyConstraint('sso_settings_pk', ['org_id'])
    .execute();

  // Without a reference to the member: who was removed and is put back comes in as before.
  await ofOrg('sso_identities')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('directory_id', 'text')
    .addColumn('linked_by', 'text', (c) => c.notNull())
    .addColumn('linked_at', 'bigint', (c) => c.notNull())
    .addColumn('signed_in_at', 'bigint', (c) => c.notNull())
    .addColumn('client_version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('sso_identities_pk', ['org_id', 'issuer', 'subject'])
    .addUniqueConstraint('sso_identities_by_member', ['org_id', 'member_id', 'issuer'])
    .execute();

  await ofOrg('sso_flows')
    .addColumn('state_hash', 'text', (c) => c.notNull())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('client_version', 'integer', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('continue_to', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('sso_flows_pk', ['org_id', 'state_hash'])
    .execute();
  await db.schema.createIndex('sso_flows_by_expiry').on('sso_flows').column('expires_at').execute();

  const attempts = db.schema.createTable('sso_attempts');
  const ordered = postgres
    ? attempts.addColumn('seq', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
    : attempts.addColumn('seq', 'integer', (c) => c.notNull().primaryKey().autoIncrement());
  await ordered
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('sentence', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text')
    .addColumn('client_version', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sso_attempts_by_org').on('sso_attempts').columns(['org_id', 'seq']).execute();

  await ofOrg('sso_logout_tokens')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('jti_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sso_logout_tokens_pk', ['org_id', 'issuer', 'jti_hash'])
    .execute();
  await db.schema
    .createIndex('sso_logout_tokens_by_expiry')
    .on('sso_logout_tokens')
    .column('expires_at')
    .execute();

  for (const column of ['sso_issuer', 'sso_subject', 'sso_sid', 'sso_id_token_sealed'])
    await db.schema.alterTable('sessions').addColumn(column, 'text').execute();
  for (const column of ['sso_issuer', 'sso_subject', 'sso_sid'])
    await db.schema.alterTable('extension_codes').addColumn(column, 'text').execute();
  await db.schema
    .createIndex('sessions_by_sso')
    .on('sessions')
    .columns(['org_id', 'sso_issuer', 'sso_subject'])
    .execute();
  await db.schema
    .createIndex('sessions_by_sid')
    .on('sessions')
    .columns(['org_id', 'sso_issuer', 'sso_sid'])
    .execute();
}
