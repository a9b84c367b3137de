// How much memory the server holds after it has done a bit of everything in a directory of some size.

import { setTimeout as delay } from 'node:timers/promises';
import { type Directory, withDirectory } from './directory.ts';
import type { Figure } from './figure.ts';
import { openConnection } from './http-client.ts';
import { ask, counting, expectSuccess, race } from './load.ts';
import { lookups } from './lookup.ts';
import { person } from './people.ts';
import type { Sizes } from './sizes.ts';
import { type Subject, startRollcall } from './subject.ts';

export async function benchMemory(sizes: Sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [members, atMost] of [
    [sizes.middle, 200],
    [sizes.large, 350],
  ] as const) {
    await withDirectory(members, async (directory) => {
      const rollcall = await startRollcall(directory, directory);
      await everything(rollcall, directory, sizes);
      const { now, peak } = rollcall.process.memory();
      const target = { of: 'value', atMost } as const;
      const name = `memory after the workload at ${members.toLocaleString('en')}`;
      figures.push({ name, value: now, unit: 'MB', target });
      figures.push({ name: `${name}, highest`, value: peak, unit: 'MB' });
      await rollcall.process.stop();
    });
  }
  return figures;
}

/** Creating, finding, paging, scanning, sorting, and reading the largest group, at 10 connections where that is usual. */
async function everything(
  subject: Subject,
  { members, crowds }: Directory,
  { seconds, bursts }: Sizes,
): Promise<void> {
  const load = { connections: 10, seconds, rounds: 1 };
  const create = counting((number) => subject.request('POST', '/Users', person(number)), members + 1);
  const page = counting((turn) => {
    const startIndex = ((turn * 7919) % members) + 1;
    return subject.request('GET', `/Users?startIndex=${startIndex}&count=100`);
  });
  await race([{ subject, next: create }], load);
  await race([lookups(subject, members)], load);
  await race([{ subject, next: page }], load);
  for (const path of [
    `/Users?filter=${encodeURIComponent('title co "x"')}&count=1000`,
    '/Users?sortBy=name.familyName&count=1000',
    `/Groups/${crowds.at(-1)?.id}`,
  ]) {
    for (let turn = 0; turn < 3; turn++) await ask(subject, 'GET', path);
  }
  await burstsOfEverySize(subject, members, bursts);
}

/** Traffic comes in bursts of every length, and what is written in batches comes in batches of every length. */
async function burstsOfEverySize(subject: Subject, members: number, bursts: number): Promise<void> {
  const { next } = lookups(subject, members);
  const connection = await openConnection(subject.process.url);
  for (let burst = 1; burst <= bursts; burst++) {
    for (let left = Math.ceil((burst * 500) / bursts); left > 0; left--) {
      expectSuccess(await connection.send(next()));
    }
    await delay(300);
  }
  connection.close();
}
