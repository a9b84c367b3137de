// A PostgreSQL connection that has the server plan a recurring query once, under a name. Knows no query.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { isRecurring } from './prepared.ts';

/** PostgreSQL's word that a plan's columns are no longer the table's: another process has migrated. */
const stalePlan = '0A000';

/** Moves on when plans went stale, so that every name is a new one. */
let generation = 0;

const names = new Map<string, string>();

function nameOf(sql: string): string {
  const key = `${generation} ${sql}`;
  let name = names.get(key);
  if (name === undefined) {
    name = createHash('sha256').update(key).digest('base64url').slice(0, 20);
    names.set(key, name);
  }
  return name;
}

/** From now on, this connection's recurring queries go by a name. */
export function nameRecurringQueries(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: readonly unknown[]) => Promise<unknown>;
  const named = async (...args: readonly unknown[]): Promise<unknown> => {
    const [text, values] = args;
    if (typeof text !== 'string' || !isRecurring(text)) return query(...args);
    try {
      return await query({ name: nameOf(text), text, values });
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === stalePlan) generation += 1;
      throw error;
    }
  };
  client.query = named as typeof client.query;
}
