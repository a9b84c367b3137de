// A directory without HTTP, for tests of what stands behind the one door: a database of its own with one org in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeDeps } from '../../server/audit/change-context.ts';
import type { Database, Db } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open-database.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import {
  applyDirectoryChange,
  type ChangeSource,
  type DirectoryChange,
  type DirectoryOutcome,
} from '../../server/provisioning/apply-directory-change.ts';
import { createConnection } from '../../server/provisioning/change-connection.ts';
import { migratedPostgresUrl } from './postgres.ts';
import { type DatabaseName, operator, startOfTime } from './scim-server.ts';

/** The key that tests seal with. */
export const testSecret = Buffer.from('a secret of thirty-two characters');

/** One connection's way in. */
export interface Entrance {
  readonly connectionId: string;
  readonly token: string;
  readonly source: ChangeSource;
  /** Carries a change out as this connection. */
  apply<Change extends DirectoryChange>(change: Change): Promise<DirectoryOutcome<Change['kind']>>;
}

export interface Directory {
  readonly database: Database;
  readonly db: Db;
  /** The variables that make a server of its own process serve this very database. */
  readonly env: Readonly<Record<string, string>>;
  readonly orgId: string;
  readonly ownerId: string;
  /** Unix milliseconds; stands still by itself. */
  readonly clock: { now: number };
  readonly deps: ChangeDeps;
  /** The org's own way in, which manages nobody. */
  readonly byHand: Omit<Entrance, 'connectionId' | 'token'>;
  connect(name: string): Promise<Entrance>;
  /** Another org of the same database. */
  found(name: string): Promise<Directory>;
  close(): Promise<void>;
}

export const anyVersion = () => true;

/** Makes the database and its first org, "Larkspur Foundry", whose owner is ada@larkspur.example. */
export async function openDirectory(name: DatabaseName): Promise<Directory> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const url = name === 'postgres' ? await migratedPostgresUrl() : undefined;
  const database = openDatabase(url === undefined ? { file: join(folder, 'rollcall.db') } : { url });
  const env = { ROLLCALL_DATA_DIR: folder, ...(url !== undefined && { DATABASE_URL: url }) };
  await migrate(database.db);
  const close = async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  };
  return foundOrg({ database, env, close }, 'Larkspur Foundry');
}

type Opened = Pick<Directory, 'database' | 'env' | 'close'>;

async function foundOrg(opened: Opened, name: string): Promise<Directory> {
  const { db } = opened.database;
  const clock = { now: startOfTime };
  const deps = { db, now: () => clock.now, secret: testSecret };
  const { id: orgId } = await setUpOrg(deps, { ...operator, name, ownerEmail: 'ada@larkspur.example' });
  const owner = await db
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow();
  const enter = (source: ChangeSource) => ({
    source,
    apply: <Change extends DirectoryChange>(change: Change) => applyDirectoryChange(deps, source, change),
  });
  return {
    ...opened,
    db,
    orgId,
    ownerId: owner.id,
    clock,
    deps,
    byHand: enter({ ...operator, orgId, connectionId: null }),
    connect: async (connectionName) => {
      const request = { ...operator, orgId, kind: 'other', mode: 'tolerant', tokenDays: null } as const;
      const { connection, token } = await createConnection(deps, { ...request, name: connectionName });
      const actor = { kind: 'connection', id: connection.id } as const;
      const requestId = `request of ${connectionName}`;
      return {
        connectionId: connection.id,
        token,
        ...enter({ orgId, actor, connectionId: connection.id, requestId }),
      };
    },
    found: (other) => foundOrg({ ...opened, close: async () => {} }, other),
  };
}
