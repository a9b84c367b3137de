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
  lastTimes,
  tallySince,
  tallyStretchMs,
} from '../../../server/provisioning/provisioning-tally-store.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import { databases, startOfTime } from '../../helpers/scim-server.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const of = { orgId: 'org', connectionId: 'okta' };

/** Requests of all sorts in three stretches, written out of order. */
const requests = [
  writtenRecord({ ...of, at: startOfTime + tallyStretchMs }, { method: 'POST', status: 201 }),
  writtenRecord({ ...of, at: startOfTime + 7 }),
  writtenRecord({ ...of, at: startOfTime }, { method: 'PATCH', status: 204 }),
  writtenRecord({ ...of, at: startOfTime + 8 }, { method: 'PUT', status: 412 }),
  writtenRecord(
    { ...of, at: startOfTime + 3 * tallyStretchMs },
    { method: 'POST', path: '/scim/v2/Users/.search' },
  ),
  writtenRecord({ ...of, at: startOfTime + 3 * tallyStretchMs + 1 }, { status: 401 }),
  writtenRecord({ ...of, connectionId: 'entra', at: startOfTime }, { method: 'DELETE', status: 204 }),
];

const row = (
  stretch: number,
  [requests, writes, errors]: readonly number[],
  [last, accepted, written]: readonly number[],
) => ({
  org_id: 'org',
  connection_id: 'okta',
  stretch: startOfTime + stretch * tallyStretchMs,
  requests,
  writes,
  errors,
  last_at: last,
  last_accepted_at: accepted,
  last_write_at: written,
});
const second = startOfTime + tallyStretchMs;
const fourth = startOfTime + 3 * tallyStretchMs;
const tallied = [
  row(0, [3, 1, 1], [startOfTime + 8, startOfTime + 7, startOfTime]),
  row(1, [1, 1, 0], [second, second, second]),
  row(3, [2, 0, 1], [fourth + 1, fourth, 0]),
];

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
    for (const { at, method, path, status, connectionId } of requests)
      await sql`
        insert into provisioning_records (org_id, connection_id, request_id, at, method, path, query, status, outcome,
          client, quirks, changed, duration_us)
        values ('org', ${connectionId}, '', ${at}, ${method}, ${path}, '', ${status}, '', '', '[]', '[]', 1)`.execute(
        db,
      );
    await migrate(db);
    expect(await tallySince(db, 'org', 'okta', 0)).toEqual(tallied);
  });

  test('is let go of with the records', async () => {
    const db = await freshDatabase(name);
    await writeRecords(db, requests);
    await purgeRecords(db, 'org', { connectionId: 'okta', before: fourth, limit: 100 });
    expect(await tallySince(db, 'org', 'okta', 0)).toEqual(tallied.slice(2));
    expect(await tallySince(db, 'org', 'entra', 0)).toHaveLength(1);
  });
});
