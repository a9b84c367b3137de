import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { createLog, requestId } from '../../../server/core/log.ts';
import { newToken } from '../../../server/core/secrets.ts';

function logged(level = 'info') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

const secret = 'sesame';

test.each([
  ['at the top', { token: secret }],
  ['in letters of any case', { Authorization: secret, COOKIE: secret }],
  ['as a header', { headers: { authorization: secret, cookie: secret, 'set-cookie': [secret] } }],
  ['with a longer name', { body: { newPassword: secret, accessToken: secret, client_secret: secret } }],
  ['far down', { a: { b: [{ c: { d: { password: { value: secret } } } }] } }],
  [
    'in an object of a class',
    {
      thing: new (class {
        readonly token = secret;
      })(),
    },
  ],
  [
    'on an error',
    { err: Object.assign(new Error('no'), { config: { headers: { authorization: secret } } }) },
  ],
  ['on an error under another name', { reason: Object.assign(new Error('no'), { password: secret }) }],
  [
    'on the cause of an error',
    { err: new Error('no', { cause: Object.assign(new Error(), { token: secret }) }) },
  ],
])('a secret is hidden %s', (_, fields) => {
  const { log, lines } = logged();
  log.error(fields, 'trouble');
  log.child(fields).error('trouble');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).not.toContain(secret);
});

test('what is no secret stays: ids, hints, times, errors', () => {
  const { log, last } = logged();
  const at = new Date(0);
  log.error(
    { tokenId: 'id', last4: '9f2c', at, err: new TypeError('no such table'), missing: undefined },
    'trouble',
  );
  expect(last()).toMatchObject({
    level: 'error',
    msg: 'trouble',
    tokenId: 'id',
    last4: '9f2c',
    at: '1970-01-01T00:00:00.000Z',
    err: { type: 'TypeError', message: 'no such table', stack: expect.stringContaining('log.test') },
  });
});

test('a token is hidden in the message too', () => {
  const { log, last } = logged();
  const token = newToken();
  log.info({ n: 1 }, `Route GET:/${token} not found`);
  expect(last()).toMatchObject({ n: 1, msg: 'Route GET:/[hidden] not found' });
});

test('the level decides what is written', () => {
  const { log, lines } = logged('warn');
  log.info('quiet');
  log.warn('loud');
  expect(lines).toHaveLength(1);
  const silent = logged('silent');
  silent.log.fatal('quiet');
  expect(silent.lines).toEqual([]);
});

test('a request is logged with its id and path, without headers, query and pasted tokens', async () => {
  const { log, lines } = logged();
  const app = Fastify({ loggerInstance: log, genReqId: requestId });
  app.get('/c/*', async () => ({}));
  const token = newToken();
  await app.inject({
    url: `/c/${token}/Users?filter=${secret}`,
    headers: { authorization: `Bearer ${secret}`, 'x-request-id': 'edge-0001' },
  });
  const [incoming] = lines.map((line) => JSON.parse(line));
  expect(incoming).toMatchObject({
    reqId: 'edge-0001',
    req: { method: 'GET', path: '/c/[hidden]/Users', ip: '127.0.0.1' },
  });
  for (const line of lines) {
    expect(line).not.toContain(secret);
    expect(line).not.toContain(token);
  }
});

test.each([
  ['absent', undefined],
  ['too short', 'a'],
  ['too long', 'a'.repeat(65)],
  ['of other characters', 'one two three'],
])("a proxy's request id that is %s is replaced", (_, given) => {
  const id = requestId({ headers: given === undefined ? {} : { 'x-request-id': given } });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
});
