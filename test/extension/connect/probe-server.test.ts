import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkWords } from '../../../extension/connect/check-words.ts';
import { checkServer, readDraft, type ServerCheck } from '../../../extension/connect/probe-server.ts';
import { apiVersion } from '../../../shared/extension.ts';

beforeAll(() => {
  vi.stubGlobal('navigator', { onLine: true });
});
afterAll(() => {
  vi.unstubAllGlobals();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function serverThatSays(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const about = (differing = {}) =>
  JSON.stringify({ product: 'rollcall', api: apiVersion, ready: true, ...differing });
const check = (server: string) => checkServer(server, new AbortController().signal);

describe('a server', () => {
  test.each([
    ['ready', 200, about()],
    ['not_set_up', 200, about({ ready: false })],
    ['server_newer', 200, about({ api: apiVersion + 1 })],
    ['extension_newer', 200, about({ api: apiVersion - 1 })],
    ['busy', 503, ''],
    ['busy', 429, ''],
    ['other', 404, '<h1>Not found</h1>'],
    ['other', 200, '<h1>Welcome</h1>'],
    ['other', 200, 'null'],
    ['other', 200, JSON.stringify({ product: 'another', api: 1 })],
  ])('is %s when it answers %i %s', async (kind, status, body) => {
    const server = await serverThatSays(status, body);
    expect(await check(server)).toEqual({ kind, server });
  });

  test('is unreachable when nothing listens', async () => {
    expect(await check('http://127.0.0.1:9')).toEqual({ kind: 'unreachable', server: 'http://127.0.0.1:9' });
  });

  test('is unreadable when something answers that the browser hides', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_input, init) => {
      if (init?.mode !== 'no-cors') throw new TypeError('Failed to fetch');
      return new Response(null);
    });
    expect((await check('https://www.larkspur.example')).kind).toBe('unreadable');
  });

  test('is not blamed while we are offline', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    vi.stubGlobal('navigator', { onLine: false });
    expect((await check('https://rollcall.larkspur.example')).kind).toBe('offline');
    vi.stubGlobal('navigator', { onLine: true });
  });
});

describe('a text', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['rollcall', 'no_address'],
    ['roll call.example', 'no_address'],
    ['http://rollcall.example', 'insecure'],
  ])('that names no server says why: "%s" is %s', (text, kind) => {
    expect(readDraft(text)).toEqual({ kind });
  });

  test('that names one gives its origin', () => {
    expect(readDraft(' rollcall.larkspur.example/sign-in ')).toEqual({
      server: 'https://rollcall.larkspur.example',
    });
  });
});

test('every outcome has its own sentence, with the server’s name where there is one', () => {
  const server = 'https://rollcall.larkspur.example';
  const checks: ServerCheck[] = [
    { kind: 'empty' },
    { kind: 'no_address' },
    { kind: 'insecure' },
    ...(
      [
        'ready',
        'not_set_up',
        'server_newer',
        'extension_newer',
        'offline',
        'unreachable',
        'unreadable',
        'other',
        'busy',
      ] as const
    ).map((kind) => ({ kind, server })),
  ];
  const sentences = checks.map((each) => checkWords(each, false).sentence);
  expect(new Set(sentences).size).toBe(checks.length);
  for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
  expect(sentences.filter((sentence) => sentence.includes('rollcall.larkspur.example '))).toHaveLength(6);
  expect(checkWords({ kind: 'no_address' }, true).tone).toBe('help');
});
