// Weeks of two companies, minute by minute: what the directory holds, what was found and when, and that nothing grows
// without end.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import type { createLog } from '../../server/core/log.ts';
import { retentionJob } from '../../server/provisioning/retention.ts';
import { cycleLength } from './entra-job.ts';
import { faults } from './faults.ts';
import { type LongRun, openLongRun } from './long-run.ts';
import { day, hour, minute } from './simulated-time.ts';

const written = vi.hoisted(() => [] as string[]);

// The server's own log, with all it writes kept.
vi.mock('../../server/core/log.ts', async (original) => {
  const log = await original<{ createLog: typeof createLog }>();
  const write = (line: string) => void written.push(line);
  return { ...log, createLog: (level: string) => log.createLog(level, { write }) };
});

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  expect(written).toEqual([]);
});

/** What admins do at a time, in milliseconds after the beginning. */
interface Deed {
  readonly at: number;
  do(): Promise<void> | void;
}

/**
 * Lets life go on for so many days. In most of Entra's cycles there is nothing to send; in the hours before the times of
 * `busy` there is something in each, so that its rhythm shows.
 */
async function play(
  { okta, entra, pass }: LongRun,
  days: number,
  { deeds, busy }: { readonly deeds: readonly Deed[]; readonly busy: readonly number[] },
): Promise<void> {
  for (let turn = 0; turn * cycleLength < days * day; turn++) {
    const now = turn * cycleLength;
    for (const deed of deeds.filter(({ at }) => at >= now && at < now + cycleLength)) await deed.do();
    const isBusy = busy.some((until) => now < until && now >= until - 4 * hour);
    for (const { life } of turn % 3 === 0 ? [okta, entra] : []) life.goOn();
    for (let more = isBusy ? 2 : 0; more > 0; more--) entra.life.goOn();
    await pass(cycleLength);
  }
}

/** Whoever is hired is provisioned; the first cycle of Entra's is an initial one. */
async function found({ okta, entra, pass }: LongRun, size: number): Promise<void> {
  for (const { life } of [okta, entra]) life.found(size);
  entra.idp.start();
  await pass(minute);
  for (const { idp } of [okta, entra]) expect(idp.truth().people).toHaveLength(size);
  await expectTruth({ okta, entra });
}

async function expectTruth({ okta, entra }: Pick<LongRun, 'okta' | 'entra'>): Promise<void> {
  for (const { idp, directory } of [okta, entra]) expect(await directory()).toEqual(idp.truth());
}

const unplug = ({ okta, entra }: LongRun) => {
  for (const { idp } of [okta, entra]) idp.breakWith(faults.unplugged);
};
const plugIn = ({ okta, entra }: LongRun) => {
  for (const { idp } of [okta, entra]) idp.mend(faults.unplugged);
};

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const megabyte = 2 ** 20;

