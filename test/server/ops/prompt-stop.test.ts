import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { stopPromptly } from '../../../server/ops/prompt-stop.ts';

test('a server that stops closes what was never used, answers what it has begun, and waits for no next request', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  stopPromptly(app);
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    app.get('/', () => {
      resolve();
      return new Promise((answered) => {
        answer = () => answered('answered');
      });
    });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const unused = connect((app.server.address() as AddressInfo).port, '127.0.0.1').resume();
  await once(unused, 'connect');
  const response = fetch(url);
  await asked;

  const ended = once(unused, 'close');
  const closed = app.close();
  await ended;
  answer();
  expect(await (await response).text()).toBe('answered');
  await closed;
});
