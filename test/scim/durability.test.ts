import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseUrlOf } from '../../server/provisioning/connection-address.ts';
import { type Directory, type Entrance, openDirectory } from '../helpers/directory.ts';
import { databases, patient, scimClient } from '../helpers/scim-server.ts';
import { buildServer, type ServerProcess, startServerProcess } from '../helpers/server-process.ts';

const kills = 20;
const clients = 4;

beforeAll(buildServer);

describe.each(databases)(
  'a server on %s',
  (database) => {
    let directory: Directory;
    let connection: Entrance;
    beforeAll(async () => {
      directory = await openDirectory(database);
      connection = await directory.connect('Our Okta');
    });
    afterAll(() => directory.close());

    test(`killed ${kills} times by SIGKILL keeps every person it acknowledged, and none by half`, async () => {
      const acknowledged = new Map<string, Acknowledged>();
      let server: ServerProcess | undefined;
      for (let kill = 0; kill < kills; kill++) {
        server = await startServerProcess(directory.env);
        const enough = waitFor((kill % 7) * clients + 1);
        const work = Array.from({ length: clients }, (_, client) =>
          keepProvisioning(server?.url ?? '', `${kill}-${client}`, enough.count),
        );
        await Promise.race([enough.reached, Promise.all(work)]);
        await server.kill('SIGKILL');
        await Promise.all(work);
      }
      expect(acknowledged.size).toBeGreaterThanOrEqual(kills);
      server = await startServerProcess(directory.env);
      try {
        await checkEveryoneIsThere(server, acknowledged);
      } finally {
        await server.kill('SIGTERM');
      }
      await checkNobodyIsThereByHalf();

      /** One client: creates people, and changes every other one, until the server is gone. */
      async function keepProvisioning(url: string, run: string, count: () => void): Promise<void> {
        const scim = patient(scimClient(baseUrlOf(url, connection.connectionId), connection.token));
        try {
          for (let n = 0; ; n++) {
            const userName = `run-${run}-${n}@kill.example`;
            const emails = [
              { value: userName, primary: true },
              { value: `second-${userName}`, type: 'home' },
            ];
            const created = await scim('POST', '/Users', { userName, emails });
            expect(created.status, created.text).toBe(201);
            acknowledged.set(created.body.id, { userName, version: 1 });
            if (n % 2 === 1) {
              const value = emails.slice(0, 1);
              const changed = await scim('PATCH', `/Users/${created.body.id}`, {
                Operations: [{ op: 'replace', value: { active: false, emails: value } }],
              });
              expect(changed.status, changed.text).toBe(200);
              acknowledged.set(created.body.id, { userName, version: 2 });
            }
            count();
          }
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      }
    });

    async function checkEveryoneIsThere(
      server: ServerProcess,
      acknowledged: ReadonlyMap<string, Acknowledged>,
    ) {
      const rows = await directory.db.selectFrom('members').select(['id', 'user_name', 'version']).execute();
      const there = new Map(rows.map((row) => [row.id, row]));
      for (const [id, { userName, version }] of acknowledged) {
        expect(there.get(id)?.user_name).toBe(userName);
        expect(there.get(id)?.version).toBeGreaterThanOrEqual(version);
      }
      const scim = scimClient(baseUrlOf(server.url, connection.connectionId), connection.token);
      const { body } = await scim('GET', '/Users?count=0');
      expect(body.totalResults).toBe(rows.length);
    }

    /** Addresses, events, audit and tally tell of exactly the people who are there, as they are. */
    async function checkNobodyIsThereByHalf() {
      const { db, orgId } = directory;
      const members = await db.selectFrom('members').selectAll().where('org_id', '=', orgId).execute();
      const emails = group(
        await db.selectFrom('member_emails').selectAll().execute(),
        (row) => row.member_id,
      );
      const events = group(
        await db
          .selectFrom('events')
          .selectAll()
          .where('subject_kind', '=', 'member')
          .orderBy('seq')
          .execute(),
        (row) => row.subject_id,
      );
      const audit = group(
        await db
          .selectFrom('audit')
          .selectAll()
          .where('subject_kind', '=', 'member')
          .orderBy('seq')
          .execute(),
        (row) => row.subject_id,
      );
      const ids = new Set(members.map(({ id }) => id));
      for (const rows of [emails, events, audit]) expect(new Set(rows.keys())).toEqual(ids);
      for (const member of members) {
        const stored = JSON.parse(member.attributes) as { emails: readonly { value: string }[] };
        expect(new Set(emails.get(member.id)?.map((row) => row.email_norm))).toEqual(
          new Set(stored.emails.map(({ value }) => value)),
        );
        const changed = member.version === 2;
        expect(member.active).toBe(changed ? 0 : 1);
        expect(events.get(member.id)?.map(({ type }) => type)).toEqual([
          'member.added',
          ...(changed ? ['member.deactivated', 'member.updated'] : []),
        ]);
        expect(audit.get(member.id)?.map(({ action }) => action)).toEqual([
          'member.added',
          ...(changed ? ['member.deactivated'] : []),
        ]);
      }
      const tally = await db.selectFrom('member_tally').selectAll().where('n', '<>', 0).execute();
      const counted: Record<string, number> = {};
      for (const { status, n } of tally) counted[status] = (counted[status] ?? 0) + n;
      const real: Record<string, number> = {};
      for (const { status } of members) real[status] = (real[status] ?? 0) + 1;
      expect(counted).toEqual(real);
    }
  },
  120_000,
);

interface Acknowledged {
  readonly userName: string;
  readonly version: number;
}

/** A promise that is kept once something has been counted so many times. */
function waitFor(times: number): { readonly reached: Promise<void>; readonly count: () => void } {
  let left = times;
  let reach: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return {
    reached,
    count: () => {
      left -= 1;
      if (left === 0) reach();
    },
  };
}

function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
