// Migration 4: what is told of a connection's last weeks: how many requests departed from the standard, in which way, and
// what changes took. Frozen once released.
import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['tolerated', 'write_us', 'slowest_write_us'])
    await db.schema
      .alterTable('provisioning_tally')
      .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();

  const written = sql`status < 400 and method in ('POST', 'PUT', 'PATCH', 'DELETE') and path not like '%.search'`;
  await sql`
    update provisioning_tally set tolerated = r.tolerated, write_us = r.write_us, slowest_write_us = r.slowest_write_us
    from (
      select org_id, connection_id, at - at % 300000 as stretch,
        sum(case when quirks <> '[]' then 1 else 0 end) as tolerated,
        sum(case when ${written} then duration_us else 0 end) as write_us,
        max(case when ${written} then duration_us else 0 end) as slowest_write_us
      from provisioning_records group by org_id, connection_id, at - at % 300000
    ) as r
    where r.org_id = provisioning_tally.org_id and r.connection_id = provisioning_tally.connection_id
      and r.stretch = provisioning_tally.stretch`.execute(db);

  await db.schema
    .createTable('tolerance_tally')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('stretch', 'bigint', (c) => c.notNull())
    .addColumn('quirk', 'text', (c) => c.notNull())
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('path', 'text')
    .addPrimaryKeyConstraint('tolerance_tally_pk', ['org_id', 'connection_id', 'stretch', 'quirk'])
    .execute();

  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const noted = postgres ? sql`json_array_elements_text(r.quirks::json)` : sql`json_each(r.quirks)`;
  const colon = postgres ? sql`strpos(q.value, ':')` : sql`instr(q.value, ':')`;
  // PostgreSQL cannot spell out every character that JSON escapes; such names are an attacker's or a mistake.
  const isPlain = postgres ? sql`strpos(r.quirks, ${'\\u'}) = 0` : sql`instr(r.quirks, ${'\\u'}) = 0`;
  await sql`
    insert into tolerance_tally
    select org_id, connection_id, stretch, quirk, count(distinct seq), max(at), max(path)
    from (
      select r.org_id, r.connection_id, r.at - r.at % 3600000 as stretch, r.seq, r.at,
        case when ${colon} > 0 then substr(q.value, 1, ${colon} - 1) else q.value end as quirk,
        case when ${colon} > 0 then substr(q.value, ${colon} + 1) end as path
      from provisioning_records as r, ${noted} as ${postgres ? sql`q(value)` : sql`q`}
      where r.quirks <> '[]' and ${isPlain}
    ) as each_noted
    group by org_id, connection_id, stretch, quirk`.execute(db);
}
