// RFC 7644 §3.7 over HTTP: many operations in one request, and references between what they make.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  errorUrn,
  expectError,
  find,
  groupUrn,
  patchOp,
  userUrn,
} from './resources.ts';

interface BulkResult {
  readonly method: string;
  readonly status: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly scimType?: string; readonly status: string; readonly detail: string };
}

describe.each(databases)('bulk operations on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const send = (operations: readonly object[], more: object = {}) =>
    server.scim('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: operations,
      ...more,
    });

  async function bulk(operations: readonly object[], more: object = {}): Promise<readonly BulkResult[]> {
    const answer = await send(operations, more);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
    return answer.body.Operations;
  }

  const statuses = (results: readonly BulkResult[]) => results.map(({ status }) => status);
  const idOf = (result: BulkResult | undefined) => result?.location?.split('/').at(-1) ?? '';
  const postUser = (bulkId: string, userName: string, more: object = {}) => ({
    method: 'POST',
    path: '/Users',
    bulkId,
    data: { schemas: [userUrn], userName, ...more },
  });
  const postGroup = (bulkId: string, displayName: string, members: readonly object[]) => ({
    method: 'POST',
    path: '/Groups',
    bulkId,
    data: { schemas: [groupUrn], displayName, members },
  });

  test('RFC 7644 §3.7: POST, PUT, PATCH and DELETE in one request, as in the example', async () => {
    const bob = await createUser(server, { userName: 'bob.before', title: 'Old' });
    const dave = await createUser(server, { userName: 'dave.before', nickName: 'Davy' });
    const gone = await createUser(server, { userName: 'gone' });
    const results = await bulk(
      [
        postUser('qwerty', 'alice'),
        {
          method: 'PUT',
          path: `/Users/${bob.id}`,
          version: bob.meta.version,
          data: { schemas: [userUrn], id: bob.id, userName: 'bob' },
        },
        {
          method: 'PATCH',
          path: `/Users/${dave.id}`,
          version: dave.meta.version,
          data: patchOp({ op: 'remove', path: 'nickName' }, { op: 'add', path: 'userName', value: 'dave' }),
        },
        { method: 'DELETE', path: `/Users/${gone.id}`, version: gone.meta.version },
      ],
      { failOnErrors: 1 },
    );
    expect(results).toMatchObject([
      { method: 'POST', bulkId: 'qwerty', status: '201', version: expect.stringMatching(/^W\//) },
      { method: 'PUT', status: '200', location: bob.meta.location, version: expect.stringMatching(/^W\//) },
      {
        method: 'PATCH',
        status: '200',
        location: dave.meta.location,
        version: expect.stringMatching(/^W\//),
      },
      { method: 'DELETE', status: '204', location: gone.meta.location },
    ]);
    expect((await server.scim('GET', `/Users/${idOf(results[0])}`)).body.userName).toBe('alice');
    expect((await server.scim('GET', `/Users/${bob.id}`)).body).not.toHaveProperty('title');
    expect((await server.scim('GET', `/Users/${dave.id}`)).body).not.toHaveProperty('nickName');
    expectError(await server.scim('GET', `/Users/${gone.id}`), 404);
  });

  test('RFC 7644 §3.7: partial failures are disregarded and the rest is done', async () => {
    const results = await bulk([postUser('a', 'partial.1'), postUser('b', ''), postUser('c', 'partial.2')]);
    expect(statuses(results)).toEqual(['201', '400', '201']);
  });

  test('RFC 7644 §3.7: failOnErrors stops after that many errors, and says nothing of what was not processed', async () => {
    const operations = ['', 'stop.1', '', 'stop.2'].map((userName, index) => postUser(`s${index}`, userName));
    expect(statuses(await bulk(operations, { failOnErrors: 2 }))).toEqual(['400', '201', '400']);
    expect((await find(server, '/Users', 'userName eq "stop.2"')).body.totalResults).toBe(0);
  });

  test('RFC 7644 §3.7: failOnErrors 1 stops at the first error', async () => {
    const results = await bulk([postUser('q', ''), postUser('r', 'never.made')], { failOnErrors: 1 });
    expect(results).toMatchObject([{ method: 'POST', bulkId: 'q', status: '400' }]);
    expect(results).toHaveLength(1);
  });

  test('RFC 7644 §3.7.1: groups that hold each other are resolved', async () => {
    const results = await bulk([
      postGroup('qwerty', 'Group A', [{ type: 'Group', value: 'bulkId:ytrewq' }]),
      postGroup('ytrewq', 'Group B', [{ type: 'Group', value: 'bulkId:qwerty' }]),
    ]);
    expect(statuses(results)).toEqual(['201', '201']);
    const [a, b] = results.map(idOf);
    const read = await find(server, '/Groups', 'displayName sw "Group"');
    expect(read.body.Resources).toMatchObject([
      {
        id: a,
        displayName: 'Group A',
        members: [{ value: b, $ref: `${server.baseUrl}/Groups/${b}`, type: 'Group' }],
        meta: { version: results[0]?.version },
      },
      {
        id: b,
        displayName: 'Group B',
        members: [{ value: a, $ref: `${server.baseUrl}/Groups/${a}`, type: 'Group' }],
        meta: { version: results[1]?.version },
      },
    ]);
  });

  test('RFC 7644 §3.7.1: people who manage each other are resolved', async () => {
    const managedBy = (bulkId: string) => ({
      schemas: [userUrn, enterpriseUrn],
      [enterpriseUrn]: { manager: { value: `bulkId:${bulkId}` } },
    });
    const results = await bulk([
      postUser('one', 'circle.1', managedBy('two')),
      postUser('two', 'circle.2', managedBy('one')),
    ]);
    expect(statuses(results)).toEqual(['201', '201']);
    const [one, two] = results.map(idOf);
    const managerOf = async (id = '') =>
      (await server.scim('GET', `/Users/${id}`)).body[enterpriseUrn].manager.value;
    expect([await managerOf(one), await managerOf(two)]).toEqual([two, one]);
  });

  test('RFC 7644 §3.7.2: a new user joins a new group by its bulkId', async () => {
    const results = await bulk([
      postUser('qwerty', 'alice.guide'),
      postGroup('ytrewq', 'Tour Guides', [{ type: 'User', value: 'bulkId:qwerty' }]),
    ]);
    expect(results.map(({ bulkId }) => bulkId)).toEqual(['qwerty', 'ytrewq']);
    const [user, group] = results.map(idOf);
    const read = await server.scim('GET', `/Groups/${group}`);
    expect(read.body.members).toMatchObject([
      { value: user, $ref: `${server.baseUrl}/Users/${user}`, type: 'User' },
    ]);
  });

  test('RFC 7644 §3.7.2: a reference may come before what it refers to', async () => {
    const results = await bulk([
      postGroup('g', 'Early Birds', [{ value: 'bulkId:later' }]),
      postUser('later', 'late.riser'),
    ]);
    expect(statuses(results)).toEqual(['201', '201']);
    const [group, user] = results.map(idOf);
    expect((await server.scim('GET', `/Groups/${group}`)).body.members).toMatchObject([{ value: user }]);
  });

  test('RFC 7644 §3.7.2: extensions refer by bulkId too', async () => {
    const results = await bulk([
      postUser('qwerty', 'alice.boss'),
      postUser('ytrewq', 'bob.report', {
        schemas: [userUrn, enterpriseUrn],
        [enterpriseUrn]: { employeeNumber: '11250', manager: { value: 'bulkId:qwerty' } },
      }),
    ]);
    const [boss, report] = results.map(idOf);
    const read = await server.scim('GET', `/Users/${report}`);
    expect(read.body[enterpriseUrn]).toMatchObject({ employeeNumber: '11250', manager: { value: boss } });
  });

  test('RFC 7644 §3.7.2: a PATCH in the same request may refer by bulkId, in its path too', async () => {
    const { id } = await createGroup(server, { displayName: 'Joined in bulk' });
    const results = await bulk([
      postUser('new', 'bulk.joiner'),
      {
        method: 'PATCH',
        path: `/Groups/${id}`,
        data: patchOp({ op: 'add', path: 'members', value: [{ value: 'bulkId:new' }] }),
      },
      {
        method: 'PATCH',
        path: '/Users/bulkId:new',
        data: patchOp({ op: 'add', path: 'title', value: 'Joiner' }),
      },
    ]);
    expect(results.map(({ status }) => status[0])).toEqual(['2', '2', '2']);
    const user = idOf(results[0]);
    expect((await server.scim('GET', `/Groups/${id}`)).body.members).toMatchObject([{ value: user }]);
    expect((await server.scim('GET', `/Users/${user}`)).body.title).toBe('Joiner');
  });

  test('RFC 7644 §3.7.2: a reference to a bulkId that nobody has fails that operation alone', async () => {
    const results = await bulk([
      postGroup('lonely', 'Lonely', [{ value: 'bulkId:nobody' }]),
      postUser('fine', 'unaffected'),
    ]);
    expect(results[0]?.status).toBe('409');
    expect(results[1]?.status).toBe('201');
    expect((await find(server, '/Groups', 'displayName eq "Lonely"')).body.totalResults).toBe(0);
  });

  test('RFC 7644 §3.7.3: every operation has a result with its method, status and location', async () => {
    await createUser(server, { userName: 'conflict' });
    const stale = await createUser(server, { userName: 'stale' });
    const missing = `${server.baseUrl}/Users/e9025315-6bea-44e1-899c-1e07454e468b`;
    const results = await bulk([
      postUser('dup', 'CONFLICT'),
      {
        method: 'PUT',
        path: `/Users/${stale.id}`,
        version: 'W/"long-gone"',
        data: { schemas: [userUrn], userName: 'stale' },
      },
      {
        method: 'PATCH',
        path: `/Users/${stale.id}`,
        version: 'W/"long-gone"',
        data: patchOp({ op: 'add', path: 'title', value: 'x' }),
      },
      { method: 'DELETE', path: '/Users/e9025315-6bea-44e1-899c-1e07454e468b' },
    ]);
    expect(results).toMatchObject([
      {
        method: 'POST',
        bulkId: 'dup',
        status: '409',
        response: { schemas: [errorUrn], scimType: 'uniqueness' },
      },
      { method: 'PUT', status: '412', location: stale.meta.location, response: { status: '412' } },
      { method: 'PATCH', status: '412', location: stale.meta.location, response: { status: '412' } },
      { method: 'DELETE', status: '404', location: missing, response: { status: '404' } },
    ]);
    expect(results[0]).not.toHaveProperty('location');
    for (const { response } of results) expect(response?.detail).toMatch(/\w.*\.$/);
  });

  test('RFC 7644 §3.7.3: the error of an operation is the one that a single request would have got', async () => {
    const { id } = await createUser(server, { userName: 'compare' });
    const data = patchOp({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@compare.example' });
    const single = await server.scim('PATCH', `/Users/${id}`, data);
    const [result] = await bulk([{ method: 'PATCH', path: `/Users/${id}`, data }]);
    expect(result?.response).toEqual(single.body);
  });

  test('RFC 7644 §3.7: an operation that is no resource operation fails alone', async () => {
    const { id } = await createUser(server, { userName: 'odd.ones' });
    const results = await bulk([
      { method: 'POST', path: '/Nowhere', bulkId: 'n', data: {} },
      { method: 'POST', path: `/Users/${id}`, bulkId: 'p', data: { schemas: [userUrn], userName: 'p' } },
      { method: 'DELETE', path: '/Users' },
      { method: 'PUT', path: `/Users/${id}` },
      postUser('ok', 'odd.but.fine'),
    ]);
    expect(results.map(({ status }) => status.startsWith('4'))).toEqual([true, true, true, true, false]);
  });

  test('RFC 7644 §3.7: a POST needs its bulkId', async () => {
    const nameless = { method: 'POST', path: '/Users', data: { schemas: [userUrn], userName: 'nameless' } };
    expectError(await send([nameless]), 400, 'invalidSyntax');
  });

  test('RFC 7644 §3.7: a body that is no bulk request is 400 invalidSyntax', async () => {
    expectError(await server.scim('POST', '/Bulk', { Operations: 'all' }), 400, 'invalidSyntax');
    expectError(await server.scim('POST', '/Bulk', []), 400, 'invalidSyntax');
    expectError(await send([], { failOnErrors: 'some' }), 400, 'invalidValue');
  });

  test('RFC 7644 §3.7.4: more operations than maxOperations are 413, and the answer names the limit', async () => {
    const { maxOperations } = (await server.scim('GET', '/ServiceProviderConfig')).body.bulk;
    const operations = Array.from({ length: maxOperations + 1 }, () => ({
      method: 'DELETE',
      path: '/Users/none',
    }));
    const answer = await send(operations);
    expectError(answer, 413);
    expect(answer.body.detail).toMatch(/1[,.]?000/);
  });

  test('RFC 7644 §3.7.4: a body above maxPayloadSize is 413, and the answer names the limit', async () => {
    const { maxPayloadSize } = (await server.scim('GET', '/ServiceProviderConfig')).body.bulk;
    const answer = await send([postUser('big', 'big', { title: 'x'.repeat(maxPayloadSize) })]);
    expectError(answer, 413);
    expect(answer.body.detail).toMatch(/10 MB|10[,.]?485[,.]?760/);
  });
});
