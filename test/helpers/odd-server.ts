// A small HTTP server that answers as a test says: what stands in the place of an identity provider and is none.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { selfSigned } from './self-signed.ts';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** Opens one that ends with the test; gives its origin. */
export async function openOddServer(
  answering: Answering,
  scheme: 'http' | 'https' = 'http',
): Promise<string> {
  const server = scheme === 'http' ? createServer(answering) : createTlsServer(selfSigned, answering);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers by path with JSON, and 404 elsewhere; `date` is the clock that it claims to have. */
export function answerJson(byPath: (path: string) => unknown, date?: number): Answering {
  return (request, response) => {
    const body = byPath(request.url ?? '');
    if (date !== undefined) response.setHeader('date', new Date(date).toUTCString());
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(body === undefined ? '{}' : JSON.stringify(body));
  };
}
