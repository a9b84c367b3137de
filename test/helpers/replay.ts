// Walks a recorded IdP session over real HTTP, byte for byte, and checks each answer. Knows fixtures, no IdP.
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { expect } from 'vitest';

/** One step of a session. `{{name}}` anywhere stands for what the set-up or an earlier `capture` knows by that name. */
export interface Fixture {
  readonly name: string;
  readonly request: {
    readonly method: string;
    /** Below the connection's base URL, exactly as it stands on the wire. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** `body` is a part of the answer (arrays whole); `absent` lists members that it must not have ("a/0/b"). */
  readonly expect: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly absent?: readonly string[];
  };
  /** New names for later steps, each with where its value stands in the answer. */
  readonly capture?: Readonly<Record<string, string>>;
  /** How strict mode refuses this step, and the body it takes `instead`, which then answers as expected. */
  readonly strict?: { readonly status: number; readonly scimType: string; readonly instead?: unknown };
}

/** What a session goes to, and what `{{name}}` stands for so far. */
export interface ReplayTarget {
  readonly baseUrl: string;
  readonly strict: boolean;
  readonly known: Map<string, string>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The steps of a session, in order: the folder's files by name. */
export function readSession(folder: string): readonly Fixture[] {
  const files = readdirSync(folder).sort();
  return files.map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Fixture);
}

/** Plays one step and checks what came back; a step that strict mode refuses is then repeated as it wants it. */
export async function replayStep(target: ReplayTarget, step: Fixture): Promise<void> {
  const { strict } = step;
  if (!target.strict || strict === undefined) return playAndCheck(target, step);
  await playAndCheck(target, {
    ...step,
    expect: { status: strict.status, body: { status: String(strict.status), scimType: strict.scimType } },
    capture: {},
  });
  if (strict.instead !== undefined) {
    await playAndCheck(target, { ...step, request: { ...step.request, body: strict.instead } });
  }
}

async function playAndCheck(target: ReplayTarget, step: Fixture): Promise<void> {
  const { method, path, headers, body } = fill(step.request, target.known);
  const payload = body === undefined ? '' : JSON.stringify(body);
  const answer = await sendRaw(method, target.baseUrl + path, headers, payload);
  expect(answer.status, answer.text).toBe(step.expect.status);
  if (answer.status === 204) return expect(answer.text).toBe('');
  expect(answer.headers['content-type']).toBe('application/scim+json');
  const resource: unknown = JSON.parse(answer.text);
  if (answer.status >= 400) {
    expect(resource).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      detail: expect.stringMatching(/^[A-Z"].*\.$/),
    });
  }
  for (const [name, pointer] of Object.entries(step.capture ?? {})) {
    target.known.set(name, String(at(resource, pointer)));
  }
  const expected = fill(step.expect, target.known);
  expect(answer.headers).toMatchObject(expected.headers ?? {});
  expect(resource).toMatchObject(expected.body ?? {});
  for (const pointer of expected.absent ?? []) expect(at(resource, pointer), pointer).toBeUndefined();
}

/** Sends exactly these bytes: no header added but the length, and the address not tidied up on its way. */
export function sendRaw(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const { hostname, port, origin } = new URL(url);
  const length = body.length === 0 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const options = { method, hostname, port, path: url.slice(origin.length), setHost: false };
  return new Promise((resolve, reject) => {
    const call = request({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

function fill<Value>(value: Value, known: ReadonlyMap<string, string>): Value {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string'
      ? part.replace(/\{\{(.+?)\}\}/g, (_, name: string) => lookUp(known, name))
      : part,
  ) as Value;
}

function lookUp(known: ReadonlyMap<string, string>, name: string): string {
  const value = known.get(name);
  if (value === undefined) throw new Error(`No step before this one captured {{${name}}}.`);
  return value;
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}
