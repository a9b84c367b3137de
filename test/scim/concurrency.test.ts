import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseUrlOf } from '../../server/provisioning/connection-address.ts';
import { type Directory, type Entrance, openDirectory } from '../helpers/directory.ts';
import { databases, patient, type ScimServer, scimClient, startScimServer } from '../helpers/scim-server.ts';
import { buildServer, type ServerProcess, startServerProcess } from '../helpers/server-process.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const bulkUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

type Scim = ScimServer['scim'];

/** Makes people through one Bulk request and gives their ids in order. */
async function addPeople(scim: Scim, names: readonly string[]): Promise<readonly string[]> {
  const { status, body } = await scim('POST', '/Bulk', {
    schemas: [bulkUrn],
    Operations: names.map((userName) => ({
      method: 'POST',
      path: '/Users',
      bulkId: userName,
      data: { schemas: [userUrn], userName },
    })),
  });
  expect(status).toBe(200);
  return body.Operations.map(({ location }: { location: string }) => location.split('/').at(-1) ?? '');
}

async function addGroup(scim: Scim, displayName: string, ids: readonly string[]): Promise<string> {
  const members = ids.map((value) => ({ value }));
  const { status, body } = await scim('POST', '/Groups', { schemas: [groupUrn], displayName, members });
  expect(status).toBe(201);
  return body.id;
}

async function membersOf(scim: Scim, group: string): Promise<ReadonlySet<string>> {
  const { body } = await scim('GET', `/Groups/${group}`);
  return new Set((body.members ?? []).map(({ value }: { value: string }) => value));
}

const patch = (...Operations: readonly object[]) => ({ schemas: [patchUrn], Operations });
const numbered = (prefix: string, n: number) => Array.from({ length: n }, (_, index) => `${prefix}-${index}`);

function tally(statuses: readonly number[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe.each(databases)('many requests at once, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('200 membership changes of one group lose nothing', async () => {
    const { scim } = server;
    const ids = await addPeople(scim, numbered('person', 200));
    const [leaving, joining] = [ids.slice(0, 100), ids.slice(100)];
    const group = await addGroup(scim, 'Everybody', leaving);
    const changes = leaving.flatMap((id, index) => [
      patch({ op: 'remove', path: `members[value eq "${id}"]` }),
      patch({ op: 'add', path: 'members', value: [{ value: joining[index] }] }),
    ]);
    const answers = await Promise.all(changes.map((change) => scim('PATCH', `/Groups/${group}`, change)));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 204: 200 });
    expect(await membersOf(scim, group)).toEqual(new Set(joining));
    const row = await server.deps.database.db
      .selectFrom('groups')
      .select('version')
      .where('id', '=', group)
      .executeTakeFirst();
    expect(row?.version).toBe(201);
    const { events } = await server.deps.database.db
      .selectFrom('events')
      .select((select) => select.fn.countAll().as('events'))
      .where('subject_id', '=', group)
      .where('type', '=', 'group.members_changed')
      .executeTakeFirstOrThrow();
    expect(Number(events)).toBe(201);
  });

  test('50 creations of one userName make one 201 and 49 × 409', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        server.scim('POST', '/Users', {
          schemas: [userUrn],
          userName: n % 2 === 0 ? 'one@race.example' : 'ONE@race.example',
        }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: 49 });
    for (const { status, body } of answers) if (status === 409) expect(body.scimType).toBe('uniqueness');
    const { body } = await server.scim('GET', '/Users?filter=userName eq "one@race.example"');
    expect(body.totalResults).toBe(1);
  });

  test('50 creations of one group name make one 201 and 49 × 409', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        server.scim('POST', '/Groups', { schemas: [groupUrn], displayName: 'Race' }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: 49 });
  });

  test('changes to different attributes of one user lose nothing', async () => {
    const [id] = await addPeople(server.scim, ['patched']);
    const values: Readonly<Record<string, string>> = {
      displayName: 'Patched',
      nickName: 'Patch',
      title: 'Caster',
      userType: 'Staff',
      preferredLanguage: 'de-CH',
      locale: 'de-CH',
      timezone: 'Europe/Zurich',
      'name.givenName': 'Pat',
      'name.familyName': 'Chen',
      'name.middleName': 'Q',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'Casting',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division': 'Foundry',
    };
    const answers = await Promise.all(
      Object.entries(values).map(([path, value]) =>
        server.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path, value })),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: Object.keys(values).length });
    const { body } = await server.scim('GET', `/Users/${id}`);
    expect(body).toMatchObject({
      displayName: 'Patched',
      nickName: 'Patch',
      title: 'Caster',
      userType: 'Staff',
      preferredLanguage: 'de-CH',
      locale: 'de-CH',
      timezone: 'Europe/Zurich',
      name: { givenName: 'Pat', familyName: 'Chen', middleName: 'Q' },
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        department: 'Casting',
        division: 'Foundry',
      },
    });
    expect(body.meta.version).toBe(`W/"${Object.keys(values).length + 1}"`);
  });

  test('of 20 changes that all expect the same version, one is made', async () => {
    const [id] = await addPeople(server.scim, ['matched']);
    const answers = await Promise.all(
      numbered('title', 20).map((value) =>
        server.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value }), {
          'if-match': 'W/"1"',
        }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 412: 19 });
  });

  test('people who join and are removed at the same moment leave no membership behind', async () => {
    const ids = await addPeople(server.scim, numbered('fleeting', 20));
    const group = await addGroup(server.scim, 'Fleeting', []);
    const answers = await Promise.all(
      ids.flatMap((value) => [
        server.scim('PATCH', `/Groups/${group}`, patch({ op: 'add', path: 'members', value: [{ value }] })),
        server.scim('DELETE', `/Users/${value}`),
      ]),
    );
    for (const { status } of answers) expect([204, 400]).toContain(status);
    const left = await server.deps.database.db
      .selectFrom('group_members')
      .select('member_id')
      .where('group_id', '=', group)
      .execute();
    expect(left).toEqual([]);
  });
});

