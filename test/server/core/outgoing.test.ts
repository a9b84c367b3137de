// Where the server sends requests that people ask for, and where it does not.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../../server/core/network-address.ts';
import {
  createOutgoing,
  type Outgoing,
  OutgoingRefusal,
  type Resolve,
} from '../../../server/core/outgoing.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function outgoing(allowedNetworks: readonly string[], resolve?: Resolve): Outgoing {
  const made = createOutgoing({ allowedNetworks, ...(resolve && { resolve }) });
  open.push(() => made.close());
  return made;
}

/** A server on this machine, with what was asked of it. */
async function listen(
  answer: Parameters<typeof createServer>[1],
): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    answer?.(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push(() => new Promise((closed) => server.close(closed)));
  return { port: (server.address() as AddressInfo).port, asked };
}

const at = (...addresses: readonly string[]): Resolve => {
  return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

/** The refusal that a request ended in. */
async function refusalOf(request: Promise<unknown>): Promise<OutgoingRefusal> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const refusal = error instanceof OutgoingRefusal ? error : (error as Error | undefined)?.cause;
  if (refusal instanceof OutgoingRefusal) return refusal;
  throw new Error(`the request was not refused: ${String(error)}`);
}

const inner = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

describe('an address that is not of the public internet', () => {
  test.each(inner)('%s is refused, written out and behind a name', async (address) => {
    expect(isPublicAddress(address)).toBe(false);
    const host = address.includes(':') ? `[${address}]` : address;
    const refusal = await refusalOf(outgoing([]).fetch(`https://${host}/`));
    expect(refusal.reason).toBe('address');
    const behindName = await refusalOf(outgoing([], at(address)).fetch('https://idp.corp.example/'));
    expect(behindName.message).toContain('idp.corp.example');
  });

  test.each(['https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://127.1/'])(
    '%s is an inner address however it is written',
    async (url) => {
      expect((await refusalOf(outgoing([]).fetch(url))).reason).toBe('address');
    },
  );

  test('one inner address among public ones refuses the name', async () => {
    const { fetch } = outgoing([], at('93.184.215.14', '10.0.0.7'));
    expect((await refusalOf(fetch('https://idp.corp.example/'))).reason).toBe('address');
  });
});

test.each(['9.9.9.9', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('a public host is not spoken to without https', async () => {
  const { fetch } = outgoing([], at('93.184.215.14'));
  expect((await refusalOf(fetch('http://idp.corp.example/'))).reason).toBe('address');
});

test.each([
  ['ftp://idp.corp.example/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['https://ada:secret@idp.corp.example/', 'credentials'],
])('%s is refused for its %s', async (url, reason) => {
  expect((await refusalOf(outgoing(['127.0.0.0/8']).fetch(url))).reason).toBe(reason);
});

test('a network that the operator allows is reached over plain HTTP', async () => {
  const { port, asked } = await listen((_, response) => response.end('here'));
  const { fetch } = outgoing(['127.0.0.0/8'], at('127.0.0.1'));
  const response = await fetch(`http://idp.corp.example:${port}/keys`, { method: 'POST', body: 'x' });
  expect(await response.text()).toBe('here');
  expect(asked).toEqual([`POST idp.corp.example:${port} /keys`]);
});

test('a name that answers differently the second time is asked once', async () => {
  const { port, asked } = await listen((_, response) => response.end('here'));
  const answers = ['127.0.0.1', '10.0.0.7'];
  const { fetch } = outgoing(['127.0.0.1'], async () => [
    { address: answers.shift() ?? '10.0.0.8', family: 4 },
  ]);
  await fetch(`http://idp.corp.example:${port}/`);
  expect(asked).toHaveLength(1);
  expect(answers).toEqual(['10.0.0.7']);
});

test('a redirect is given as it is and not followed', async () => {
  const { port, asked } = await listen((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  });
  const response = await outgoing(['127.0.0.0/8']).fetch(`http://127.0.0.1:${port}/`);
  expect([response.status, response.headers.get('location')]).toEqual([
    302,
    'http://169.254.169.254/latest/meta-data/',
  ]);
  expect(asked).toHaveLength(1);
});

test('an answer without an end is cut off', async () => {
  const { port } = await listen((_, response) => {
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(100_000), more);
    };
    more();
  });
  const response = await outgoing(['127.0.0.0/8']).fetch(`http://127.0.0.1:${port}/`);
  await expect(response.text()).rejects.toThrow();
});

test('an answer that unpacks to more than it shows is not read', async () => {
  const { port } = await listen((_, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(10_000_000)));
  });
  const refusal = await refusalOf(outgoing(['127.0.0.0/8']).fetch(`http://127.0.0.1:${port}/`));
  expect(refusal.reason).toBe('encoding');
});
