// Migration 6: OAuth clients of connections and readers, and readers with what they may see. Frozen once released.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oauth_clients')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('owner_kind', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('oauth_clients_pk', ['org_id', 'id'])
    .execute();
  await db.schema
    .createIndex('oauth_clients_of_owner')
    .on('oauth_clients')
    .columns(['org_id', 'owner_id'])
    .execute();

  await db.schema
    .createTable('oauth_credentials')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('hint', 'text', (c) => c.notNull())
    .addColumn('jwk', 'text')
    .addColumn('jwks_uri', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addPrimaryKeyConstraint('oauth_credentials_pk', ['org_id', 'id'])
    .addForeignKeyConstraint(
      'oauth_credentials_fk',
      ['org_id', 'client_id'],
      'oauth_clients',
      ['org_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('oauth_credentials_of_client')
    .on('oauth_credentials')
    .columns(['org_id', 'client_id'])
    .execute();

  await db.schema
    .createTable('oauth_tokens')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('credential_id', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('oauth_tokens_pk', ['org_id', 'hash'])
    .addForeignKeyConstraint(
      'oauth_tokens_fk',
      ['org_id', 'client_id'],
      'oauth_clients',
      ['org_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('oauth_tokens_of_client')
    .on('oauth_tokens')
    .columns(['org_id', 'client_id', 'expires_at'])
    .execute();

  await db.schema
    .createTable('oauth_assertions')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('jti_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('oauth_assertions_pk', ['org_id', 'client_id', 'jti_hash'])
    .addForeignKeyConstraint(
      'oauth_assertions_fk',
      ['org_id', 'client_id'],
      'oauth_clients',
      ['org_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('oauth_assertions_ended')
    .on('oauth_assertions')
    .columns(['org_id', 'client_id', 'expires_at'])
    .execute();

  await db.schema
    .createTable('readers')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('user_attributes', 'text', (c) => c.notNull())
    .addColumn('group_attributes', 'text', (c) => c.notNull())
    .addColumn('groups_limited', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('readers_pk', ['org_id', 'id'])
    .execute();

  const ofReader = ['org_id', 'reader_id'] as const;
  await db.schema
    .createTable('reader_groups')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('reader_id', 'text', (c) => c.notNull())
    .addColumn('group_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reader_groups_pk', [...ofReader, 'group_id'])
    .addForeignKeyConstraint('reader_groups_fk', [...ofReader], 'readers', ['org_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute();

  await db.schema
    .createTable('reader_tokens')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('reader_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('last4', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addPrimaryKeyConstraint('reader_tokens_pk', ['org_id', 'id'])
    .addForeignKeyConstraint('reader_tokens_fk', [...ofReader], 'readers', ['org_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('reader_tokens_of_reader')
    .on('reader_tokens')
    .columns([...ofReader])
    .execute();
}
