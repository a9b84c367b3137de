// How fast people are created, beside the five statements that any such server must run: is the name free, the member,
// the address, the audit entry, the counter. Both on the same tables, each commit on the disk before the answer.
import pg from 'pg';
import { startPostgres } from '../test/helpers/postgres-server.ts';
import { onEveryCore } from './child-process.ts';
import { setUpTenant, type Tenant, withDirectory } from './directory.ts';
import type { Figure } from './figure.ts';
import { counting, race } from './load.ts';
import { person } from './people.ts';
import type { Sizes } from './sizes.ts';
import { type Storage, startCeiling, startRollcall } from './subject.ts';

export async function benchCreate(sizes: Sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const members of [0, sizes.large]) {
    await withDirectory(members, (ours) =>
      withDirectory(members, async (theirs) => {
        const places = [
          { tenant: ours, storage: ours },
          { tenant: theirs, storage: theirs },
        ] as const;
        figures.push(...(await compare(places, members, sizes)));
      }),
    );
  }
  return figures;
}

export async function benchCreatePostgres(sizes: Sizes): Promise<readonly Figure[]> {
  const postgres = await onEveryCore(() => startPostgres({ durable: true }));
  const place = async (name: string, dataDir: string) => {
    const databaseUrl = await newDatabase(postgres.url, name);
    return { tenant: await setUpTenant({ url: databaseUrl }), storage: { databaseUrl, dataDir } };
  };
  try {
    return await withDirectory(0, async ({ dataDir }) =>
      compare([await place('ours', dataDir), await place('theirs', dataDir)], 0, sizes),
    );
  } finally {
    await postgres.stop();
  }
}

interface Place {
  readonly tenant: Tenant;
  readonly storage: Storage;
}

async function compare(
  [ours, theirs]: readonly [Place, Place],
  members: number,
  { seconds, rounds }: Sizes,
): Promise<readonly Figure[]> {
  const rollcall = await startRollcall(ours.tenant, ours.storage);
  const ceiling = await startCeiling(theirs.tenant, theirs.storage);
  const contestants = [rollcall, ceiling].map((subject) => ({
    subject,
    next: counting((number) => subject.request('POST', '/Users', person(number)), members + 1),
  }));
  const figures: Figure[] = [];
  for (const connections of [1, 10]) {
    const [our, their] = await race(contestants, { connections, seconds, rounds });
    if (!our || !their) continue;
    const among = members === 0 ? '' : ` among ${members.toLocaleString('en')}`;
    const name = `create${among}, ${connections === 1 ? 'one by one' : `${connections} connections`}`;
    const beside = { name: 'five statements', value: their.perSecond, unit: '/s' };
    figures.push({ name, value: our.perSecond, unit: '/s', beside, target: { of: 'ratio', atLeast: 0.6 } });
    figures.push({
      name: `${name}: CPU a request`,
      value: our.cpu,
      unit: 'µs',
      beside: { name: 'five statements', value: their.cpu, unit: 'µs' },
      ...('databaseUrl' in ours.storage ? {} : { target: { of: 'ratio', atMost: 1.6 } }),
    });
  }
  await rollcall.process.stop();
  await ceiling.process.stop();
  return figures;
}

async function newDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = name;
  return url.href;
}
