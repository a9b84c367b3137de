// What it costs to put one member into a group and to take them out again, however large the group is; and to read a
// group, without its members and whole.
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, median } from './figure.ts';
import { counting, takeTurns } from './load.ts';
import { type Crowd, memberId } from './seed.ts';
import type { Sizes } from './sizes.ts';
import { type Subject, startCeiling, startRollcall } from './subject.ts';

export async function benchGroupPatch(sizes: Sizes): Promise<readonly Figure[]> {
  return withDirectory(sizes.large, async (directory) => {
    const rollcall = await startRollcall(directory, directory);
    const ceiling = await startCeiling(directory, directory);
    const figures = [
      ...(await comparePatches(rollcall, directory, sizes)),
      ...(await compareReading(rollcall, ceiling, directory, sizes)),
    ];
    await rollcall.process.stop();
    await ceiling.process.stop();
    return figures;
  });
}

async function comparePatches(
  subject: Subject,
  { crowds, members }: Directory,
  { turns }: Sizes,
): Promise<readonly Figure[]> {
  const patches = crowds.map(({ id }) => ({ subject, next: comingsAndGoings(subject, id, members) }));
  const reads = crowds.map(({ id }) => ({
    subject,
    next: () => subject.request('GET', `/Groups/${id}?excludedAttributes=members`),
  }));
  return [
    ...besideFirst('PATCH ± 1 member', crowds, await takeTurns(patches, turns)),
    ...besideFirst('GET without members', crowds, await takeTurns(reads, turns)),
  ];
}

/** PATCH requests that put somebody of the second half, who is in no crowd, into the group and take them out again. */
function comingsAndGoings(subject: Subject, groupId: string, members: number): () => string {
  const half = Math.floor(members / 2);
  return counting((turn) => {
    const value = memberId(half + 1 + (Math.floor(turn / 2) % half));
    const operation =
      turn % 2 === 0
        ? { op: 'add', path: 'members', value: [{ value }] }
        : { op: 'remove', path: `members[value eq "${value}"]` };
    return subject.request('PATCH', `/Groups/${groupId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [operation],
    });
  }, 2);
}

function besideFirst(
  what: string,
  crowds: readonly Crowd[],
  latencies: readonly (readonly number[])[],
): readonly Figure[] {
  const [first = Number.NaN, ...others] = latencies.map(median);
  const beside = { name: `at ${crowds[0]?.size}`, value: first, unit: 'ms' };
  return others.map((value, index) => ({
    name: `${what} at ${crowds[index + 1]?.size.toLocaleString('en')}, p50`,
    value,
    unit: 'ms',
    beside,
    target: { of: 'ratio', atMost: 1.5 },
  }));
}

async function compareReading(
  rollcall: Subject,
  ceiling: Subject,
  { crowds }: Directory,
  { rounds }: Sizes,
): Promise<readonly Figure[]> {
  const crowd = crowds.at(-1);
  if (!crowd) return [];
  const both = [rollcall, ceiling].map((subject) => ({
    subject,
    next: () => subject.request('GET', `/Groups/${crowd.id}`),
  }));
  const [ours = Number.NaN, theirs = Number.NaN] = (await takeTurns(both, rounds)).map(median);
  return [
    {
      name: `GET whole at ${crowd.size.toLocaleString('en')}, a member`,
      value: (ours * 1000) / crowd.size,
      unit: 'µs',
      beside: { name: 'prepared statements', value: (theirs * 1000) / crowd.size, unit: 'µs' },
      target: { of: 'ratio', atMost: 1.5 },
    },
  ];
}
