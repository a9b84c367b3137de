import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../../server/db/database.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { followRecords } from '../../../server/provisioning/follow-records.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 20_000 });

/** Another process's way into the same database: it hears of no commit but by the bell and by looking. */
function openElsewhere({ env }: Directory): Database {
  const url = env.DATABASE_URL;
  return openDatabase(url === undefined ? { file: `${env.ROLLCALL_DATA_DIR}/rollcall.db` } : { url });
}

interface Following {
  readonly names: string[];
  readonly places: number[];
  end(): Promise<void>;
}

/** Follows the records of the org and notes the request ids that come. */
function follow(database: Database, orgId: string, from: { readonly after?: number } = {}): Following {
  const stop = new AbortController();
  const [names, places]: [string[], number[]] = [[], []];
  const done = (async () => {
    for await (const { place, record } of followRecords(database, orgId, { ...from, signal: stop.signal })) {
      names.push(record.requestId);
      places.push(place);
    }
  })();
  return {
    names,
    places,
    end: () => {
      stop.abort();
      return done;
    },
  };
}

describe.each(databases)('following provisioning records, on %s', (name) => {
  let directory: Directory;
  let following: Following[];
  beforeEach(async () => {
    directory = await openDirectory(name);
    following = [];
  });
  afterEach(async () => {
    await Promise.all(following.map(({ end }) => end()));
    await directory.close();
  });

  const write = (names: readonly string[], connectionId = 'okta', { db, orgId } = directory) =>
    writeRecords(
      db,
      names.map((requestId) =>
        writtenRecord({ orgId, connectionId, at: directory.clock.now }, { requestId }),
      ),
    );
  const started = (...args: Parameters<typeof follow>) => {
    const one = follow(...args);
    following.push(one);
    return one;
  };
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `request ${from + index}`);

  test('gives what is written from any place on, far behind or not, each once and in order', async () => {
    await write(numbered(1, 700));
    const all = started(directory.database, directory.orgId, { after: 0 });
    await eventually(() => expect(all.names).toHaveLength(700));
    await write(numbered(701, 710));
    await eventually(() => expect(all.names).toEqual(numbered(1, 710)));
    const rest = started(directory.database, directory.orgId, { after: all.places[699] ?? 0 });
    await eventually(() => expect(rest.names).toEqual(numbered(701, 710)));
  });

  test('gives nothing of another org', async () => {
    const other = await directory.found('Tern Optics');
    await write(['theirs'], 'okta', other);
    await write(['entra’s'], 'entra');
    await write(['ours']);
    const org = started(directory.database, directory.orgId, { after: 0 });
    const foreign = started(directory.database, other.orgId, { after: 0 });
    await eventually(() => expect(org.names).toEqual(['entra’s', 'ours']));
    await write(['last'], 'entra', other);
    await eventually(() => expect(foreign.names).toEqual(['theirs', 'last']));
  });

  test('from a place that was never reached, begins with what comes now', async () => {
    await write(['before']);
    const followed = started(directory.database, directory.orgId, { after: 1_000_000 });
    const now = started(directory.database, directory.orgId, { after: 0 });
    await eventually(() => expect(now.names).toEqual(['before']));
    await write(['now']);
    await eventually(() => expect(followed.names).toEqual(['now']));
  });

  test('hears of what another process writes', async () => {
    const elsewhere = openElsewhere(directory);
    const here = started(directory.database, directory.orgId, { after: 0 });
    await write(['here']);
    await eventually(() => expect(here.names).toEqual(['here']));
    await write(['there'], 'okta', { ...directory, db: elsewhere.db });
    await eventually(() => expect(here.names).toEqual(['here', 'there']));
    await elsewhere.close();
  });
});

describe('numbers that PostgreSQL gave before their commit', () => {
  let directory: Directory;
  let client: pg.Client;
  beforeEach(async () => {
    directory = await openDirectory('postgres');
    client = new pg.Client({ connectionString: directory.env.DATABASE_URL });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await directory.close();
  });

  const write = (requestId: string) =>
    writeRecords(directory.db, [
      writtenRecord({ orgId: directory.orgId, connectionId: 'okta', at: directory.clock.now }, { requestId }),
    ]);
  const takeNumber = async (requestId: string) => {
    await client.query('begin');
    await client.query(
      `insert into provisioning_records (org_id, connection_id, request_id, at, method, path, query, status, outcome,
         client, quirks, changed, duration_us)
       values ($1, 'entra', $2, 1, 'GET', '/', '', 200, '', '', '[]', '[]', 1)`,
      [directory.orgId, requestId],
    );
  };

  test('come late, hold up nobody, and no place is given before them twice', async () => {
    const followed = follow(directory.database, directory.orgId, { after: 0 });
    await write('first');
    await eventually(() => expect(followed.names).toEqual(['first']));
    await takeNumber('early');
    await write('late');
    await eventually(() => expect(followed.names).toEqual(['first', 'late']));
    await client.query('commit');
    await eventually(() => expect(followed.names).toEqual(['first', 'late', 'early']));
    expect(followed.places[2]).toBe(followed.places[1]);
    await write('last');
    await eventually(() => expect(followed.names).toEqual(['first', 'late', 'early', 'last']));
    await followed.end();
  });

  test('are waited for no longer than they may come', async () => {
    const followed = follow(directory.database, directory.orgId, { after: 0 });
    await takeNumber('never');
    await write('late');
    await eventually(() => expect(followed.names).toEqual(['late']));
    await client.query('rollback');
    for (const name of ['one', 'two', 'three']) await write(name);
    await eventually(() => expect(followed.names).toEqual(['late', 'one', 'two', 'three']));
    await followed.end();
  });
});
