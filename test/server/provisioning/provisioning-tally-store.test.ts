import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../../server/db/database.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { purgeRecords } from '../../../server/provisioning/provisioning-record-store.ts';
import {
  halfHoursSince,
  lastTimes,
  tallySince,
  tallyStretchMs,
} from '../../../server/provisioning/provisioning-tally-store.ts';
import { toleranceStretchMs, tolerancesSince } from '../../../server/provisioning/tolerance-tally-store.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import { databases, startOfTime } from '../../helpers/scim-server.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const of = { orgId: 'org', connectionId: 'okta' };

/** Requests of all sorts in three stretches, written out of order. */
const requests = [
  writtenRecord({ ...of, at: startOfTime + tallyStretchMs }, { method: 'POST', status: 201 }),
  writtenRecord({ ...of, at: startOfTime + 7 }, { quirks: ['stray-slash'] }),
  writtenRecord(
    { ...of, at: startOfTime },
    { method: 'PATCH', status: 204, durationUs: 1500, quirks: ['op-case', 'boolean-as-string:active'] },
  ),
  writtenRecord({ ...of, at: startOfTime + 8 }, { method: 'PUT', status: 412 }),
  writtenRecord(
    { ...of, at: startOfTime + 3 * tallyStretchMs },
    {
      method: 'POST',
      path: '/scim/v2/Users/.search',
      quirks: ['unknown-attribute:nickName', 'unknown-attribute:urn:x:2.0:User:shoeSize'],
    },
  ),
  writtenRecord({ ...of, at: startOfTime + 3 * tallyStretchMs + 1 }, { status: 401 }),
  writtenRecord({ ...of, connectionId: 'entra', at: startOfTime }, { method: 'DELETE', status: 204 }),
];

const row = (
  stretch: number,
  [requests, writes, errors, tolerated]: readonly number[],
  [written_us, slowest]: readonly number[],
  [last, accepted, written]: readonly number[],
) => ({
  org_id: 'org',
  connection_id: 'okta',
  stretch: startOfTime + stretch * tallyStretchMs,
  requests,
  writes,
  errors,
  tolerated,
  write_us: written_us,
  slowest_write_us: slowest,
  last_at: last,
  last_accepted_at: accepted,
  last_write_at: written,
});
const second = startOfTime + tallyStretchMs;
const fourth = startOfTime + 3 * tallyStretchMs;
const tallied = [
  row(0, [3, 1, 1, 2], [1500, 1500], [startOfTime + 8, startOfTime + 7, startOfTime]),
  row(1, [1, 1, 0, 0], [900, 900], [second, second, second]),
  row(3, [2, 0, 1, 1], [0, 0], [fourth + 1, fourth, 0]),
];
const noted = [
  { quirk: 'boolean-as-string', requests: 1, recent: 0, lastAt: startOfTime, path: 'active' },
  { quirk: 'op-case', requests: 1, recent: 0, lastAt: startOfTime, path: null },
  { quirk: 'stray-slash', requests: 1, recent: 0, lastAt: startOfTime + 7, path: null },
  { quirk: 'unknown-attribute', requests: 1, recent: 0, lastAt: fourth, path: 'urn:x:2.0:User:shoeSize' },
];
const never = { from: 0, recent: startOfTime + 99 * toleranceStretchMs };

async function freshDatabase(name: (typeof databases)[number], upTo?: string): Promise<Db> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const address =
    name === 'postgres' ? { url: await freshPostgresUrl() } : { file: join(folder, 'tally.db') };
  const database = openDatabase(address);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  await migrate(database.db, upTo);
  return database.db;
}

