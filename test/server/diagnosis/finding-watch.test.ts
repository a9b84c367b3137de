// Findings that nobody asks for: after evidence, and when time alone changes something. The timers move by hand.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Timers } from '../../../server/core/scheduler.ts';
import { type FindingWatch, watchFindings } from '../../../server/diagnosis/finding-watch.ts';
import { createConnection } from '../../../server/provisioning/change-connection.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';

const minute = 60_000;
const patience = { timeout: 15_000, interval: 20 };

/** Timers that ring when told to; those of other watches as well. */
function handTimers(): Timers & { ring(): void; sleeps(): readonly number[] } {
  const waiting = new Map<() => void, number>();
  return {
    after(ms, callback) {
      waiting.set(callback, ms);
      return () => void waiting.delete(callback);
    },
    ring() {
      for (const callback of [...waiting.keys()]) {
        waiting.delete(callback);
        callback();
      }
    },
    sleeps: () => [...waiting.values()],
  };
}

describe.each(databases)('findings come by themselves, on %s', (name) => {
  let directory: Directory;
  let watches: FindingWatch[];
  let timers: ReturnType<typeof handTimers>;
  const errors: unknown[] = [];
  beforeEach(async () => {
    directory = await openDirectory(name);
    timers = handTimers();
    watches = [];
    errors.length = 0;
  });
  afterEach(async () => {
    for (const watch of watches) await watch.stop();
    await directory.close();
    expect(errors).toEqual([]);
  });

  const watch = () => {
    const log = { error: (details: unknown) => void errors.push(details) };
    watches.push(watchFindings({ database: directory.database, now: directory.deps.now, log, timers }));
  };
  const connect = async () => {
    const request = { ...operator, orgId: directory.orgId, mode: 'tolerant', tokenDays: null } as const;
    const made = await createConnection(directory.deps, { ...request, kind: 'okta', name: 'Our Okta' });
    return made.connection.id;
  };
  const told = async () => {
    const rows = await directory.db.selectFrom('events').select(['type', 'data']).orderBy('seq').execute();
    return rows
      .filter(({ type }) => type.startsWith('finding.'))
      .map(({ type, data }) => `${type} ${JSON.parse(data).findingId.split(':')[0]}`);
  };
  /** Lets whatever is due happen until the history of findings is as expected. */
  const tells = (expected: readonly string[]) =>
    vi.waitFor(async () => {
      timers.ring();
      expect(await told()).toEqual(expected);
    }, patience);
  const nextLook = async () =>
    (await directory.db.selectFrom('finding_looks').select('next_look_at').executeTakeFirst())?.next_look_at;

  test('after a refused request, and when it has been right for a while', async () => {
    const connectionId = await connect();
    watch();
    const at = directory.clock.now;
    const about = { orgId: directory.orgId, connectionId };
    const wrong = { status: 401, outcome: 'refused: unknown' } as const;
    await writeRecords(directory.db, [writtenRecord({ ...about, at }, wrong)]);
    await tells(['finding.opened token.unknown']);
    await writeRecords(directory.db, [writtenRecord({ ...about, at: at + 1 }, { outcome: 'found 1 of 1' })]);
    await vi.waitFor(async () => {
      timers.ring();
      expect(await nextLook()).toBe(at + 10 * minute);
    }, patience);
    directory.clock.now += 10 * minute;
    await tells(['finding.opened token.unknown', 'finding.cleared token.unknown']);
  });

  test('when nothing arrives, at the minute, and once by two processes', async () => {
    const made = directory.clock.now;
    await connect();
    watch();
    watch();
    await vi.waitFor(async () => {
      timers.ring();
      expect(await nextLook()).toBe(made + 30 * minute);
    }, patience);
    expect(await told()).toEqual([]);
    directory.clock.now = made + 30 * minute;
    await tells(['finding.opened silence.nothing_arrived']);
    for (let turn = 0; turn < 5; turn++) await tells(['finding.opened silence.nothing_arrived']);
  });

  test('and while nothing happens, it sleeps until the next look is due', async () => {
    const made = directory.clock.now;
    await connect();
    watch();
    await vi.waitFor(async () => {
      if (timers.sleeps().some((ms) => ms < minute)) timers.ring();
      expect(await nextLook()).toBe(made + 30 * minute);
      expect(timers.sleeps()).toEqual([5 * minute]);
    }, patience);
  });
});
