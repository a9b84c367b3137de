import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherEvidence } from '../../../server/diagnosis/gather-evidence.ts';
import {
  insertRecords,
  type ProvisioningRecord,
} from '../../../server/provisioning/provisioning-record-store.ts';
import { type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('what records prove, on %s', (name) => {
  let directory: Directory;
  let okta: Entrance;
  beforeAll(async () => {
    directory = await openDirectory(name);
    okta = await directory.connect('Our Okta');
  });
  afterAll(() => directory.close());

  const send = (count: number, given: Partial<ProvisioningRecord> = {}) => {
    const record: ProvisioningRecord = {
      orgId: directory.orgId,
      connectionId: okta.connectionId,
      requestId: 'r',
      at: directory.clock.now,
      method: 'GET',
      path: '/scim/v2/Users',
      query: '',
      status: 200,
      scimType: null,
      outcome: 'found 0 of 0',
      detail: null,
      client: 'okta',
      quirks: [],
      subjectKind: null,
      subjectId: null,
      changed: [],
      durationUs: 1,
      ...given,
    };
    return insertRecords(
      directory.db,
      Array.from({ length: count }, () => record),
    );
  };
  const look = () =>
    gatherEvidence(
      { database: directory.database, now: directory.deps.now },
      directory.orgId,
      okta.connectionId,
    );
  const kept = () => directory.db.selectFrom('checklist_evidence').select('read_to').executeTakeFirst();

  test('is known at once and kept a minute later, once', async () => {
    await send(1);
    expect((await look()).seen.reached?.count).toBe(1);
    expect(await kept()).toBeUndefined();
    directory.clock.now += 61_000;
    await look();
    const { read_to: readTo } = (await kept()) ?? {};
    expect(readTo).toBeGreaterThan(0);
    await send(3);
    directory.clock.now += 61_000;
    expect((await look()).seen.reached?.count).toBe(4);
    // Three more of what is known already are not worth a write.
    expect((await kept())?.read_to).toBe(readTo);
  });

  test('is read on by several looks where the past is long, none twice', async () => {
    await send(41_000);
    await send(1, { method: 'POST', path: '/scim/v2/Groups', outcome: 'created' });
    directory.clock.now += 61_000;
    expect((await look()).seen.group).toBeUndefined();
    const { seen } = await look();
    expect(seen.group?.count).toBe(1);
    expect(seen.reached?.count).toBe(41_005);
  });

  test('is of one connection alone', async () => {
    const other = await directory.connect('Another');
    const deps = { database: directory.database, now: directory.deps.now };
    expect((await gatherEvidence(deps, directory.orgId, other.connectionId)).seen).toEqual({});
  });
});
