// A step of migration 3: how many requests there were, by connection and five minutes, and a quick way to those that
// were refused. Frozen once released.
import { type Kysely, sql } from 'kysely';

/** Makes the tally and counts the requests that are there already. */
export async function tallyRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('provisioning_tally')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('stretch', 'bigint', (c) => c.notNull())
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addColumn('writes', 'bigint', (c) => c.notNull())
    .addColumn('errors', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('last_accepted_at', 'bigint', (c) => c.notNull())
    .addColumn('last_write_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('provisioning_tally_pk', ['org_id', 'connection_id', 'stretch'])
    .execute();

  const accepted = sql`status < 400`;
  const written = sql`status < 400 and method in ('POST', 'PUT', 'PATCH', 'DELETE') and path not like '%.search'`;
  await sql`
    insert into provisioning_tally
    select org_id, connection_id, at - at % 300000, count(*),
      sum(case when ${written} then 1 else 0 end), sum(case when status >= 400 then 1 else 0 end), max(at),
      max(case when ${accepted} then at else 0 end), max(case when ${written} then at else 0 end)
    from provisioning_records group by org_id, connection_id, at - at % 300000`.execute(db);

  await sql`create index provisioning_records_refused on provisioning_records (org_id, connection_id, seq)
    where status >= 400`.execute(db);
}