test('thirty days of two thousand people', { timeout: 580_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  open.push({ close: () => rmSync(folder, { recursive: true }) });
  const fileSize = () => statSync(join(folder, 'rollcall.db')).size;
  const run = await openLongRun('sqlite', {
    oktaTokenDays: 20,
    entraTokenDays: 22,
    retention: { provisioningRecordDays: 7, removedPeopleDays: 7, auditDays: 90, eventDays: 90 },
    env: { ROLLCALL_DATA_DIR: folder },
  });
  open.push(run);
  const { okta, entra, server } = run;
  await found(run, 1000);

  let token = '';
  const sizes: number[] = [];
  const deeds: readonly Deed[] = [
    { at: 10 * day, do: () => void sizes.push(fileSize(), heapInUse()) },
    {
      at: 14 * day,
      do: async () => {
        token = await okta.rotate(2);
      },
    },
    { at: 15 * day, do: () => okta.idp.configure({ token: `Bearer ${token}` }) },
    {
      at: 15 * day + 4 * hour,
      do: () => {
        okta.idp.configure({ token });
        okta.idp.retryTasks();
      },
    },
    { at: 18 * day, do: () => unplug(run) },
    { at: 18 * day + 5 * hour, do: () => plugIn(run) },
    {
      at: 22 * day + 8 * hour,
      do: async () => {
        expect(entra.idp.job.quarantine()).toMatchObject({ reason: 'credentials' });
        entra.idp.configure({ secretToken: await entra.rotate(2) });
        entra.idp.restart();
      },
    },
  ];
  await play(run, 30, { deeds, busy: [18 * day, 22 * day] });
  await run.pass(day);
  await expectTruth(run);
  for (const { life } of [okta, entra]) expect(Math.min(...Object.values(life.happened))).toBeGreaterThan(0);
  expect(okta.idp.tasks()).toEqual([]);
  expect(entra.idp.job.escrows().size).toBe(0);

  expect(await okta.told()).toEqual([
    'day 13: opened token.expiring',
    'day 14: cleared token.expiring',
    'day 15: opened token.bearer_twice',
    'day 15: cleared token.bearer_twice',
  ]);
  expect(await entra.told()).toEqual([
    'day 15: opened token.expiring',
    'day 18: opened silence.entra_quiet',
    'day 18: cleared silence.entra_quiet',
    'day 22: opened token.none_live',
    'day 22: cleared token.expiring',
    'day 22: opened silence.entra_quarantine',
    'day 22: cleared token.none_live',
    'day 22: cleared silence.entra_quarantine',
  ]);

  const { db } = server.deps.database;
  const { clock } = server;
  await server.deps.provisioningLog.flush();
  for (const { idp, connectionId } of [okta, entra]) {
    const times = await db
      .selectFrom('provisioning_records')
      .select('at')
      .where('connection_id', '=', connectionId)
      // The rest is this test's own reading of the directory.
      .where('client', '!=', 'other:node')
      .orderBy('seq')
      .execute();
    const oldest = times[0]?.at ?? 0;
    expect(oldest).toBeGreaterThan(clock.now - 7 * day - hour);
    expect(times).toHaveLength(idp.sent.filter(({ at, status }) => status > 0 && at >= oldest).length);
    const tally = await db
      .selectFrom('provisioning_tally')
      .select('stretch')
      .where('connection_id', '=', connectionId)
      .orderBy('stretch')
      .execute();
    expect(tally[0]?.stretch).toBeGreaterThan(clock.now - 7 * day - 2 * hour);
  }
  const [sizeThen = 0, heapThen = 0] = sizes;
  expect(fileSize()).toBeLessThan(sizeThen + 6 * megabyte);
  expect(heapInUse()).toBeLessThan(heapThen + 32 * megabyte);

  clock.now += 91 * day;
  await retentionJob(server.deps).run();
  for (const table of ['provisioning_records', 'provisioning_tally', 'member_events', 'departures'] as const)
    expect(await db.selectFrom(table).select('org_id').execute(), table).toEqual([]);
  const events = await db
    .selectFrom('events')
    .select('type')
    .distinct()
    .where('org_id', 'in', [okta.orgId, entra.orgId])
    .execute();
  expect(events.map(({ type }) => type).sort()).toEqual(['org.audit_trimmed']);
});

test('three days of a hundred people, on postgres', { timeout: 300_000 }, async () => {
  const run = await openLongRun('postgres', { oktaTokenDays: 2, entraTokenDays: 365 });
  open.push(run);
  const { okta, entra } = run;
  await found(run, 50);
  let token = '';
  const deeds: readonly Deed[] = [
    {
      at: day + 6 * hour,
      do: async () => {
        token = await okta.rotate(1);
      },
    },
    { at: day + 12 * hour, do: () => okta.idp.configure({ token }) },
    { at: 2 * day, do: () => unplug(run) },
    { at: 2 * day + 5 * hour, do: () => plugIn(run) },
  ];
  await play(run, 3, { deeds, busy: [2 * day] });
  await expectTruth(run);
  expect(await okta.told()).toEqual(['day 1: opened token.expiring', 'day 1: cleared token.expiring']);
  expect(await entra.told()).toEqual([
    'day 2: opened silence.entra_quiet',
    'day 2: cleared silence.entra_quiet',
  ]);
});
