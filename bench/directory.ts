// Directories to measure on: a tenant with a connection, empty or full of invented people, kept in a cache and handed
// out as copies. Knows where files are; the rows are seed.ts's.
import { createHash } from 'node:crypto';
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../server/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../server/db/open-database.ts';
import { setUpOrg } from '../server/members/set-up-org.ts';
import { createConnection } from '../server/provisioning/change-connection.ts';
import { type Crowd, seedMembers } from './seed.ts';

/** What a client needs to know of a directory. */
export interface Tenant {
  readonly orgId: string;
  readonly connectionId: string;
  readonly token: string;
}

/** A tenant in SQLite, with `members` people and a few crowded groups. */
export interface Directory extends Tenant {
  readonly dataDir: string;
  readonly members: number;
  readonly crowds: readonly Crowd[];
}

export const cacheFolder = fileURLToPath(new URL('.cache/', import.meta.url));
const root = fileURLToPath(new URL('../', import.meta.url));

/** Migrates a database and makes an org and a connection in it. */
export async function setUpTenant(address: DatabaseAddress): Promise<Tenant> {
  const database = openDatabase(address);
  try {
    await migrate(database.db);
    const door = { db: database.db, now: Date.now, secret: Buffer.alloc(32) };
    const asked = { actor: { kind: 'operator', id: 'bench' }, requestId: 'bench' } as const;
    const org = await setUpOrg(door, {
      ...asked,
      name: 'Larkspur Foundry',
      ownerEmail: 'ada@larkspur.example',
    });
    const request = {
      ...asked,
      orgId: org.id,
      kind: 'other',
      mode: 'tolerant',
      name: 'Bench',
      tokenDays: null,
    } as const;
    const { connection, token } = await createConnection(door, request);
    return { orgId: org.id, connectionId: connection.id, token };
  } finally {
    await database.close();
  }
}

/** The directory of so many members, from the cache or made for it; not to be written to. */
export async function cachedDirectory(members: number): Promise<Directory> {
  const name = `${members}-${fingerprint()}`;
  const dataDir = join(cacheFolder, name);
  const described = join(dataDir, 'directory.json');
  if (!existsSync(described)) {
    forgetOld(members);
    const draft = join(cacheFolder, `.draft-${process.pid}-${name}`);
    mkdirSync(draft, { recursive: true });
    const began = performance.now();
    const file = join(draft, 'rollcall.db');
    const tenant = await setUpTenant({ file });
    const crowds = seedMembers(file, tenant, members);
    writeFileSync(join(draft, 'directory.json'), JSON.stringify({ ...tenant, members, crowds }));
    renameSync(draft, dataDir);
    if (members >= 10_000)
      console.log(`(made ${members} members in ${Math.round((performance.now() - began) / 1000)} s)`);
  }
  return { ...(JSON.parse(readFileSync(described, 'utf8')) as Omit<Directory, 'dataDir'>), dataDir };
}

/** Runs `work` on a copy of a cached directory, which is deleted afterwards. */
export async function withDirectory<Result>(
  members: number,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const cached = await cachedDirectory(members);
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  try {
    cpSync(cached.dataDir, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
    return await work({ ...cached, dataDir });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Changes with whatever the cached rows are made by. */
function fingerprint(): string {
  const migrations = join(root, 'server/db/migrations');
  const sources = [
    ...readdirSync(migrations)
      .sort()
      .map((name) => join(migrations, name)),
    join(root, 'bench/seed.ts'),
    join(root, 'bench/people.ts'),
  ];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 12);
}

/** What earlier sources made of this size, and what an interrupted run left behind. */
function forgetOld(members: number): void {
  mkdirSync(cacheFolder, { recursive: true });
  for (const name of readdirSync(cacheFolder)) {
    if (name.startsWith(`${members}-`) || name.startsWith('.draft-'))
      rmSync(join(cacheFolder, name), { recursive: true });
  }
}
