// A proxy that notes every request as it came over the wire and passes it on. Knows HTTP, no provider and no SCIM.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it was received; `path` is below the base URL. */
export interface CapturedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface CaptureProxy {
  /** Stands for the server's own base URL. */
  readonly baseUrl: string;
  readonly captured: readonly CapturedRequest[];
  close(): Promise<void>;
}

/**
 * Opens a proxy before a SCIM base URL. Headers keep the case in which they were sent. An answer is passed on once
 * `afterEach` is done.
 */
export async function openCaptureProxy(
  target: string,
  afterEach: () => Promise<void> = async () => {},
): Promise<CaptureProxy> {
  const captured: CapturedRequest[] = [];
  const { hostname, port, pathname } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const { method = '', url = '', rawHeaders } = incoming;
      const body = Buffer.concat(parts);
      const headers = Object.fromEntries(
        rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [])),
      );
      const content: unknown = body.length === 0 ? undefined : JSON.parse(body.toString());
      captured.push({ method, path: url.slice(pathname.length), headers, body: content });
      const onward = request({ hostname, port, method, path: url, headers: incoming.headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', async () => {
          await afterEach();
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          outgoing.end(Buffer.concat(parts));
        });
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    captured,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
