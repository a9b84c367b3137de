// What a page of 100 costs at the beginning of a directory and deep in it, by index and by cursor.
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, median } from './figure.ts';
import { openConnection } from './http-client.ts';
import { expectSuccess, takeTurns } from './load.ts';
import type { Sizes } from './sizes.ts';
import { type Subject, startRollcall } from './subject.ts';

export async function benchPages(sizes: Sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [members, atMost] of [
    [sizes.middle, 2],
    [sizes.large, 3],
  ] as const) {
    await withDirectory(members, async (directory) => {
      const rollcall = await startRollcall(directory, directory);
      figures.push(...(await compareIndexPages(rollcall, directory, sizes, atMost)));
      figures.push(...(await compareCursorPages(rollcall, directory, sizes)));
      await rollcall.process.stop();
    });
  }
  return figures;
}

async function compareIndexPages(
  subject: Subject,
  { members }: Directory,
  { turns }: Sizes,
  atMost: number,
): Promise<readonly Figure[]> {
  const starts = [1, members / 20 + 1, (members / 10) * 9 + 1];
  const paths = [...starts.map((start) => `/Users?startIndex=${start}&count=100`), '/Users?count=0'];
  const contestants = paths.map((path) => ({ subject, next: () => subject.request('GET', path) }));
  const [first = Number.NaN, ...others] = (await takeTurns(contestants, turns / 4)).map(median);
  const beside = { name: 'at 1', value: first, unit: 'ms' };
  const of = members.toLocaleString('en');
  return others.map((value, index) => {
    const start = starts[index + 1];
    return start === undefined
      ? {
          name: `totalResults of ${of} (count=0), p50`,
          value,
          unit: 'ms',
          beside,
          target: { of: 'ratio', atMost: 1 },
        }
      : {
          name: `page at ${start.toLocaleString('en')} of ${of}, p50`,
          value,
          unit: 'ms',
          beside,
          target: { of: 'ratio', atMost },
        };
  });
}

async function compareCursorPages(
  subject: Subject,
  { members }: Directory,
  { turns }: Sizes,
): Promise<readonly Figure[]> {
  const { cursor, ms } = await walk(subject, members);
  const paths = ['', encodeURIComponent(cursor)].map((from) => `/Users?cursor=${from}&count=100`);
  const contestants = paths.map((path) => ({ subject, next: () => subject.request('GET', path) }));
  const [first = Number.NaN, deep = Number.NaN] = (await takeTurns(contestants, turns / 4)).map(median);
  const of = members.toLocaleString('en');
  return [
    {
      name: `cursor page, nine tenths into ${of}, p50`,
      value: deep,
      unit: 'ms',
      beside: { name: 'first', value: first, unit: 'ms' },
      target: { of: 'ratio', atMost: 1.5 },
    },
    { name: `walk through nine tenths of ${of}, a page`, value: median(ms), unit: 'ms' },
  ];
}

/** Follows the cursors as a client does, page after page, to nine tenths of the list. */
async function walk(
  subject: Subject,
  members: number,
): Promise<{ readonly cursor: string; readonly ms: readonly number[] }> {
  const connection = await openConnection(subject.process.url);
  const ms: number[] = [];
  let cursor = '';
  for (let seen = 0; seen < members * 0.9; seen += 100) {
    const path = `/Users?cursor=${encodeURIComponent(cursor)}&count=100`;
    const answer = await connection.send(subject.request('GET', path));
    expectSuccess(answer);
    ms.push(answer.ms);
    cursor = /"nextCursor":"([^"]+)"/.exec(answer.text())?.[1] ?? '';
  }
  connection.close();
  return { cursor, ms };
}
