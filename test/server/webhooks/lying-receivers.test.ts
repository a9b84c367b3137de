// Receivers that say one thing and do another, cut the line, or speak no HTTP at all.
import { type AddressInfo, createServer as listenRaw, type Socket } from 'node:net';
import { createServer as listenTls } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createOutgoing } from '../../../server/core/outgoing.ts';
import { selfSigned } from '../../helpers/self-signed.ts';
import { type Answer, openReceiver, openWebhookDesk, refuse, stall } from '../../helpers/webhook-desk.ts';

/** What came of the first attempt to deliver to an address. */
async function outcomeAt(url: string) {
  const { subscribe, tell, sender, queue, anotherSender } = await openWebhookDesk('sqlite');
  const { endpointId } = await subscribe({ url }, { eventTypes: ['member.updated'] });
  await tell('noor', 1);
  await sender.close();
  await anotherSender({ answerWithin: 500 }).run();
  const [row] = await queue(endpointId);
  return { state: row?.state, outcome: row?.last_outcome };
}

const answers: readonly (readonly [says: string, answer: Answer, state: string, outcome: string])[] = [
  [
    'takes it and cuts the line',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('O');
      response.socket?.end();
    },
    'delivered',
    'Taken with 200 OK.',
  ],
  [
    'takes it with a body that never ends',
    (_request, response) => {
      response.writeHead(202);
      const more = () => void response.write('x'.repeat(100_000), () => setImmediate(more));
      more();
    },
    'delivered',
    'Taken with 202 Accepted.',
  ],
  [
    'takes it with a body that never comes',
    (_request, response) => void response.writeHead(200, { 'content-length': '5' }).flushHeaders(),
    'delivered',
    'Taken with 200 OK.',
  ],
  ['says nothing', stall, 'waiting', 'There was no answer within 0.5 s.'],
  [
    'cuts the line without an answer',
    (request) => void request.socket.destroy(),
    'waiting',
    'The connection was cut before there was an answer.',
  ],
  ['is asked not to', refuse(400), 'waiting', 'Answered 400 Bad Request.'],
  ['answers with a number of its own', refuse(599), 'waiting', 'Answered 599.'],
];

test.each(answers)('a receiver that %s', async (_says, answer, state, outcome) => {
  const receiver = await openReceiver(answer);
  expect(await outcomeAt(receiver.url)).toEqual({ state, outcome });
});

test('a redirect is not followed, and the answer says what to do', async () => {
  const elsewhere = await openReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    const receiver = await openReceiver(refuse(status, { location: elsewhere.url }));
    const { state, outcome } = await outcomeAt(receiver.url);
    expect(state).toBe('waiting');
    expect(outcome).toContain(`redirect (${status}`);
  }
  expect(elsewhere.received).toEqual([]);
});

/** A server that does this with each connection; gives its port. */
async function openPort(meet: (socket: Socket) => void): Promise<number> {
  const server = listenRaw((socket) => {
    socket.on('error', () => {});
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('what speaks no HTTP is named', async () => {
  const port = await openPort((socket) => void socket.end('220 mail.larkspur.example ESMTP\r\n'));
  const { outcome } = await outcomeAt(`http://127.0.0.1:${port}/`);
  expect(outcome).toBe('What the host answered is not HTTP.');
});

test('what speaks no TLS is named', async () => {
  const port = await openPort((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  const { outcome } = await outcomeAt(`https://127.0.0.1:${port}/`);
  expect(outcome).toBe('The host does not speak TLS as it should.');
});

test('a certificate that nobody vouches for is named, and nothing is sent', async () => {
  let told = 0;
  const server = listenTls(selfSigned, (socket) => void socket.on('data', () => told++));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const outgoing = createOutgoing({
    allowedNetworks: ['127.0.0.0/8'],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  onTestFinished(() => outgoing.close());
  const { subscribe, tell, anotherSender, queue } = await openWebhookDesk('sqlite');
  const { endpointId } = await subscribe({ url: `https://hooks.larkspur.example:${port}/` });
  await tell('noor', 1);
  await anotherSender({ outgoing }).run();
  const [row] = await queue(endpointId);
  expect(row?.last_outcome).toBe('The host’s TLS certificate is not one that can be trusted.');
  expect(told).toBe(0);
});

test('nobody listens', async () => {
  expect((await outcomeAt('http://127.0.0.1:9/')).outcome).toMatch(/^(?:Nothing listens|This port belongs)/);
  const port = await openPort(() => {});
  expect((await outcomeAt(`http://127.0.0.1:${port}/`)).outcome).toContain('no answer within');
});

test('neither log nor row holds the path of an address, or what an answer says', async () => {
  const { subscribe, tell, sender, queue, logged, directory } = await openWebhookDesk('sqlite');
  const receiver = await openReceiver(
    (_request, response) => void response.writeHead(500).end('password=mallard'),
  );
  const { endpointId, secret } = await subscribe({ url: `${receiver.url}/heron?key=teal` });
  await tell('noor', 1);
  await sender.run();
  const attempts = await directory.db.selectFrom('webhook_attempts').selectAll().execute();
  const audit = await directory.db.selectFrom('audit').selectAll().execute();
  const events = await directory.db.selectFrom('events').selectAll().execute();
  const everything = JSON.stringify([logged, await queue(endpointId), attempts, audit, events]);
  expect(attempts).not.toEqual([]);
  expect(everything).not.toMatch(/mallard|heron|teal/);
  const rows = await directory.db.selectFrom('webhook_endpoints').selectAll().execute();
  expect(JSON.stringify([everything, rows])).not.toContain(secret.slice(6));
});
