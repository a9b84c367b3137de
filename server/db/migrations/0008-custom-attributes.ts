// Migration 8: the attributes that an org defines for its people. Frozen once released.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attribute_schemas')
    .addColumn('org_id', 'text', (c) => c.notNull().primaryKey().references('orgs.id'))
    .addColumn('urn', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('definitions', 'text', (c) => c.notNull())
    .addColumn('erase_at', 'bigint')
    .execute();
  await sql`create index attribute_schemas_due on attribute_schemas (erase_at) where erase_at is not null`.execute(
    db,
  );
}
