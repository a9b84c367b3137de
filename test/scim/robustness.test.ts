import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../helpers/scim-server.ts';
import { everyGarbage } from './garbage/every-garbage.ts';
import { enterpriseUrn, type Garbage, ids, json } from './garbage/garbage.ts';

/** Generated requests of each kind: 10,000 in all, most of them on SQLite. */
const runs = { sqlite: 1360, postgres: 340 } as const;

/** Longer than any answer may take, in milliseconds. */
const patience = 10_000;

const nulCases: readonly (readonly [method: string, path: string, where: string, body?: object])[] = [
  ['GET', '/Users/%00', 'as an id'],
  ['DELETE', '/Groups/a%00b', 'in an id'],
  [
    'PATCH',
    '/Users/%00',
    'as the id to change',
    { Operations: [{ op: 'replace', path: 'title', value: 'x' }] },
  ],
  ['GET', '/Schemas/%00', 'as a schema'],
  ['GET', '/Nothing%00', 'in an unknown address'],
  ['GET', '/Users?filter=userName%20eq%20%22a%5Cu0000%22', 'in a filter'],
  ['GET', '/Users?filter=userName%20eq%20%22a%00%22', 'raw in a filter'],
  ['GET', '/Groups?filter=members[value%20eq%20%22%5Cu0000%22]', 'in a value filter'],
  ['GET', '/Users?sortBy=%00&attributes=%00&cursor=%00', 'in other parameters'],
  ['POST', '/Users', 'as a userName', { userName: 'a\0b' }],
  ['POST', '/Users', 'in an attribute that is kept aside', { userName: 'nul', 'x\0': { y: '\0' } }],
  ['POST', '/Users', 'in a manager', { userName: 'nul.2', [enterpriseUrn]: { manager: { value: '\0' } } }],
  ['POST', '/Groups', 'as a member', { displayName: 'Nul', members: [{ value: '\0' }] }],
  [
    'PATCH',
    `/Groups/${ids.group}`,
    'as a member to remove',
    { Operations: [{ op: 'remove', path: 'members[value eq "\\u0000"]' }] },
  ],
  [
    'PATCH',
    `/Groups/${ids.group}`,
    'as a member to add',
    { Operations: [{ op: 'add', path: 'members', value: [{ value: '\0' }] }] },
  ],
  [
    'POST',
    '/Bulk',
    'in a path of Bulk',
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'DELETE', path: '/Users/\0' },
        { method: 'POST', path: '/Users', bulkId: '\0', data: { userName: 'bulk nul' } },
      ],
    },
  ],
  ['POST', '/../../../%00/scim/v2/Users', 'in an address that leads elsewhere', {}],
];

interface Answered {
  readonly schemas: unknown;
  readonly Operations?: readonly { readonly status: string }[];
}

/** Requests that are in flight together: what one does must not reach another. */
const together = 5;

describe.each(databases)('whatever is sent, on %s', (database) => {
  let server: ScimServer;
  let sent = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: together });
  const known = { user: '', group: '' };
  beforeAll(async () => {
    server = await startScimServer({ database, kind: database === 'sqlite' ? 'entra' : 'okta' });
    const { body: user } = await server.scim('POST', '/Users', { userName: 'seed@finch.example' });
    const { body: group } = await server.scim('POST', '/Groups', {
      displayName: 'Seed',
      members: [{ value: user.id }],
    });
    Object.assign(known, { user: user.id, group: group.id });
    sent = 2;
  });
  afterAll(async () => {
    agent.destroy();
    await server.close();
  });

  test.each(Object.entries(everyGarbage))(
    '%s make no 5xx and no hang, and the answer is SCIM',
    async (_kind, requests) => {
      const property = fc.asyncProperty(
        fc.array(requests, { minLength: together, maxLength: together }),
        async (batch) => {
          await Promise.all(
            batch.map((one) =>
              check(one).catch((cause: Error) => {
                throw new Error(`${JSON.stringify(one).slice(0, 400)}: ${cause.message}`, { cause });
              }),
            ),
          );
        },
      );
      await fc.assert(property, {
        numRuns: Math.ceil(runs[database] / together),
        endOnFailure: process.env.CI === undefined,
      });
    },
    120_000,
  );

  test('the provisioning log has all of it', async () => {
    const written = async () => {
      await server.deps.provisioningLog.flush();
      const { records } = await server.deps.database.db
        .selectFrom('provisioning_records')
        .select((select) => select.fn.countAll().as('records'))
        .executeTakeFirstOrThrow();
      return Number(records);
    };
    // An answer may arrive before the server has taken note of it.
    await expect.poll(written).toBe(sent);
    expect(sent).toBeGreaterThan(0.8 * runs[database] * Object.keys(everyGarbage).length);
  });

  test.each(nulCases.map(([method, path, where, body]) => ({ method, path, where, body })))(
    'NUL, which PostgreSQL cannot hold, $where: $method $path',
    async ({ method, path, body }) => {
      await check({ method, path, headers: json, ...(body && { body: JSON.stringify(body) }) });
    },
  );

  test('NUL as a connection is an unknown connection', async () => {
    const { status } = await fetch(`${server.url}/c/%00/scim/v2/Users`);
    expect(status).toBe(404);
  });

  test('and the server still works', async () => {
    const { status } = await server.scim('POST', '/Users', { userName: 'after@finch.example' });
    expect(status).toBe(201);
  });

  async function check(asked: Garbage): Promise<void> {
    const fill = (text: string) => text.replaceAll(ids.user, known.user).replaceAll(ids.group, known.group);
    const body = typeof asked.body === 'string' ? fill(asked.body) : asked.body;
    const answer = await send({ ...asked, path: fill(asked.path), ...(body !== undefined && { body }) });
    const { status, type, text } = answer;
    // What HTTP's parser refuses belongs to no connection.
    if (status !== 431 && !text.includes('The request is not HTTP')) sent += 1;
    const isMe = status === 501 && asked.path.includes('/Me');
    if (!(status >= 200 && status < 500) && !isMe) throw new Error(`${status} ${text}`);
    if (asked.method === 'HEAD' || status === 204 || status === 304) {
      expect(text).toBe('');
      return;
    }
    expect(type).toBe('application/scim+json');
    const answered = JSON.parse(text) as Answered;
    expect(Array.isArray(answered.schemas)).toBe(true);
    for (const operation of answered.Operations ?? []) expect(operation.status, text).toMatch(/^[234]/);
    if (status < 400) return;
    expect(answered).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.stringMatching(/\S/),
    });
  }

  function send({ method, path, headers, body }: Garbage) {
    const { hostname, port, pathname } = new URL(server.baseUrl);
    return new Promise<{ status: number; type: string | undefined; text: string }>((resolve, reject) => {
      const call = request({
        agent,
        hostname,
        port,
        method,
        path: pathname + path,
        headers: {
          authorization: `Bearer ${server.token}`,
          ...headers,
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        },
        signal: AbortSignal.timeout(patience),
      });
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }
});
