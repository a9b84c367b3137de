// The line between a simulated identity provider and a server: real HTTP with no header that was not asked for, and a
// log without secrets. Knows how an answer fails a client; what is said on the line, it does not.
import { Agent, request } from 'node:http';

export type Json = Readonly<Record<string, unknown>>;

/** `unplugged`: nobody answers. `waf`: a firewall refuses with 403. `gateway-page`: a proxy answers 502 in HTML. */
export type LineState = 'plugged' | 'unplugged' | 'waf' | 'gateway-page';

/** A request below the base URL, `path` exactly as it stands on the wire. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Json;
}

/** One request that was made. `status` is 0 when nobody answered; `path` is whole, from the server's root. */
export interface SentRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** An answer that a client cannot use, or a reason of its own to send nothing (`status` is null then). */
export class Trouble extends Error {
  constructor(
    message: string,
    readonly status: number | null,
    readonly retryAfterMs: number | null = null,
    /** The server as a whole is in the way, not what was sent: silence, refused credentials, 404 to a search. */
    readonly ofTheServer = false,
  ) {
    super(message);
  }
}

/** Where requests go and how they look, read anew for each. */
export interface Door {
  readonly baseUrl: string;
  readonly line: LineState;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Wire {
  readonly sent: readonly SentRequest[];
  /** Gives the body of a success. @throws Trouble on everything else. */
  send(call: Call): Promise<Json>;
}

/** Opens a line on which `door` says where it leads and `now` what time it is. */
export function openWire(now: () => number, door: () => Door): Wire {
  const sent: SentRequest[] = [];
  return {
    sent,
    send: async (call) => {
      const { baseUrl, line, headers } = door();
      const url = new URL(baseUrl).origin + pathOf(baseUrl) + call.path;
      const at = now();
      const answer = line === 'plugged' ? await exchange(call, url, headers) : onTheWay[line];
      sent.push({
        at,
        method: call.method,
        path: url.slice(new URL(url).origin.length),
        status: answer.status,
      });
      return bodyOf(call, answer);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter?: string | undefined;
}

const onTheWay: Readonly<Record<Exclude<LineState, 'plugged'>, Answer>> = {
  unplugged: { status: 0, text: '' },
  waf: { status: 403, text: '<html><body>Request blocked</body></html>' },
  'gateway-page': { status: 502, text: '<html><body>Bad gateway</body></html>' },
};

// A connection for each request: a server that was restarted in between is met as it is.
const agent = new Agent({ keepAlive: false });

function exchange(call: Call, url: string, headers: Door['headers']): Promise<Answer> {
  const { hostname, port, origin } = new URL(url);
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const options = { agent, hostname, port, method: call.method, path: url.slice(origin.length) };
  const ofBody =
    body === ''
      ? {}
      : {
          'Content-Type': 'application/scim+json; charset=utf-8',
          'Content-Length': String(Buffer.byteLength(body)),
        };
  return new Promise((resolve) => {
    const nobody = () => resolve({ status: 0, text: '' });
    const message = request({ ...options, headers: { ...headers, ...ofBody } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', nobody);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          retryAfter: response.headers['retry-after'],
        }),
      );
    });
    message.on('error', nobody);
    message.end(body);
  });
}

function bodyOf(call: Call, { status, text, retryAfter }: Answer): Json {
  if (status === 0) throw new Trouble('The server does not answer.', 0, null, true);
  const body = text === '' ? {} : parsed(text);
  const isRead = call.method === 'GET';
  const isSearch = isRead && call.path.includes('?');
  const ofTheServer = status === 401 || (status === 403 && isRead) || (status === 404 && isSearch);
  if (body === undefined) {
    throw new Trouble('Invalid JSON: Unrecognized token', status, null, ofTheServer || status < 400);
  }
  if (status < 400) return body;
  throw new Trouble(
    `${call.method} answered ${status}. Errors reported by remote server: ${String(body.detail ?? '')}`,
    status,
    retryAfter === undefined ? null : Number(retryAfter) * 1_000,
    ofTheServer,
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const pathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, '');

/** A value as it stands in a query: everything but letters, digits and `-._~` is escaped, a blank as `blank`. */
export function queryValue(value: string, blank: '%20' | '+'): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', blank);
}

/** The string that stands in a filter, quoted. */
export const quoted = (value: string): string => JSON.stringify(value);

/** The resources of a ListResponse. */
export function resourcesOf(list: Json): readonly Json[] {
  return (list.Resources as readonly Json[] | undefined) ?? [];
}
