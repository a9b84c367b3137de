// Migration 7: webhooks: whom to tell what happens, what is on its way to them, and what came of each try. Frozen once
// released.
import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;

  await db.schema
    .createTable('webhook_endpoints')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('event_types', 'text')
    .addColumn('disabled_reason', 'text')
    .addColumn('disabled_at', 'bigint')
    .addColumn('secret_sealed', 'text', (c) => c.notNull())
    .addColumn('old_secret_sealed', 'text')
    .addColumn('old_secret_until', 'bigint')
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('failing_since', 'bigint')
    .addColumn('held_until', 'bigint')
    .addColumn('last_delivered_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('webhook_endpoints_pk', ['org_id', 'id'])
    .execute();

  const deliveries = db.schema.createTable('webhook_deliveries');
  await (postgres
    ? deliveries.addColumn('seq', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
    : deliveries.addColumn('seq', 'integer', (c) => c.notNull().primaryKey().autoIncrement())
  )
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('endpoint_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('event_seq', 'bigint')
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('subject_kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('first_tried_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('last_outcome', 'text')
    .addUniqueConstraint('webhook_deliveries_id', ['org_id', 'id'])
    .addForeignKeyConstraint(
      'webhook_deliveries_fk',
      ['org_id', 'endpoint_id'],
      'webhook_endpoints',
      ['org_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('webhook_deliveries_of_endpoint')
    .on('webhook_deliveries')
    .columns(['org_id', 'endpoint_id', 'seq'])
    .execute();
  await db.schema
    .createIndex('webhook_deliveries_ended')
    .on('webhook_deliveries')
    .columns(['org_id', 'ended_at'])
    .where(sql<boolean>`ended_at is not null`)
    .execute();
  const onItsWay = sql<boolean>`state in ('waiting', 'sending')`;
  await db.schema
    .createIndex('webhook_deliveries_due')
    .on('webhook_deliveries')
    .columns(['org_id', 'endpoint_id', 'next_at'])
    .where(onItsWay)
    .execute();
  await db.schema
    .createIndex('webhook_deliveries_in_order')
    .on('webhook_deliveries')
    .columns(['org_id', 'endpoint_id', 'subject_id', 'seq'])
    .where(onItsWay)
    .execute();

  await db.schema
    .createTable('webhook_attempts')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('delivery_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('delivered', 'integer', (c) => c.notNull())
    .addColumn('status', 'integer')
    .addColumn('duration_ms', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('webhook_attempts_pk', ['org_id', 'delivery_id', 'id'])
    .addForeignKeyConstraint(
      'webhook_attempts_fk',
      ['org_id', 'delivery_id'],
      'webhook_deliveries',
      ['org_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute();
}
