// What becomes of requests that a router cannot read: a stray % in the address, bytes that are not HTTP. Knows no
// connection; nearly every caller is an identity provider, so they all get a SCIM error.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorBody } from './scim-error.ts';

/**
 * The address with each % escaped where percent-encoding is broken or hides a NUL, which no database can look up: so
 * it is routed, explained and recorded like any other wrong address.
 */
export function readableUrl({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const [path = '', ...query] = url.split('?');
  return isReadable(path) ? url : [path.replaceAll('%', '%25'), ...query].join('?');
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

const failures: Readonly<Record<string, { readonly status: number; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    detail:
      'The address and the headers are longer than 16 KB together. Send a long filter by POST to "/.search".',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    detail:
      'The request did not come whole in time. Send it again; if it stays so, look at the proxy on the way.',
  },
};
const notHttp = {
  status: 400,
  detail: 'The request is not HTTP that can be read. A proxy on the way may have changed it.',
};

/** Answers on the bare socket of a request that did not become one, and closes it. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return;
  const { status, detail } = failures[error.code ?? ''] ?? notHttp;
  const body = JSON.stringify(errorBody({ status, detail, outcome: 'refused: unreadable' }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/scim+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
