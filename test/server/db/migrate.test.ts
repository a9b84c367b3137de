import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { findSession } from '../../../server/auth/session-store.ts';
import type { Database } from '../../../server/db/database.ts';
import { migrate, pendingMigrations } from '../../../server/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../../../server/db/open-database.ts';
import { searchWords } from '../../../server/members/member-search.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import { databases } from '../../helpers/scim-server.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function freshAddress(name: (typeof databases)[number]): Promise<DatabaseAddress> {
  if (name === 'postgres') return { url: await freshPostgresUrl() };
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  return { file: join(folder, 'test.db') };
}

function open(address: DatabaseAddress): Database {
  const database = openDatabase(address);
  closing.push(() => database.close());
  return database;
}

/** Tables with their columns, in alphabetical order. */
async function schemaOf({ db }: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await db.introspection.getTables();
  const own = tables.filter(({ name }) => !name.startsWith('kysely_') && !name.startsWith('sqlite_'));
  return Object.fromEntries(
    own.map(({ name, columns }) => [
      name,
      columns.map((column) => `${column.name}${column.isNullable ? '?' : ''}`).sort(),
    ]),
  );
}

const all = [
  '0001-directory',
  '0002-people',
  '0003-setup',
  '0004-sync-days',
  '0005-single-sign-on',
  '0006-oauth-clients',
  '0007-webhooks',
  '0008-custom-attributes',
];

describe.each(databases)('migrating, on %s', (name) => {
  test('a fresh database gets everything, and again nothing', async () => {
    const database = open(await freshAddress(name));
    expect(await pendingMigrations(database.db)).toEqual(all);
    expect(await migrate(database.db)).toEqual(all);
    expect(await pendingMigrations(database.db)).toEqual([]);
    const before = await schemaOf(database);
    expect(await migrate(database.db)).toEqual([]);
    expect(await schemaOf(database)).toEqual(before);
  });

  test('what is there stays', async () => {
    const database = open(await freshAddress(name));
    await migrate(database.db);
    const org = { id: 'o1', slug: 'tern', name: 'Tern', created_at: 1 };
    await database.db.insertInto('orgs').values(org).execute();
    await migrate(database.db);
    expect(await database.db.selectFrom('orgs').selectAll().execute()).toMatchObject([org]);
  });

  test('from the first schema on, people keep what they had, become searchable and have a timeline', async () => {
    const database = open(await freshAddress(name));
    await migrate(database.db, '0001-directory');
    await sql`insert into orgs (id, slug, name, created_at) values ('o1', 'tern', 'Tern', 1)`.execute(
      database.db,
    );
    const attributes = JSON.stringify({ userName: 'noor', displayName: 'Noor Håddad-Lund' });
    for (const [id, role] of [
      ['m1', 'owner'],
      ['m2', 'member'],
    ] as const) {
      await sql`insert into members (org_id, id, user_name, user_name_norm, email, role, active, status, attributes, version, created_at, updated_at)
        values ('o1', ${id}, ${id}, ${id}, 'noor@tern.example', ${role}, 1, 'active', ${attributes}, 1, 1, 1)`.execute(
        database.db,
      );
    }
    await sql`insert into sessions (org_id, member_id, hash, name, created_at, expires_at) values ('o1', 'm1', 'h', 'Laptop', 1, 2)`.execute(
      database.db,
    );
    const moves = JSON.stringify({ added: ['m1', 'm2'], removed: ['m3'] });
    await sql`insert into events (org_id, type, at, actor_kind, actor_id, subject_kind, subject_id, data)
      values ('o1', 'group.members_changed', 1, 'connection', 'c1', 'group', 'g1', ${moves})`.execute(
      database.db,
    );
    expect(await migrate(database.db)).toEqual(all.slice(1));

    const [owner, member] = await database.db.selectFrom('members').selectAll().orderBy('id').execute();
    expect([owner?.role_by_hand, member?.role_by_hand]).toEqual([1, 0]);
    const terms = await database.db
      .selectFrom('member_terms')
      .select('term')
      .where('member_id', '=', 'm1')
      .execute();
    const words = searchWords({ ...JSON.parse(attributes), userName: 'm1' }, 'noor@tern.example');
    expect(owner?.search_text).toBe(words.text);
    expect(terms.map(({ term }) => term).sort()).toEqual([...words.terms].sort());
    expect(terms.map(({ term }) => term)).toContain('haddad-lund');
    expect(await database.db.selectFrom('member_events').selectAll().orderBy('member_id').execute()).toEqual([
      { org_id: 'o1', member_id: 'm1', seq: 1, joined: 1 },
      { org_id: 'o1', member_id: 'm2', seq: 1, joined: 1 },
      { org_id: 'o1', member_id: 'm3', seq: 1, joined: 0 },
    ]);
    expect(await findSession(database.db, 'h', 1)).toMatchObject({ id: 'h', kind: 'browser' });
  });

  test('several connections at once agree', async () => {
    const address = await freshAddress(name);
    const opened = [open(address), open(address), open(address)];
    const applied = await Promise.all(opened.map(({ db }) => migrate(db)));
    expect(applied.flat()).toEqual(all);
    for (const database of opened) expect(await pendingMigrations(database.db)).toEqual([]);
  });

  test('several processes at once agree', async () => {
    const address = await freshAddress(name);
    const results = await Promise.all(Array.from({ length: 3 }, () => migrateElsewhere(address)));
    expect(results.flat()).toEqual(all);
    expect(await pendingMigrations(open(address).db)).toEqual([]);
  });
});

test('both databases get the same tables and columns', async () => {
  const [sqlite, postgres] = [open(await freshAddress('sqlite')), open(await freshAddress('postgres'))];
  await migrate(sqlite.db);
  await migrate(postgres.db);
  const schema = await schemaOf(sqlite);
  expect(await schemaOf(postgres)).toEqual(schema);
  expect(Object.keys(schema)).toContain('members');
});

/** Migrates in a process of its own and gives what it applied. */
function migrateElsewhere(address: DatabaseAddress): Promise<readonly string[]> {
  const source = (path: string) =>
    JSON.stringify(new URL(`../../../server/db/${path}`, import.meta.url).href);
  const program = `
    const { openDatabase } = await import(${source('open-database.ts')});
    const { migrate } = await import(${source('migrate.ts')});
    const database = openDatabase(${JSON.stringify(address)});
    try { process.send({ applied: await migrate(database.db) }); }
    catch (error) { process.send({ error: error.message }); }
    await database.close();
    process.disconnect();`;
  const child = fork('', [], {
    execPath: process.execPath,
    execArgv: ['--import', 'tsx', '--input-type=module', '--eval', program],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { applied?: readonly string[]; error?: string }) => {
      if (message.applied) resolve(message.applied);
      else reject(new Error(message.error));
    });
    child.once('exit', (code) => reject(new Error(`the process ended with ${code} and no answer`)));
  });
}
