import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type CommandLine, commandLine } from './command-line.ts';

async function withOrg(): Promise<CommandLine & { readonly copy: string; readonly database: string }> {
  const line = await commandLine();
  await line.json('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  return {
    ...line,
    copy: join(dirname(line.dataDir), 'copy.db'),
    database: join(line.dataDir, 'rollcall.db'),
  };
}

function countOf(file: string, table: string): unknown {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return sqlite.prepare(`select count(*) from ${table}`).pluck().get();
  } finally {
    sqlite.close();
  }
}

test('the copy is one whole file that nobody else can read, and says its size', async () => {
  const { copy, json } = await withOrg();
  expect(await json('backup', copy)).toEqual({ file: copy, bytes: statSync(copy).size });
  expect(countOf(copy, 'members')).toBe(1);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(copy))).toEqual(['copy.db', 'data']);
});

test('the copy serves in the place of the database', async () => {
  const { copy, cli, database, json } = await withOrg();
  await json('backup', copy);
  await json('connection', 'create', '--org', 'larkspur', '--kind', 'okta', '--name', 'Later');
  expect(await cli('backup', database, '--force')).toMatchObject({ exitCode: 5 });
  writeFileSync(database, readFileSync(copy));
  expect(await json('connection', 'list')).toEqual({ connections: [] });
});

test('the copy is of one moment while another process goes on writing', async () => {
  const { copy, database, json } = await withOrg();
  const writer = new Sqlite(database);
  writer.exec('create table pair_a (n integer, filler blob); create table pair_b (n integer, filler blob)');
  const fill = writer.prepare('insert into pair_a select value, zeroblob(1000) from json_each(?)');
  fill.run(JSON.stringify(Array.from({ length: 20_000 }, (_, n) => n)));
  writer.exec('insert into pair_b select * from pair_a');
  const addBoth = writer.transaction((n: number) => {
    for (const table of ['pair_a', 'pair_b'])
      writer.prepare(`insert into ${table} values (?, zeroblob(1000))`).run(n);
  });
  let written = 0;
  const timer = setInterval(() => addBoth(written++), 1);
  await json('backup', copy);
  clearInterval(timer);
  writer.close();
  expect(written).toBeGreaterThan(1);
  expect(countOf(copy, 'pair_a')).toBe(countOf(copy, 'pair_b'));
  expect(countOf(copy, 'pair_a')).toBeLessThan(20_000 + written);
});

test('says to a person that the secret is not in it', async () => {
  const { cli, copy, dataDir } = await withOrg();
  const { out } = await cli('backup', copy);
  expect(out).toMatch(/^Backed up to .*copy\.db: \d+\.\d kB, checked\./);
  expect(out).toContain(join(dataDir, 'secret'));
});

test('an existing file is kept, unless --force is given', async () => {
  const { cli, copy } = await withOrg();
  writeFileSync(copy, 'precious');
  expect(await cli('backup', copy)).toMatchObject({ exitCode: 5, out: '' });
  expect(readFileSync(copy, 'utf8')).toBe('precious');
  expect(await cli('backup', copy, '--force')).toMatchObject({ exitCode: 0 });
  expect(countOf(copy, 'orgs')).toBe(1);
});

test('the database is never replaced by its own copy', async () => {
  const { cli, database } = await withOrg();
  const { exitCode, err } = await cli('backup', database, '--force');
  expect(exitCode).toBe(5);
  expect(err).toContain('is the database itself');
});

test('a damaged database makes no copy', async () => {
  const { cli, copy, database } = await withOrg();
  const sqlite = new Sqlite(database);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.unsafeMode();
  sqlite.pragma('writable_schema = on');
  sqlite.exec("update sqlite_schema set rootpage = 3 where name = 'members_by_email'");
  sqlite.exec(
    "update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'orgs') where name = 'audit'",
  );
  sqlite.close();
  const { exitCode, err } = await cli('backup', copy);
  expect(exitCode).toBe(1);
  expect(err).toContain('did not pass its check');
  expect(existsSync(copy)).toBe(false);
});

test('a folder that is not there is named', async () => {
  const { cli, dataDir } = await withOrg();
  const { exitCode, err } = await cli('backup', join(dataDir, 'nowhere', 'copy.db'));
  expect(exitCode).toBe(1);
  expect(err).toMatch(/nowhere\/copy\.db cannot be written: the system answers ENOENT/);
});

test('without a database there is nothing to copy, and none is made', async () => {
  const { cli, dataDir } = await commandLine();
  expect(await cli('backup', join(dataDir, 'copy.db'))).toMatchObject({ exitCode: 4, out: '' });
  expect(existsSync(join(dataDir, 'rollcall.db'))).toBe(false);
});

test('for PostgreSQL it gives the command, without the password', async () => {
  const address = 'postgres://rollcall:sesame@db.larkspur.example/rollcall?password=open';
  const { cli } = await commandLine({ env: { DATABASE_URL: address } });
  const { exitCode, out, err } = await cli('backup', "/backups/ada's.dump");
  expect({ exitCode, out }).toEqual({ exitCode: 5, out: '' });
  expect(err).toContain(
    "pg_dump --format=custom --file='/backups/ada'\\''s.dump' --dbname='postgres://rollcall@db.larkspur.example/rollcall'",
  );
});
