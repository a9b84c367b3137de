// How fast one person is found by each attribute that identity providers match by, in directories of three sizes, and
// beside Fastify with one prepared statement by index.
import { checkSeed } from './check-seed.ts';
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, median } from './figure.ts';
import { type Contestant, race, takeTurns } from './load.ts';
import { person, scramble } from './people.ts';
import { memberId } from './seed.ts';
import type { Sizes } from './sizes.ts';
import { type Subject, startCeiling, startRollcall } from './subject.ts';

/** The path that finds this person, by attribute. */
const paths: Readonly<Record<string, (number: number) => string>> = {
  id: (number) => `/Users/${memberId(number)}`,
  userName: (number) => filter('userName', person(number).userName),
  externalId: (number) => filter('externalId', person(number).externalId),
  'emails.value': (number) => filter('emails.value', person(number).emails[0].value),
  displayName: (number) => filter('displayName', person(number).displayName),
};

function filter(attribute: string, value: string): string {
  return `/Users?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`;
}

/** Finds ever other people of the second half, which is in no crowd. */
export function lookups(subject: Subject, members: number, attribute = 'userName'): Contestant {
  const path = paths[attribute] as (number: number) => string;
  const half = Math.floor(members / 2);
  let turn = 0;
  return { subject, next: () => subject.request('GET', path(half + 1 + (scramble(turn++) % half))) };
}

export async function benchLookup(sizes: Sizes): Promise<readonly Figure[]> {
  const { small, middle, large } = sizes;
  return withDirectory(small, (smallOne) =>
    withDirectory(middle, (middleOne) =>
      withDirectory(large, (largeOne) => compare([smallOne, middleOne, largeOne], sizes)),
    ),
  );
}

async function compare(
  directories: readonly [Directory, Directory, Directory],
  sizes: Sizes,
): Promise<readonly Figure[]> {
  const [small, middle, large] = directories;
  const servers = [
    await startRollcall(small, small),
    await startRollcall(middle, middle),
    await startRollcall(large, large),
  ] as const;
  const ceiling = await startCeiling(large, large);
  await checkSeed(servers[0], small);
  const figures: Figure[] = [];
  for (const attribute of Object.keys(paths)) {
    const contestants = servers.map((server, index) =>
      lookups(server, directories[index]?.members ?? 0, attribute),
    );
    const [p50Small = 0, p50Middle = 0, p50Large = 0] = (await takeTurns(contestants, sizes.turns)).map(
      median,
    );
    const beside = { name: `at ${count(small)}`, value: p50Small, unit: 'ms' };
    const target = { of: 'ratio', atMost: 1.5 } as const;
    figures.push({ name: `${attribute} at ${count(middle)}, p50`, value: p50Middle, unit: 'ms', beside });
    figures.push({
      name: `${attribute} at ${count(large)}, p50`,
      value: p50Large,
      unit: 'ms',
      beside,
      target,
    });
    const [ours, theirs] = await race(
      [lookups(servers[2], large.members, attribute), lookups(ceiling, large.members, attribute)],
      { connections: 10, seconds: sizes.seconds / 2, rounds: sizes.rounds },
    );
    if (!ours || !theirs) continue;
    figures.push({
      name: `${attribute} at ${count(large)}, 10 connections`,
      value: ours.perSecond,
      unit: '/s',
      beside: { name: 'one prepared statement', value: theirs.perSecond, unit: '/s' },
      target: { of: 'ratio', atLeast: 0.5 },
    });
    figures.push({
      name: `${attribute} at ${count(large)}: CPU a request`,
      value: ours.cpu,
      unit: 'µs',
      beside: { name: 'one prepared statement', value: theirs.cpu, unit: 'µs' },
    });
  }
  for (const { process } of [...servers, ceiling]) await process.stop();
  return figures;
}

function count({ members }: Directory): string {
  return members.toLocaleString('en');
}
