// Whether the database answers at all.
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** @throws what the driver says when the database does not answer */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
