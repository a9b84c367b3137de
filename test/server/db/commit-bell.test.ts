import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../../server/db/database.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 20_000 });

describe('the bell between processes', () => {
  let here: Database | undefined;
  let there: Database | undefined;
  beforeEach(async () => {
    const url = await freshPostgresUrl();
    [here, there] = [openDatabase({ url }), openDatabase({ url })];
  });
  afterEach(async () => {
    await here?.close();
    await there?.close();
  });

  /** Counts what is heard, from the first word on, which says that the listening has begun. */
  const listen = async (database: Database | undefined) => {
    let heard = 0;
    database?.bell?.hear(() => {
      heard += 1;
    });
    await eventually(() => expect(heard).toBe(1));
    return () => heard;
  };
  const commit = async (database: Database | undefined) => {
    if (database) await inTransaction(database.db, async () => {});
  };

  test('rings for the commits of others, not for one’s own', async () => {
    const heardHere = await listen(here);
    const heardThere = await listen(there);
    await commit(here);
    await eventually(() => expect(heardThere()).toBe(2));
    await commit(there);
    await eventually(() => expect(heardHere()).toBe(2));
    expect(heardThere()).toBe(2);
  });

  test('a thousand commits ring a few times', async () => {
    const heard = await listen(there);
    for (let i = 0; i < 1000; i++) here?.bell?.ring();
    await eventually(() => expect(heard()).toBeGreaterThan(1));
    await commit(here);
    expect(heard()).toBeLessThan(10);
  });

  test('is heard again after the connection was lost', async () => {
    const heard = await listen(there);
    if (!here) throw new Error('not open');
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollcall bell'
    `.execute(here.db);
    expect(rows).toHaveLength(1);
    await eventually(() => expect(heard()).toBe(2));
    await commit(here);
    await eventually(() => expect(heard()).toBe(3));
  });
});
