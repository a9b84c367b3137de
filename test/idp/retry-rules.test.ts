// What a simulated Okta does with an answer that is no success: an admin's task, or another try by itself.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readDirectory } from './directory-truth.ts';
import { faults } from './faults.ts';
import { mendedOkta } from './okta-settings.ts';
import { openSimulatedOkta } from './simulated-okta.ts';
import { hireFive, oktaSession } from './simulated-sessions.ts';
import { advance, day, hour, minute, second } from './simulated-time.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that answers each request with the next of `answers`, and with the last one from then on. */
async function startAnswering(answers: readonly { status: number; retryAfter?: string }[]) {
  let asked = 0;
  const server = createServer((_request, response) => {
    const { status, retryAfter } = answers[Math.min(asked++, answers.length - 1)] ?? { status: 500 };
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    response.end(JSON.stringify({ detail: 'Say it again.', Resources: [], id: 'p1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  const clock = { now: Date.UTC(2026, 10, 2, 9) };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  const idp = openSimulatedOkta({ now: () => clock.now, settings: mendedOkta('aiw', baseUrl, 'secret') });
  const [ines] = hireFive(idp);
  idp.assign(ines);
  const start = clock.now;
  return {
    idp,
    ines,
    pass: (ms: number) => advance(clock, [idp], ms),
    times: () => idp.sent.map(({ at }) => at - start),
  };
}

test('a refusal becomes a task and is tried again only by the admin', async () => {
  const { idp, ines, pass, times } = await startAnswering([
    { status: 200 },
    { status: 400 },
    { status: 200 },
  ]);
  await pass(30 * day);
  expect(idp.sent.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 200', 'POST 400']);
  expect(idp.tasks()).toEqual([
    {
      key: `person ${ines}`,
      status: 400,
      text: 'POST answered 400. Errors reported by remote server: Say it again.',
    },
  ]);
  idp.retryTasks();
  await pass(minute);
  expect(idp.sent.map(({ method, status }) => `${method} ${status}`).slice(2)).toEqual([
    'GET 200',
    'POST 200',
  ]);
  expect(times().slice(2)).toEqual([30 * day, 30 * day]);
  expect(idp.tasks()).toEqual([]);
});

test('a server error is tried again by itself, later each time up to an hour', async () => {
  const { idp, pass, times } = await startAnswering([{ status: 500 }]);
  await pass(3 * hour + minute);
  const tries = [0, 1, 3, 7, 15, 31, 63, 123].map((minutes) => 2 * second + minutes * minute);
  expect(times()).toEqual(tries);
  expect(idp.tasks()).toEqual([]);
});

test('too many requests are tried again when the server says so', async () => {
  const { pass, times } = await startAnswering([{ status: 429, retryAfter: '90' }, { status: 200 }]);
  await pass(hour);
  expect(times()).toEqual([2 * second, 92 * second, 92 * second]);
});

test('what piled up while the server was away arrives in the end', async () => {
  const session = await oktaSession('oin');
  open.push(session);
  const { idp, pass, server } = session;
  const five = hireFive(idp);
  idp.assign(five[0]);
  await pass(minute);
  idp.breakWith(faults.unplugged);
  idp.assign(...five);
  idp.deactivateUser(five[0]);
  await pass(day);
  expect(idp.sent.at(-1)?.status).toBe(0);
  expect((await readDirectory(server.scim)).people).toHaveLength(1);
  idp.mend(faults.unplugged);
  await pass(hour);
  expect(await readDirectory(server.scim)).toEqual(idp.truth());
  expect(idp.truth().people).toHaveLength(5);
});

test('a push of a group that is gone on the server says 404 until it is unlinked and pushed again', async () => {
  const session = await oktaSession('oin');
  open.push(session);
  const { idp, pass, server } = session;
  const [ines, mikko] = hireFive(idp);
  idp.assign(ines, mikko);
  const group = idp.createGroup('Studio', [ines]);
  idp.pushGroup(group.id);
  await pass(minute);
  await server.scim('DELETE', `/Groups/${idp.pushes.get(group.id)?.remoteId}`);
  idp.changeMembers(group.id, { add: [mikko] });
  await pass(minute);
  idp.retryTasks();
  await pass(day);
  expect(session.news().filter((request) => request.endsWith(' 404'))).toHaveLength(2);
  expect(idp.tasks()).toMatchObject([{ key: `group ${group.id}`, status: 404 }]);
  idp.unlinkGroup(group.id, 'leave');
  idp.pushGroup(group.id);
  await pass(minute);
  expect(idp.tasks()).toEqual([]);
  expect(await readDirectory(server.scim)).toEqual(idp.truth());
});
