import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database, Db } from '../../../server/db/database.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { prepare } from '../../../server/db/prepared.ts';
import { inTransaction } from '../../../server/db/transaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-group-commit-'));
let database: Database;
beforeAll(async () => {
  database = openDatabase({ file: join(folder, 'test.db') });
  await sql`create table notes (text text primary key)`.execute(database.db);
});
beforeEach(() => sql`delete from notes`.execute(database.db));
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const write = (trx: Db, text: string) => sql`insert into notes values (${text})`.execute(trx);
const written = async () =>
  (await sql<{ text: string }>`select text from notes order by text`.execute(database.db)).rows.map(
    ({ text }) => text,
  );
/** How often the database committed, which is how often it waited for the disk. */
const commits = async () => {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(database.scans);
  return rows[0]?.data_version ?? 0;
};

test('writes of one moment share a commit, and each gets its own answer', async () => {
  const before = await commits();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      inTransaction(database.db, async (trx) => {
        await write(trx, `note ${n}`);
        return n;
      }),
    ),
  );
  expect(answers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(await written()).toHaveLength(10);
  expect((await commits()) - before).toBe(1);
});

test('one that fails undoes its own writes and nobody else’s', async () => {
  const outcomes = await Promise.allSettled([
    inTransaction(database.db, (trx) => write(trx, 'first')),
    inTransaction(database.db, async (trx) => {
      await write(trx, 'half done');
      throw new Error('changed my mind');
    }),
    inTransaction(database.db, (trx) => write(trx, 'third')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await written()).toEqual(['first', 'third']);
});

test('one alone that fails leaves nothing', async () => {
  const failing = inTransaction(database.db, async (trx) => {
    await write(trx, 'half done');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await written()).toEqual([]);
});

test('when the commit fails, everybody who shared it is told', async () => {
  const outcomes = await Promise.allSettled([
    inTransaction(database.db, (trx) => write(trx, 'first')),
    inTransaction(database.db, async (trx) => {
      // What SQLite does by itself when the disk is full.
      await sql`rollback`.execute(trx);
    }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await written()).toEqual([]);
});

test('more than fit into one commit are written by several', async () => {
  const texts = Array.from({ length: 200 }, (_, n) => `note ${String(n).padStart(3, '0')}`);
  await Promise.all(texts.map((text) => inTransaction(database.db, (trx) => write(trx, text))));
  expect(await written()).toEqual(texts);
});

test('a recurring query outside a transaction does not see what an open one has not committed', async () => {
  const count = prepare<Record<never, never>, { n: number }>((db) => ({
    compile: () => sql<{ n: number }>`select count(*) as n from notes`.compile(db),
  }));
  let outside: Promise<{ n: number } | undefined> | undefined;
  await inTransaction(database.db, async (trx) => {
    await write(trx, 'not yet committed');
    outside = count.first(database.db, {});
    expect(await count.first(trx, {})).toEqual({ n: 1 });
    await write(trx, 'nor this');
  });
  // It waited for the end of the transaction, and so saw all of it.
  expect(await outside).toEqual({ n: 2 });
});
