// Every row of a database, to tell whether anything changed. Knows no table by name.
import { sql } from 'kysely';
import type { Db } from '../../server/db/database.ts';

/** All tables with their rows; without the columns that every use of a session or token moves. */
export async function allRows(db: Db): Promise<Readonly<Record<string, unknown>>> {
  const tables = await db.introspection.getTables();
  const rows = tables.map(async ({ name, columns }) => {
    const kept = columns.filter((column) => column.name !== 'last_used_at');
    const order = sql.join(kept.map((column) => sql.ref(column.name)));
    return [
      name,
      (await sql`select ${order} from ${sql.table(name)} order by ${order}`.execute(db)).rows,
    ] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
