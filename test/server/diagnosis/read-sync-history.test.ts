import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSyncHistory } from '../../../server/diagnosis/read-sync-history.ts';
import { createConnection } from '../../../server/provisioning/change-connection.ts';
import type { ProvisioningRecord } from '../../../server/provisioning/provisioning-record-store.ts';
import { quirks } from '../../../server/scim/protocol/quirk.ts';
import { defaultOrgSettings } from '../../../shared/org-settings.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import { syncHistorySchema } from '../../../shared/sync-history.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const created = { method: 'POST', status: 201, outcome: 'created' } as const;

describe.each(databases)('what a connection sent, on %s', (name) => {
  let directory: Directory;
  let connectionId: string;
  beforeEach(async () => {
    directory = await openDirectory(name);
    directory.clock.now = Date.UTC(2026, 10, 3, 10, 12);
    connectionId = await connect('entra');
  });
  afterEach(() => directory.close());

  const connect = async (kind: ConnectionKind) => {
    const request = { ...operator, orgId: directory.orgId, kind, mode: 'tolerant', tokenDays: null } as const;
    return (await createConnection(directory.deps, { ...request, name: `Our ${kind}` })).connection.id;
  };
  const sent = (at: number, changes: Partial<ProvisioningRecord>) =>
    writeRecords(directory.db, [writtenRecord({ orgId: directory.orgId, connectionId, at }, changes)]);
  const read = (timeZone = 'UTC', id = connectionId) =>
    readSyncHistory({ database: directory.database, now: directory.deps.now }, directory.orgId, {
      connectionId: id,
      timeZone,
    });

  test('the last day in half hours and the last 30 days in days, each request in one of each', async () => {
    const { now } = directory.clock;
    await sent(now - 31 * day, created);
    await sent(now - 29 * day, { ...created, quirks: ['op-case'] });
    await sent(now - 11 * hour, { status: 409, quirks: ['op-case'] });
    await sent(now - 10 * hour, created);
    await sent(now, created);
    const { hours, days } = await read();
    expect([hours.length, days.length]).toEqual([48, 30]);
    expect(hours.at(-1)).toEqual({
      from: now - 12 * minute,
      until: now + 18 * minute,
      writes: 1,
      errors: 0,
      tolerated: 0,
    });
    expect(hours.filter(({ errors }) => errors > 0)).toMatchObject([{ tolerated: 1, writes: 0 }]);
    expect(days.at(0)).toMatchObject({
      from: Date.UTC(2026, 9, 5),
      until: Date.UTC(2026, 9, 6),
      writes: 1,
      tolerated: 1,
    });
    expect(days.at(-2)).toMatchObject({ writes: 0, errors: 1 });
    expect(days.at(-1)).toMatchObject({ from: Date.UTC(2026, 10, 3), writes: 2, errors: 0 });
    for (const spans of [hours, days])
      for (const [index, span] of spans.slice(1).entries()) expect(span.from).toBe(spans[index]?.until);
  });

  test('days begin at the reader’s midnight, and one is longer where the clocks went back', async () => {
    await sent(Date.UTC(2026, 10, 2, 22, 50), created);
    await sent(Date.UTC(2026, 10, 2, 23, 10), created);
    const { days } = await read('Europe/Berlin');
    expect(days.at(-1)).toMatchObject({ from: Date.UTC(2026, 10, 2, 23), writes: 1 });
    expect(days.at(-2)).toMatchObject({ writes: 1 });
    const october25 = days.find(({ from }) => from === Date.UTC(2026, 9, 24, 22));
    expect((october25?.until ?? 0) - (october25?.from ?? 0)).toBe(25 * hour);
    const inIndia = (await read('Asia/Kolkata')).days;
    expect(inIndia.at(-1)?.from).toBe(Date.UTC(2026, 10, 2, 18, 30));
    expect(inIndia).toHaveLength(30);
  });

  test('where records are kept for a week, nothing is said of the days before', async () => {
    const retention = { ...defaultOrgSettings.retention, provisioningRecordDays: 7 };
    await directory.db
      .updateTable('orgs')
      .set({ settings: JSON.stringify({ retention }) })
      .where('id', '=', directory.orgId)
      .execute();
    expect((await read()).days).toHaveLength(7);
  });

  test('departures from the standard are counted, named and explained, with what can be switched', async () => {
    const { now } = directory.clock;
    for (const ago of [2 * day, hour])
      await sent(now - ago, { quirks: ['boolean-as-string:active', 'boolean-as-string:x'] });
    await sent(now - hour, { quirks: ['unknown-attribute:nickName', 'from-a-version-to-come'] });
    expect((await read()).tolerances).toMatchObject([
      {
        name: 'boolean-as-string',
        title: 'True and false as text',
        meaning: 'Entra sends “False” where false belongs. Rollcall reads it as meant.',
        hint: expect.stringContaining('aadOptscim062020'),
        path: 'x',
        inDay: 1,
        inMonth: 2,
        lastAt: now - hour,
      },
      { name: 'from-a-version-to-come', title: 'from-a-version-to-come', hint: null },
      { name: 'unknown-attribute', path: 'nickName', inDay: 1, inMonth: 1 },
    ]);
  });

  test('every departure has words of its own, and an identity provider of another kind no hint about Entra', async () => {
    connectionId = await connect('other');
    await sent(directory.clock.now, { quirks: Object.keys(quirks) });
    const { tolerances } = await read();
    expect(tolerances.map(({ name: quirk }) => quirk).sort()).toEqual(Object.keys(quirks).sort());
    expect(new Set(tolerances.map(({ title }) => title)).size).toBe(tolerances.length);
    for (const { title, name: quirk, hint } of tolerances) {
      expect(title).not.toBe(quirk);
      expect(hint ?? '').not.toMatch(/Entra|Okta/);
    }
  });

  test('a connection of another org is not there', async () => {
    const other = await directory.found('Tern Optics');
    const { connectionId: theirs } = await other.connect('Theirs');
    await expect(read('UTC', theirs)).rejects.toMatchObject({ code: 'connection.not_found' });
  });
});

test('a time zone that there is not is refused', () => {
  expect(syncHistorySchema.safeParse({ connectionId: 'c', timeZone: 'Mars/Olympus' }).success).toBe(false);
  expect(syncHistorySchema.parse({ connectionId: 'c' }).timeZone).toBe('UTC');
});
