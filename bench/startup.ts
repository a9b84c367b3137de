// How long the server takes from its start to its first answer, whatever is in the directory.
import { withDirectory } from './directory.ts';
import { type Figure, median } from './figure.ts';
import type { Sizes } from './sizes.ts';
import { startCeiling, startRollcall } from './subject.ts';

export async function benchStartup({ large, rounds }: Sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const members of [0, large]) {
    await withDirectory(members, async (directory) => {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round <= rounds; round++) {
        for (const [times, start] of [
          [ours, startRollcall],
          [theirs, startCeiling],
        ] as const) {
          const { process } = await start(directory, directory);
          if (round > 0) times.push(process.startMs);
          await process.stop();
        }
      }
      figures.push({
        name: `start with ${members === 0 ? 'an empty directory' : `${members.toLocaleString('en')} members`}`,
        value: median(ours),
        unit: 'ms',
        beside: { name: 'Fastify and SQLite alone', value: median(theirs), unit: 'ms' },
        target: { of: 'value', atMost: 600 },
      });
    });
  }
  return figures;
}
