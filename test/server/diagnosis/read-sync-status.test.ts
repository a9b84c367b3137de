import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAttention } from '../../../server/diagnosis/read-attention.ts';
import { readSyncStatus } from '../../../server/diagnosis/read-sync-status.ts';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { inviteAddresses } from '../../../server/invitations/invite-members.ts';
import { createConnection, revokeToken } from '../../../server/provisioning/change-connection.ts';
import type { ProvisioningRecord } from '../../../server/provisioning/provisioning-record-store.ts';
import { recordsBetween } from '../../../server/provisioning/record-feed-store.ts';
import { newestRefusals } from '../../../server/provisioning/refusal-store.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const minute = 60_000;
const hour = 60 * minute;
const wrongToken = { status: 401, outcome: 'refused: unknown', client: 'okta' } as const;
const created = { method: 'POST', status: 201, outcome: 'created' } as const;

describe.each(databases)('how provisioning stands, on %s', (name) => {
  let directory: Directory;
  beforeEach(async () => {
    directory = await openDirectory(name);
  });
  afterEach(() => directory.close());

  const deps = () => ({ database: directory.database, now: directory.deps.now });
  const status = () => readSyncStatus(deps(), directory.orgId);
  const connect = async (kind: ConnectionKind, tokenDays: number | null = null) => {
    const request = { ...operator, orgId: directory.orgId, kind, mode: 'tolerant', tokenDays } as const;
    return (await createConnection(directory.deps, { ...request, name: `Our ${kind}` })).connection.id;
  };
  /** Records of a connection, each so many milliseconds before now. */
  const sent = (
    connectionId: string,
    ...records: readonly (readonly [number, Partial<ProvisioningRecord>?])[]
  ) =>
    writeRecords(
      directory.db,
      records.map(([ago, changes]) =>
        writtenRecord(
          { orgId: directory.orgId, connectionId, at: directory.clock.now - ago },
          { outcome: 'found 1 of 1', ...changes },
        ),
      ),
    );

  test('an org without a connection waits, and so does a connection that nobody has called', async () => {
    expect(await status()).toEqual({ state: 'waiting', connections: [] });
    await connect('okta');
    const { state, connections } = await status();
    expect(state).toBe('waiting');
    expect(connections).toMatchObject([
      {
        kind: 'okta',
        name: 'Our okta',
        state: 'waiting',
        sentence: 'Nothing has arrived yet.',
        lastContactAt: null,
        lastWriteAt: null,
        nextExpectedAt: null,
        people: 0,
        groups: 0,
        findings: [],
      },
    ]);
  });

  test('Okta that was let in is healthy, keeps no rhythm, and may be quiet for as long as it likes', async () => {
    const id = await connect('okta');
    const { now } = directory.clock;
    await sent(id, [20 * minute, created], [4 * minute]);
    const healthy = {
      state: 'healthy',
      sentence: 'Okta is healthy.',
      lastContactAt: now - 4 * minute,
      lastWriteAt: now - 20 * minute,
      nextExpectedAt: null,
      expectation: 'Okta sends changes as they happen.',
    };
    expect((await status()).connections).toMatchObject([healthy]);
    directory.clock.now += 20 * 24 * hour;
    expect((await status()).connections).toMatchObject([healthy]);
  });

  test('what blocks needs attention, until a request is accepted again', async () => {
    const id = await connect('okta');
    await sent(id, [2 * minute, wrongToken]);
    expect(await status()).toMatchObject({
      state: 'attention',
      connections: [
        { state: 'attention', sentence: 'Okta needs your attention.', findings: [{ rule: 'token.unknown' }] },
      ],
    });
    await sent(id, [minute]);
    expect(await status()).toMatchObject({ state: 'healthy', connections: [{ findings: [] }] });
  });

  test('a connection whose last token was revoked is paused; one whose token ran out needs attention', async () => {
    const paused = await connect('okta');
    const ended = await connect('entra', 1);
    await sent(paused, [minute]);
    await sent(ended, [minute]);
    const { connections } = await status();
    expect(connections.map(({ state }) => state)).toEqual(['healthy', 'healthy']);
    const { id: tokenId } = await directory.db
      .selectFrom('connection_tokens')
      .select('id')
      .where('connection_id', '=', paused)
      .executeTakeFirstOrThrow();
    await revokeToken(directory.deps, { ...operator, orgId: directory.orgId, connectionId: paused, tokenId });
    directory.clock.now += 25 * hour;
    const later = await status();
    expect(later.connections).toMatchObject([
      { state: 'paused', sentence: 'Okta is paused: its tokens are revoked.', nextExpectedAt: null },
      { state: 'attention', findings: [{ rule: 'token.none_live' }] },
    ]);
    expect(later.state).toBe('attention');
  });

  test('Entra is expected every 40 minutes, asked after when it is quiet, and in quarantine when tries fail hours apart', async () => {
    const id = await connect('entra');
    const { now } = directory.clock;
    await sent(id, [120 * minute, created], [80 * minute], [40 * minute], [0]);
    expect((await status()).connections).toMatchObject([
      {
        state: 'healthy',
        nextExpectedAt: now + 40 * minute,
        expectation: 'Entra calls about every 40 minutes.',
        changeTime: { withinMs: null, sentence: 'How soon changes show is not known yet.' },
      },
    ]);
    directory.clock.now = now + 3 * hour;
    expect(await status()).toMatchObject({
      state: 'silent',
      connections: [{ sentence: 'Entra has gone quiet. Is provisioning still on?' }],
    });
    directory.clock.now = now + 7 * hour;
    await sent(id, [6 * hour + 20 * minute, wrongToken], [20 * minute, wrongToken]);
    expect(await status()).toMatchObject({
      state: 'quarantine',
      connections: [
        {
          sentence: 'Entra has probably put provisioning into quarantine.',
          nextExpectedAt: now + 40 * minute + 12 * hour,
          findings: [{ rule: 'token.unknown', count: 2 }, { rule: 'silence.entra_quarantine' }],
        },
      ],
    });
  });

  test('the last 24 hours are counted in half hours, of which the last one is now', async () => {
    const id = await connect('okta');
    const search = { method: 'POST', path: '/scim/v2/Users/.search' };
    await sent(id, [25 * hour, created], [23 * hour + 50 * minute, created]);
    await sent(
      id,
      [minute, created],
      [minute, search],
      [0, { status: 404 }],
      [0, { ...created, status: 409 }],
    );
    await sent(id, [31 * minute]);
    const { activity } = (await status()).connections[0] ?? {};
    expect(activity).toMatchObject({ stretchMs: 30 * minute });
    expect((activity?.from ?? 0) + 24 * hour).toBe(directory.clock.now + 5 * minute);
    expect([activity?.writes.length, activity?.errors.length]).toEqual([48, 48]);
    const at = (index: number) => [activity?.writes.at(index), activity?.errors.at(index)];
    expect([at(0), at(-2), at(-1)]).toEqual([
      [1, 0],
      [0, 0],
      [1, 2],
    ]);
    expect(activity?.writes.reduce((sum, n) => sum + n)).toBe(2);
  });

  test('how soon changes show is measured by what came', async () => {
    const [okta, entra] = [await connect('okta'), await connect('entra')];
    const changes = Array.from(
      { length: 12 },
      (_, n) => [n * minute, { ...created, durationUs: 230_000 }] as const,
    );
    await sent(okta, ...changes);
    const cycles = Array.from({ length: 12 }, (_, n) => [(11 - n) * 40 * minute, created] as const);
    await sent(entra, ...cycles);
    expect((await status()).connections.map(({ changeTime }) => changeTime)).toMatchObject([
      { withinMs: 230, usuallyMs: 230 },
      { withinMs: 40 * minute, usuallyMs: 40 * minute },
    ]);
  });

  test('a contact whose records are gone is known by the token', async () => {
    const id = await connect('okta');
    const usedAt = directory.clock.now;
    await directory.db
      .updateTable('connection_tokens')
      .set({ last_used_at: usedAt })
      .where('connection_id', '=', id)
      .execute();
    expect((await status()).connections).toMatchObject([{ state: 'healthy', lastContactAt: usedAt }]);
  });

  test('nothing of another org counts', async () => {
    const other = await directory.found('Tern Optics');
    const theirs = await other.connect('Theirs');
    await writeRecords(directory.db, [
      writtenRecord(
        { orgId: other.orgId, connectionId: theirs.connectionId, at: other.clock.now },
        wrongToken,
      ),
    ]);
    await connect('okta');
    expect(await status()).toMatchObject({
      state: 'waiting',
      connections: [{ name: 'Our okta', findings: [] }],
    });
    expect(await readAttention(deps(), directory.orgId)).toMatchObject({ findings: 0, serious: [] });
  });

  test('attention counts who is pending, what was found and what is held, and lists what is serious', async () => {
    const asked = { ...operator, orgId: directory.orgId };
    expect(await readAttention(deps(), directory.orgId)).toEqual({
      pending: 0,
      findings: 0,
      holds: 0,
      serious: [],
    });
    const addresses = ['noor', 'ines'].map((one) => ({
      address: `${one}@larkspur.example`,
      role: 'member' as const,
    }));
    await inviteAddresses(directory.deps, asked, addresses, ['member']);
    const expiring = await connect('entra', 90);
    directory.clock.now += 70 * 24 * hour;
    const entrance = await directory.connect('Workday');
    await changeOrg(directory.deps, asked, { removalThreshold: { people: 0, percent: 0 } });
    const { member } = await entrance.apply({
      kind: 'provision-member',
      attributes: { userName: 'rufus@larkspur.example' },
    });
    await entrance.apply({ kind: 'remove-member', id: member.id, isExpected: () => true });
    directory.clock.now += minute;
    await sent(expiring, [0, wrongToken]);
    const { id: holdId } = await directory.db.selectFrom('holds').select('id').executeTakeFirstOrThrow();
    expect(await readAttention(deps(), directory.orgId)).toEqual({
      pending: 2,
      findings: 2,
      holds: 1,
      serious: [
        {
          id: `token.unknown:${expiring}`,
          kind: 'finding',
          sentence: 'Entra signs in with a token that is not known here.',
          connectionId: expiring,
          stepId: 'credentials',
          at: directory.clock.now,
        },
        {
          id: holdId,
          kind: 'hold',
          sentence: 'Workday took away 1 person. Approve it, or bring them back.',
          connectionId: entrance.connectionId,
          stepId: null,
          at: directory.clock.now - minute,
        },
      ],
    });
  });
});

test('refusals are looked up by their own index, and new records at the end of the table', async () => {
  const directory = await openDirectory('sqlite');
  const statements = watchStatements();
  await newestRefusals(directory.db, directory.orgId, 'c', 10);
  await recordsBetween(directory.db, directory.orgId, { after: 0, upTo: 10, limit: 10 });
  const plans: string[] = [];
  for (const text of statements()) {
    const plan = await sql<{
      detail: string;
    }>`explain query plan ${sql.raw(text.replaceAll('?', "'1'"))}`.execute(directory.db);
    plans.push(plan.rows.map(({ detail }) => detail).join('; '));
  }
  expect(plans).toEqual([
    expect.stringMatching(/USING INDEX provisioning_records_refused \(org_id=\? AND connection_id=\?\)$/),
    expect.stringMatching(/USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)$/),
  ]);
  await directory.close();
});
