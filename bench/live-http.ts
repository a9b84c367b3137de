// How long it takes from an identity provider's request to a hundred open pages: SCIM in, commit, server-sent events out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setUpTenant } from './directory.ts';
import { type Figure, percentile } from './figure.ts';
import { ownerSessions } from './owner-sessions.ts';
import type { Sizes } from './sizes.ts';
import { startRollcall } from './subject.ts';

const pages = 100;

/** As many as one session may have open. */
const pagesOfSession = 10;

/** In milliseconds; whatever has not been heard by then is lost. */
const patience = 10_000;

/** When each page heard of each person, by id, in milliseconds of this process's clock. */
type Heard = Map<string, number[]>;

export async function benchLiveHttp({ turns }: Sizes): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  const file = join(dataDir, 'rollcall.db');
  const tenant = await setUpTenant({ file });
  const sessions = await ownerSessions(file, tenant.orgId, pages / pagesOfSession);
  const rollcall = await startRollcall(tenant, { dataDir });
  const closing = new AbortController();
  try {
    const heard: Heard = new Map();
    const { url } = rollcall.process;
    const all = Array.from({ length: pages }, (_, n) => sessions[Math.floor(n / pagesOfSession)] ?? '');
    await Promise.all(all.map((token) => openPage(url, token, heard, closing.signal)));
    const scim = `${url}/c/${tenant.connectionId}/scim/v2/Users`;
    const people = Math.ceil(turns / 8);
    const add = (n: number) => addPerson(scim, tenant.token, n);
    const calm = await timed(heard, numbers(0, people), add, 50);
    const busy = await timed(heard, numbers(people, 2 * people), add, 0);
    const name = `SCIM request → ${pages} open pages`;
    return [
      { name: `${name}, 20 a second at most, p50`, value: percentile(calm, 50), unit: 'ms' },
      {
        name: `${name}, 20 a second at most, p99`,
        value: percentile(calm, 99),
        unit: 'ms',
        target: { of: 'value', atMost: 100 },
      },
      { name: `${name}, one request after the other, p50`, value: percentile(busy, 50), unit: 'ms' },
      { name: `${name}, one request after the other, p99`, value: percentile(busy, 99), unit: 'ms' },
    ];
  } finally {
    closing.abort();
    await rollcall.process.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

/** From the start of each request to each page, in milliseconds; so many go by between two requests. */
async function timed(
  heard: Heard,
  people: readonly number[],
  add: (n: number) => Promise<string>,
  pause: number,
): Promise<readonly number[]> {
  const begun = new Map<string, number>();
  for (const n of people) {
    const start = performance.now();
    begun.set(await add(n), start);
    if (pause > 0) await delay(pause);
  }
  const deadline = performance.now() + patience;
  while ([...begun.keys()].some((id) => (heard.get(id)?.length ?? 0) < pages)) {
    if (performance.now() > deadline) throw new Error('an event has not reached every page');
    await delay(20);
  }
  return [...begun].flatMap(([id, start]) => (heard.get(id) ?? []).map((at) => at - start));
}

/** Opens a stream and notes whom it hears of; resolves once it is open. */
async function openPage(url: string, token: string, heard: Heard, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/trpc/live.events`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal,
  });
  const reader = response.body?.getReader();
  if (!reader) throw new Error(`no stream: ${response.status}`);
  await reader.read();
  void listen(reader, heard).catch(() => {});
}

async function listen(reader: ReadableStreamDefaultReader<Uint8Array>, heard: Heard): Promise<void> {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const at = performance.now();
    const events = (rest + Buffer.from(value).toString()).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const added = /"type":"member\.added".*"subject":\{"kind":"member","id":"([^"]+)"/.exec(event)?.[1];
      if (added !== undefined) heard.set(added, [...(heard.get(added) ?? []), at]);
    }
  }
}

async function addPerson(address: string, token: string, n: number): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ userName: `person.${n}@larkspur.example` }),
  });
  return ((await response.json()) as { readonly id: string }).id;
}
