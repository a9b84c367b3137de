// The simulators against the recorded sessions: what was recorded is said, and nothing is said that was not recorded.
import { afterEach, expect, test } from 'vitest';
import { type RecordedKind, recordedSession } from '../helpers/idp-session.ts';
import type { Fixture } from '../helpers/replay.ts';
import { type CapturedRequest, openCaptureProxy } from './capture-proxy.ts';
import { everyEntraRequest, everyOktaRequest } from './every-request.ts';
import { shapeOfBody, shapeOfHead } from './wire-shape.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Recorded requests that no action of these simulators makes, and why. */
const elsewhere: Readonly<Record<RecordedKind, Readonly<Record<string, string>>>> = {
  okta: {},
  entra: {
    'Ask whether this person has this manager': 'a check of older clients',
    'Ask whether this person is in this group': 'a check of older clients',
    'Add an app role that is a JSON document inside a string':
      'a mapping that replaces the role, not a default',
    'Update with the compliance flag still in the address':
      'the flag is taken off; nobody captured that it stays',
    'Only the listed member has left': 'the test that reads, not Entra',
    'The group is empty and still there': 'the test that reads, not Entra',
    'Add a member who is not in this directory':
      'needs an id from another server; its shape is that of adding',
    'A person out of scope: active is a boolean': 'said with the flag in lower case; both are understood',
  },
};

async function captured(play: typeof everyOktaRequest): Promise<readonly CapturedRequest[]> {
  const proxies: Awaited<ReturnType<typeof openCaptureProxy>>[] = [];
  const close = await play(async (baseUrl) => {
    const proxy = await openCaptureProxy(baseUrl);
    open.push(proxy);
    proxies.push(proxy);
    return proxy.baseUrl;
  });
  open.push({ close });
  return proxies.flatMap((proxy) => proxy.captured);
}

const recorded = (kind: RecordedKind): readonly Fixture[] =>
  recordedSession(kind).filter(({ name }) => elsewhere[kind][name] === undefined);

test.each([
  ['okta', everyOktaRequest],
  ['entra', everyEntraRequest],
] as const)('%s says all that was recorded, and opens no request in another way', async (kind, play) => {
  const said = await captured(play);
  const heads = new Set(said.map(shapeOfHead));
  const recordedHeads = new Set(recordedSession(kind).map(({ request }) => shapeOfHead(request)));
  for (const head of heads) expect(recordedHeads).toContain(head);

  const missing = recorded(kind).filter(({ request }) => {
    const alike = said.filter((one) => shapeOfHead(one) === shapeOfHead(request));
    return !alike.some((one) => holds(one, request));
  });
  expect(missing.map(({ name }) => name)).toEqual([]);
});

/** A POST says exactly what was recorded; a PUT gives back what the server added, a PATCH may change more at once. */
function holds(said: CapturedRequest, recordedOne: Fixture['request']): boolean {
  const ours = shapeOfBody(said.body);
  const theirs = [...shapeOfBody(recordedOne.body)];
  const all = theirs.every((line) => ours.has(line) || isOfServer(line));
  return all && (said.method !== 'POST' || ours.size === theirs.length);
}

/** In a PUT, `meta` and the schemas are the server's words, given back. */
const isOfServer = (line: string): boolean => line.startsWith('/meta/');

test('what is left out was recorded', () => {
  for (const kind of ['okta', 'entra'] as const) {
    const names = recordedSession(kind).map(({ name }) => name);
    for (const name of Object.keys(elsewhere[kind])) expect(names).toContain(name);
  }
});

test('shapes tell dialects apart', () => {
  const patch = (op: string, value: unknown) => shapeOfBody({ Operations: [{ op, path: 'active', value }] });
  const shapes = [patch('Replace', 'False'), patch('replace', 'False'), patch('replace', false)];
  expect(new Set(shapes.map((shape) => [...shape].join())).size).toBe(3);
  const head = (path: string) => shapeOfHead({ method: 'GET', path, headers: {} });
  expect(head('/Users?filter=userName+eq+%22a%22')).not.toBe(head('/Users?filter=userName%20eq%20%22a%22'));
  expect(head('/Users?filter=userName+eq+%22a%22')).toBe(head('/Users?filter=userName+eq+%22b%22'));
});
