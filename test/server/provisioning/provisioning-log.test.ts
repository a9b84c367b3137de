import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../../server/core/metrics.ts';
import type { Timers } from '../../../server/core/scheduler.ts';
import type { Database } from '../../../server/db/database.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { createProvisioningLog } from '../../../server/provisioning/provisioning-log.ts';
import {
  listRecords,
  type ProvisioningRecord,
  purgeRecords,
} from '../../../server/provisioning/provisioning-record-store.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function freshDatabase(dialect: 'sqlite' | 'postgres'): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const database = openDatabase(
    dialect === 'postgres' ? { url: await freshPostgresUrl() } : { file: join(folder, 'test.db') },
  );
  closing.push(() => database.close());
  await migrate(database.db);
  return database;
}

/** Timers that fire when told to, whatever their pause, which they keep. */
function handTimers(): Timers & { readonly pauses: number[]; fire(): void; pending(): number } {
  let waiting: (() => void)[] = [];
  const pauses: number[] = [];
  return {
    pauses,
    after(ms, callback) {
      pauses.push(ms);
      waiting.push(callback);
      return () => {
        waiting = waiting.filter((other) => other !== callback);
      };
    },
    fire: () => {
      for (const callback of waiting.splice(0)) callback();
    },
    pending: () => waiting.length,
  };
}

function logLines() {
  const lines: { readonly message: string; readonly details: object }[] = [];
  const keep = (details: object, message: string) => void lines.push({ message, details });
  return { lines, info: keep, error: keep };
}

function entry(n: number, changes: Partial<ProvisioningRecord> = {}): ProvisioningRecord {
  return {
    orgId: 'org',
    connectionId: 'okta',
    requestId: `request-${n}`,
    at: 1_000_000 + n,
    method: 'PATCH',
    path: '/Users/{id}',
    query: '',
    status: 200,
    scimType: null,
    outcome: 'updated',
    detail: null,
    client: 'okta',
    quirks: ['op-case'],
    subjectKind: 'User',
    subjectId: `user-${n}`,
    changed: ['name.givenName'],
    durationUs: 412.6,
    ...changes,
  };
}

const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => entry(from + n));
const all = async ({ db }: Database) =>
  (await listRecords(db, 'org', { connectionId: 'okta', limit: 10_000 }))
    .map(({ requestId }) => requestId)
    .reverse();
const named = (from: number, to: number) => entries(from, to).map(({ requestId }) => requestId);

/** A database that refuses every transaction while `down`. */
function breakable({ db }: Database) {
  const state = { down: false, attempts: 0 };
  const broken = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      state.attempts += 1;
      if (state.down) throw new Error('the database is away');
      return () => target.transaction();
    },
  });
  return { db: broken, state };
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  test('a record comes back as it was given, with its place in the order', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers() });
    const refused = entry(2, {
      status: 401,
      outcome: 'refused',
      detail: 'The token is not known.',
      scimType: 'invalidValue',
      subjectKind: null,
      subjectId: null,
      quirks: [],
      changed: [],
    });
    log.record(entry(1));
    log.record(refused);
    await log.flush();
    const [second, first] = await listRecords(database.db, 'org', { connectionId: 'okta', limit: 10 });
    expect(first).toEqual({ ...entry(1), durationUs: 413, seq: expect.any(Number) });
    expect(second).toEqual({ ...refused, durationUs: 413, seq: (first?.seq ?? 0) + 1 });
  });

  test('more records than a batch holds are all written, in order', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({
      db: database.db,
      log: logLines(),
      timers: handTimers(),
      maxBatch: 7,
    });
    for (const record of entries(1, 100)) log.record(record);
    await log.flush();
    expect(await all(database)).toEqual(named(1, 100));
  });

  test('the largest batch allowed fits the database', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({
      db: database.db,
      log: logLines(),
      timers: handTimers(),
      maxBatch: 1900,
    });
    for (const record of entries(1, 1900)) log.record(record);
    await log.flush();
    expect(await all(database)).toHaveLength(1900);
  });

  test('text that a database could refuse is written all the same', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers() });
    log.record(entry(1, { path: '/a\0b', client: 'half \ud83d', changed: ['x\0', '\udc00'] }));
    log.record(entry(2));
    await log.flush();
    expect(await all(database)).toEqual(named(1, 2));
  });

  test('the use of a token is written, once a minute and never backwards', async () => {
    const database = await freshDatabase(dialect);
    await database.db
      .insertInto('connection_tokens')
      .values({ org_id: 'org', id: 'token', connection_id: 'okta', hash: 'h', last4: 'abcd', created_at: 0 })
      .execute();
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers() });
    const usedAfter = async (at: number) => {
      log.record(entry(1, { at }), 'token');
      await log.flush();
      const row = await database.db.selectFrom('connection_tokens').select('last_used_at').executeTakeFirst();
      return row?.last_used_at;
    };
    expect(await usedAfter(1_000_000)).toBe(1_000_000);
    expect(await usedAfter(1_059_999)).toBe(1_000_000);
    expect(await usedAfter(1_060_000)).toBe(1_060_000);
    expect(await usedAfter(900_000)).toBe(1_060_000);
  });

  test('a list shows one connection of one org, newest first, page by page', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers() });
    for (const record of entries(1, 5)) {
      log.record(record);
      log.record({ ...record, orgId: 'other org' });
      log.record({ ...record, connectionId: 'entra' });
    }
    await log.flush();
    const page = (beforeSeq?: number) =>
      listRecords(database.db, 'org', {
        connectionId: 'okta',
        limit: 3,
        ...(beforeSeq !== undefined && { beforeSeq }),
      });
    const first = await page();
    expect(first.map(({ requestId }) => requestId)).toEqual(named(3, 5).reverse());
    const second = await page(first.at(-1)?.seq);
    expect(second.map(({ requestId }) => requestId)).toEqual(named(1, 2).reverse());
  });

  test('a purge deletes a connection’s old records in slices and leaves the young and everybody else’s', async () => {
    const database = await freshDatabase(dialect);
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers() });
    for (const record of entries(1, 6)) log.record(record);
    for (const record of entries(1, 2)) log.record({ ...record, orgId: 'other org' });
    for (const record of entries(7, 9)) log.record(record);
    await log.flush();
    const old = { connectionId: 'okta', before: entry(7).at, limit: 4 };
    const purge = () => purgeRecords(database.db, 'org', old);
    expect([await purge(), await purge(), await purge()]).toEqual([4, 2, 0]);
    expect(await all(database)).toEqual(named(7, 9));
    const others = await listRecords(database.db, 'other org', { connectionId: 'okta', limit: 10 });
    expect(others).toHaveLength(2);
  });

  test('close writes what waits', async () => {
    const database = await freshDatabase(dialect);
    const timers = handTimers();
    const log = createProvisioningLog({ db: database.db, log: logLines(), timers, maxBatch: 10 });
    for (const record of entries(1, 35)) log.record(record);
    await log.close();
    expect(await all(database)).toEqual(named(1, 35));
    expect(timers.pending()).toBe(0);
  });
});

