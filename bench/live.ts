// How long an event takes from its commit to a hundred followers: when little happens, when writers go as fast as they
// can, and, on PostgreSQL, when the commit is another process's. In this process, before any transport.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inChange } from '../server/audit/change-context.ts';
import { recordChange } from '../server/audit/record-change.ts';
import type { Database } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../server/db/open-database.ts';
import { createEventStream } from '../server/events/event-stream.ts';
import { setUpOrg } from '../server/members/set-up-org.ts';
import { startPostgres } from '../test/helpers/postgres-server.ts';
import { onEveryCore } from './child-process.ts';
import { type Figure, percentile } from './figure.ts';
import type { Sizes } from './sizes.ts';

const followers = 100;
const asked = { actor: { kind: 'operator', id: 'bench' }, requestId: 'bench' } as const;

export async function benchLive({ turns }: Sizes): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  const postgres = await onEveryCore(() => startPostgres({ durable: true }));
  try {
    const events = Math.ceil(turns / 4);
    const file = { file: join(folder, 'rollcall.db') };
    return [
      ...(await measure('SQLite', file, events)),
      ...(await measure('PostgreSQL', { url: postgres.url }, events)),
    ];
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measure(name: string, address: DatabaseAddress, events: number): Promise<readonly Figure[]> {
  const database = openDatabase(address);
  await migrate(database.db);
  const owner = { name: 'Larkspur Foundry', ownerEmail: 'ada@larkspur.example' };
  const { id: orgId } = await setUpOrg(depsOf(database), { ...asked, ...owner });
  const other = 'url' in address ? openDatabase(address) : undefined;
  const log = { info: () => {}, error: () => {} };
  const stream = createEventStream({ database, log });
  const watch = await follow(stream, orgId);

  const calm = await watch(events, async (commit) => {
    for (let n = 0; n < events; n++) {
      await commit(database, n);
      await delay(2);
    }
  });
  const busy = await watch(events, (commit) => together(8, events, (n) => commit(database, n)));
  const elsewhere =
    other &&
    (await watch(events, async (commit) => {
      for (let n = 0; n < events; n++) {
        await commit(other, n);
        await delay(2);
      }
    }));
  await stream.close();
  await other?.close();
  await database.close();
  return [
    ...figures(`${name}, one commit after the other`, calm),
    ...figures(`${name}, 8 writers without a pause`, busy),
    ...(elsewhere ? figures(`${name}, commits of another process`, elsewhere) : []),
  ];
}

const depsOf = (database: Database) => ({ db: database.db, now: Date.now, secret: Buffer.alloc(32) });

async function together(writers: number, count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

type Commit = (database: Database, n: number) => Promise<void>;

/** Sets the followers going; each call times one run of events, from each commit to each follower, in milliseconds. */
async function follow(stream: ReturnType<typeof createEventStream>, orgId: string) {
  let heard: (n: number) => void = () => {};
  const start = await stream.latest(orgId);
  for (let i = 0; i < followers; i++)
    void (async () => {
      for await (const { data } of stream.subscribe(orgId, { after: start }))
        heard(Number((data as { readonly changed: readonly string[] }).changed[0]));
    })();

  return async (events: number, write: (commit: Commit) => Promise<void>): Promise<readonly number[]> => {
    const committed: number[] = [];
    const early: number[] = [];
    const took: number[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    heard = (n) => {
      const at = committed[n];
      // The word of the commit may reach the writer after the event has reached a follower.
      if (at === undefined) early.push(n);
      else took.push(performance.now() - at);
      if (took.length + early.length === events * followers) finish();
    };
    await write(async (database, n) => {
      await inChange(depsOf(database), { ...asked, orgId }, (context) =>
        recordChange(
          context,
          { kind: 'org', id: orgId },
          {},
          { type: 'org.updated', data: { changed: [String(n)] } },
        ),
      );
      committed[n] = performance.now();
    });
    await finished;
    return [...took, ...early.map(() => 0)];
  };
}

function figures(name: string, took: readonly number[]): readonly Figure[] {
  return [
    { name: `${name}, p50`, value: percentile(took, 50), unit: 'ms' },
    {
      name: `${name}, p99`,
      value: percentile(took, 99),
      unit: 'ms',
      target: { of: 'value', atMost: 100 },
    },
  ];
}