describe.each(databases)('the tally of requests, on %s', (name) => {
  test('counts what is written, whole batches or one by one, of each connection by itself', async () => {
    const db = await freshDatabase(name);
    await writeRecords(db, requests.slice(0, 4));
    for (const record of requests.slice(4)) await writeRecords(db, [record]);
    expect(await tallySince(db, 'org', 'okta', 0)).toEqual(tallied);
    expect(await tallySince(db, 'org', 'okta', second)).toEqual(tallied.slice(1));
    expect(await lastTimes(db, 'org', 'okta')).toEqual({
      contactAt: fourth + 1,
      acceptedAt: fourth,
      writeAt: second,
    });
    expect(await lastTimes(db, 'other', 'okta')).toEqual({
      contactAt: null,
      acceptedAt: null,
      writeAt: null,
    });
  });

  test('counts what was there before it', async () => {
    const db = await freshDatabase(name, '0002-people');
    for (const { at, method, path, status, connectionId, quirks, durationUs } of requests)
      await sql`
        insert into provisioning_records (org_id, connection_id, request_id, at, method, path, query, status, outcome,
          client, quirks, changed, duration_us)
        values ('org', ${connectionId}, '', ${at}, ${method}, ${path}, '', ${status}, '', '', ${JSON.stringify(quirks)}, '[]', ${durationUs})`.execute(
        db,
      );
    await migrate(db);
    expect(await tallySince(db, 'org', 'okta', 0)).toEqual(tallied);
    expect(await tolerancesSince(db, 'org', 'okta', never)).toEqual(noted);
  });

  test('counts each departure once a request, of a while and of the latest part of it', async () => {
    const db = await freshDatabase(name);
    await writeRecords(db, requests.slice(0, 4));
    for (const record of requests.slice(4)) await writeRecords(db, [record]);
    expect(await tolerancesSince(db, 'org', 'okta', never)).toEqual(noted);
    const later = startOfTime + 2 * toleranceStretchMs;
    const again = ['op-case', 'unknown-attribute', 'a\0b:c\0d'];
    await writeRecords(db, [writtenRecord({ ...of, at: later }, { quirks: again })]);
    const since = await tolerancesSince(db, 'org', 'okta', { from: 0, recent: later });
    expect(since.map(({ quirk, requests: all, recent }) => [quirk, all, recent])).toEqual([
      ['op-case', 2, 1],
      ['unknown-attribute', 2, 1],
      ['a\uFFFDb', 1, 1],
      ['boolean-as-string', 1, 0],
      ['stray-slash', 1, 0],
    ]);
    expect(since.find(({ quirk }) => quirk === 'unknown-attribute')).toMatchObject({
      lastAt: later,
      path: 'urn:x:2.0:User:shoeSize',
    });
    expect(await tolerancesSince(db, 'org', 'okta', { from: later, recent: later })).toHaveLength(3);
    expect(await tolerancesSince(db, 'other', 'okta', never)).toEqual([]);
  });

  test('names a departure that PostgreSQL could not spell out by nothing, and brings the rest', async () => {
    const db = await freshDatabase(name, '0003-setup');
    for (const quirks of [['unknown-attribute:\0'], ['op-case']])
      await sql`
        insert into provisioning_records (org_id, connection_id, request_id, at, method, path, query, status, outcome,
          client, quirks, changed, duration_us)
        values ('org', 'okta', '', 1, 'GET', '/', '', 200, '', '', ${JSON.stringify(quirks)}, '[]', 1)`.execute(
        db,
      );
    await migrate(db);
    expect(await tolerancesSince(db, 'org', 'okta', never)).toMatchObject([{ quirk: 'op-case' }]);
  });

  test('adds up half hours, without those in which nothing came', async () => {
    const db = await freshDatabase(name);
    const half = 6 * tallyStretchMs;
    const at = startOfTime - (startOfTime % half) + half;
    await writeRecords(
      db,
      requests.map((one) => ({ ...one, at: one.at - startOfTime + at })),
    );
    await writeRecords(db, [writtenRecord({ ...of, at: at + 2 * half + 9 }, { status: 500 })]);
    expect(await halfHoursSince(db, 'org', 'okta', at)).toEqual([
      { at, requests: 6, writes: 2, errors: 2, tolerated: 3 },
      { at: at + 2 * half, requests: 1, writes: 0, errors: 1, tolerated: 0 },
    ]);
    expect(await halfHoursSince(db, 'org', 'okta', at + half)).toHaveLength(1);
  });

  test('is let go of with the records', async () => {
    const db = await freshDatabase(name);
    await writeRecords(db, requests);
    await purgeRecords(db, 'org', { connectionId: 'okta', before: fourth, limit: 100 });
    expect(await tallySince(db, 'org', 'okta', 0)).toEqual(tallied.slice(2));
    expect(await tallySince(db, 'org', 'entra', 0)).toHaveLength(1);
    await purgeRecords(db, 'org', {
      connectionId: 'okta',
      before: fourth + 2 * toleranceStretchMs,
      limit: 100,
    });
    expect(await tolerancesSince(db, 'org', 'okta', never)).toEqual([]);
  });
});
