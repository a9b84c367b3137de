// Whether long work holds up others: lookups are timed while a scan of every row, a large answer and a reader that
// stops reading are under way.
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, percentile } from './figure.ts';
import { type Connection, openConnection } from './http-client.ts';
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
      const { ms, times, refused } = await timeLookups(rollcall, directory, sizes.seconds, busy);
      const target = { of: 'value', atMost: 50 } as const;
      figures.push({
        name: `${name}, p99 (${times} done meanwhile)`,
        value: percentile(ms, 99),
        unit: 'ms',
        target,
      });
      figures.push({ name: `${name}, slowest`, value: percentile(ms, 100), unit: 'ms' });
      if (refused > 0) {
        figures.push({
          name: `${name}, refused`,
          value: refused,
          unit: '',
          target: { of: 'value', atMost: 0 },
        });
      }
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

/** Keeps the server busy until told that it is enough; `once` counts what was done, and whether it was answered. */
type Busy = (isEnough: () => boolean, once: (answered: boolean) => void) => Promise<void>;

function repeating(subject: Subject, path: string): Busy {
  return async (isEnough, once) => {
    const connection = await openConnection(subject.process.url);
    while (!isEnough()) {
      const { status } = await connection.send(subject.request('GET', path));
      once(status < 300);
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
    once(true);
    while (!isEnough()) await delay(10);
    socket.destroy();
  };
}

/** How far apart lookups are sent, in milliseconds: also while earlier ones wait, or a long stall would count once. */
const interval = 5;

/** Sends lookups at a steady pace as long as `seconds` and the work that is under way last. */
async function timeLookups(subject: Subject, { members }: Directory, seconds: number, busy: Busy) {
  const { next } = lookups(subject, members);
  const idle: Connection[] = [];
  const ms: number[] = [];
  let refused = 0;
  let times = 0;
  const lookUp = async () => {
    const due = performance.now();
    const connection = idle.pop() ?? (await openConnection(subject.process.url));
    const { status } = await connection.send(next());
    if (status >= 300) refused++;
    ms.push(performance.now() - due);
    idle.push(connection);
  };
  await lookUp();
  const until = performance.now() + seconds * 1000;
  const isEnough = () => performance.now() >= until;
  let working = true;
  const work = busy(isEnough, (answered) => {
    if (answered) times++;
    else refused++;
  }).finally(() => {
    working = false;
  });
  const sent: Promise<void>[] = [];
  while (working || !isEnough()) {
    sent.push(lookUp());
    await delay(interval);
  }
  await Promise.all([work, ...sent]);
  for (const connection of idle) connection.close();
  return { ms, times, refused };
}
