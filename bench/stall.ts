// Whether long work holds up others: lookups are timed while a scan of every row, a large answer and a reader that
// stops reading are under way.
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, percentile } from './figure.ts';
import { type Connection, openConnection } from './http-client.ts';
import { expectSuccess } from './load.ts';
import { lookups } from './lookup.ts';
import type { Sizes } from './sizes.ts';
import { type Subject, startRollcall } from './subject.ts';

export async function benchStall(sizes: Sizes): Promise<readonly Figure[]> {
  return withDirectory(sizes.large, async (directory) => {
    const rollcall = await startRollcall(directory, directory);
    const crowd = directory.crowds.at(-1);
    const size = crowd?.size.toLocaleString('en');
    const scan = `/Users?filter=${encodeURIComponent('title co "x"')}`;
    const figures: Figure[] = [];
    const time = async (name: string, busy: Busy) => {
      const { ms, times } = await timeLookups(rollcall, directory, sizes.seconds, busy);
      const target = { of: 'value', atMost: 50 } as const;
      figures.push({
        name: `${name}, p99 (${times} done meanwhile)`,
        value: percentile(ms, 99),
        unit: 'ms',
        target,
      });
      figures.push({ name: `${name}, slowest`, value: percentile(ms, 100), unit: 'ms' });
    };
    await time('lookup, nothing else', async () => {});
    await time(`lookup beside scans (title co "x")`, repeating(rollcall, scan));
    await time('lookup beside sorting everybody', repeating(rollcall, '/Users?sortBy=name.familyName'));
    await time(`lookup beside reading a group of ${size}`, repeating(rollcall, `/Groups/${crowd?.id}`));
    await time(
      `lookup beside a client that stops reading it`,
      stoppedReader(rollcall, `/Groups/${crowd?.id}`),
    );
    await rollcall.process.stop();
    return figures;
  });
}

/** Keeps the server busy until told that it is enough; `once` counts what was done. */
type Busy = (isEnough: () => boolean, once: () => void) => Promise<void>;

function repeating(subject: Subject, path: string): Busy {
  return async (isEnough, once) => {
    const connection = await openConnection(subject.process.url);
    while (!isEnough()) {
      expectSuccess(await connection.send(subject.request('GET', path)));
      once();
    }
    connection.close();
  };
}

function stoppedReader(subject: Subject, path: string): Busy {
  return async (isEnough, once) => {
    const { hostname, port } = new URL(subject.process.url);
    const socket = connect(Number(port), hostname);
    socket.pause();
    socket.write(subject.request('GET', path));
    once();
    while (!isEnough()) await delay(10);
    socket.destroy();
  };
}

/** Lookups one after another, one every few milliseconds, as long as `seconds` and at least one piece of work last. */
async function timeLookups(subject: Subject, { members }: Directory, seconds: number, busy: Busy) {
  const { next } = lookups(subject, members);
  const connection: Connection = await openConnection(subject.process.url);
  const until = performance.now() + seconds * 1000;
  const isEnough = () => performance.now() >= until;
  let times = 0;
  let working = true;
  const work = busy(isEnough, () => {
    times++;
  }).finally(() => {
    working = false;
  });
  const ms: number[] = [];
  while (working || !isEnough()) {
    const answer = await connection.send(next());
    expectSuccess(answer);
    ms.push(answer.ms);
    await delay(2);
  }
  await work;
  connection.close();
  return { ms, times };
}