test('records gather until the pause is over', async () => {
  const database = await freshDatabase('sqlite');
  const timers = handTimers();
  const log = createProvisioningLog({ db: database.db, log: logLines(), timers, flushAfter: 250 });
  for (const record of entries(1, 3)) log.record(record);
  expect(timers.pauses).toEqual([250]);
  expect(await all(database)).toEqual([]);
  timers.fire();
  await log.flush();
  expect(await all(database)).toEqual(named(1, 3));
});

test('two flushes at once write each record once', async () => {
  const database = await freshDatabase('sqlite');
  const log = createProvisioningLog({ db: database.db, log: logLines(), timers: handTimers(), maxBatch: 2 });
  for (const record of entries(1, 9)) log.record(record);
  const first = log.flush();
  log.record(entry(10));
  await Promise.all([first, log.flush(), log.flush()]);
  expect(await all(database)).toEqual(named(1, 10));
});

test('while the database is away records wait, pauses grow, and afterwards all are there in order', async () => {
  const database = await freshDatabase('sqlite');
  const { db, state } = breakable(database);
  const [timers, lines] = [handTimers(), logLines()];
  const log = createProvisioningLog({ db, log: lines, timers, maxBatch: 2, flushAfter: 250 });
  state.down = true;
  for (const n of [1, 2, 3]) {
    log.record(entry(n));
    timers.fire();
    await vi.waitFor(() => expect(timers.pending()).toBe(1));
  }
  expect(timers.pauses).toEqual([250, 500, 1000, 2000]);
  await expect(log.flush()).rejects.toThrow('the database is away');
  state.down = false;
  timers.fire();
  await vi.waitFor(() => expect(lines.lines).toHaveLength(2));
  expect(await all(database)).toEqual(named(1, 3));
  expect(lines.lines.map(({ message }) => message)).toEqual([
    'Provisioning records cannot be written; they wait in memory.',
    'Provisioning records are written again.',
  ]);
});

test('the pause between attempts has an end', async () => {
  const { db, state } = breakable(await freshDatabase('sqlite'));
  const timers = handTimers();
  const log = createProvisioningLog({ db, log: logLines(), timers });
  state.down = true;
  log.record(entry(1));
  for (let n = 2; n <= 12; n++) {
    timers.fire();
    await vi.waitFor(() => expect(timers.pauses).toHaveLength(n));
  }
  expect(timers.pauses.slice(-2)).toEqual([30_000, 30_000]);
});

test('when too many wait the oldest go, with a count and one line', async () => {
  const database = await freshDatabase('sqlite');
  const { db, state } = breakable(database);
  const [lines, metrics] = [logLines(), createMetrics()];
  const log = createProvisioningLog({
    db,
    log: lines,
    metrics,
    timers: handTimers(),
    maxBatch: 10,
    maxWaiting: 30,
  });
  state.down = true;
  for (const record of entries(1, 45)) log.record(record);
  expect(lines.lines.map(({ message }) => message)).toEqual([
    'Too many provisioning records wait; the oldest are dropped.',
  ]);
  const numbers = await metrics.metrics();
  expect(numbers).toContain('rollcall_provisioning_log_waiting 25');
  expect(numbers).toContain('rollcall_provisioning_log_dropped_total 20');
  state.down = false;
  await log.flush();
  expect(await all(database)).toEqual(named(21, 45));
});

test('close tries again, and says how many are lost when the database stays away', async () => {
  const database = await freshDatabase('sqlite');
  const [{ db, state }, lines] = [breakable(database), logLines()];
  const log = createProvisioningLog({ db, log: lines, timers: handTimers() });
  state.down = true;
  for (const record of entries(1, 3)) log.record(record);
  await log.close();
  expect(state.attempts).toBe(3);
  expect(lines.lines).toEqual([
    {
      message: 'Provisioning records are lost: the database took none at the end.',
      details: { err: new Error('the database is away'), lost: 3 },
    },
  ]);
});