describe.each(databases)('two servers on one database, on %s', (database) => {
  let directory: Directory;
  let connection: Entrance;
  const servers: ServerProcess[] = [];
  let clients: readonly [Scim, Scim];
  beforeAll(async () => {
    await buildServer();
    directory = await openDirectory(database);
    connection = await directory.connect('Our Okta');
    servers.push(...(await Promise.all([directory.env, directory.env].map(startServerProcess))));
    const clientOf = (server: ServerProcess | undefined) =>
      patient(scimClient(baseUrlOf(server?.url ?? '', connection.connectionId), connection.token));
    clients = [clientOf(servers[0]), clientOf(servers[1])];
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.kill('SIGTERM')));
    await directory.close();
  });

  const either = (n: number): Scim => clients[n % 2] ?? clients[0];

  test('50 creations of one userName make one 201 and 49 × 409', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        either(n)('POST', '/Users', { schemas: [userUrn], userName: 'both@race.example' }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: 49 });
  });

  test('100 people through both are 100 people in both', async () => {
    const answers = await Promise.all(
      numbered('shared', 100).map((userName, n) =>
        either(n)('POST', '/Users', { schemas: [userUrn], userName }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 100 });
    for (const scim of clients) {
      const { body } = await scim('GET', '/Users?filter=userName sw "shared-"&count=0');
      expect(body.totalResults).toBe(100);
    }
  });

  test('100 membership changes through both lose nothing', async () => {
    const ids = await addPeople(clients[0], numbered('joining', 100));
    const group = await addGroup(clients[1], 'Both', []);
    const answers = await Promise.all(
      ids.map((value, n) =>
        either(n)('PATCH', `/Groups/${group}`, patch({ op: 'add', path: 'members', value: [{ value }] })),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 204: 100 });
    for (const scim of clients) expect(await membersOf(scim, group)).toEqual(new Set(ids));
  });
});
