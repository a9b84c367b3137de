// An HTTP/1.1 client that costs next to nothing, so that the server is what is measured. Knows two ways a body ends
// (a length, or chunks) and no more of the protocol than the servers under test use.
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** From the request's first byte sent to the answer's last byte received. */
  readonly ms: number;
  readonly bytes: number;
  /** The body, framed as it came when it was sent in chunks. */
  text(): string;
}

/** One kept-alive connection, on which requests follow one another. */
export interface Connection {
  send(request: string): Promise<Answer>;
  close(): void;
}

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return { send: (request) => exchange(socket, request), close: () => socket.destroy() };
}

const headEnd = Buffer.from('\r\n\r\n');
const chunksEnd = Buffer.from('\r\n0\r\n\r\n');

function exchange(socket: Socket, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const parts: Buffer[] = [];
    let received = 0;
    let head:
      | { readonly status: number; readonly start: number; readonly length: number | undefined }
      | undefined;

    const done = () => {
      socket.off('data', take).off('error', fail).off('close', cut);
      const { status = 0, start: body = 0 } = head ?? {};
      const text = () => Buffer.concat(parts).subarray(body).toString();
      resolve({ status, ms: performance.now() - start, bytes: received, text });
    };
    const fail = (error: Error) => {
      socket.off('data', take).off('error', fail).off('close', cut);
      reject(error);
    };
    const cut = () => fail(new Error('the server closed the connection'));
    const take = (part: Buffer) => {
      parts.push(part);
      received += part.length;
      head ??= readHead(parts);
      if (head === undefined) return;
      const complete =
        head.length === undefined ? endsWith(parts, chunksEnd) : received >= head.start + head.length;
      if (complete) done();
    };
    socket.on('data', take).on('error', fail).on('close', cut);
    socket.write(request);
  });
}

function readHead(parts: readonly Buffer[]) {
  const bytes = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const status = Number(text.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length !== undefined) return { status, start: end + 4, length: Number(length) };
  const empty = status === 204 || status === 304;
  return { status, start: end + 4, length: empty ? 0 : undefined };
}

/** JSON holds no line end, so the end of the chunks is not to be mistaken. */
function endsWith(parts: readonly Buffer[], end: Buffer): boolean {
  let tail = parts.at(-1) ?? Buffer.alloc(0);
  for (let index = parts.length - 2; tail.length < end.length && index >= 0; index--) {
    tail = Buffer.concat([parts[index] ?? Buffer.alloc(0), tail]);
  }
  return tail.subarray(-end.length).equals(end);
}
