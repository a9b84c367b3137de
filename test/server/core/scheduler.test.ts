import { expect, test } from 'vitest';
import { type Job, startScheduler, type Timers } from '../../../server/core/scheduler.ts';

/** Timers that move only when told to. */
function handTimers(): Timers & { advance(ms: number): Promise<void>; pending(): number } {
  let now = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
      await settle();
    },
    pending: () => waiting.length,
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function logged() {
  const lines: { job: string; err: unknown; message: string }[] = [];
  return {
    lines,
    error: (details: { job: string; err: unknown }, message: string) =>
      void lines.push({ ...details, message }),
  };
}

function counting(job: Partial<Job> = {}): Job & { runs: number } {
  return {
    name: 'sweep',
    everyMs: 100,
    runs: 0,
    async run() {
      this.runs += 1;
    },
    ...job,
  };
}

test('a job runs at its pace', async () => {
  const [timers, job] = [handTimers(), counting()];
  startScheduler([job], logged(), timers);
  await timers.advance(99);
  expect(job.runs).toBe(0);
  await timers.advance(1);
  expect(job.runs).toBe(1);
  await timers.advance(100);
  expect(job.runs).toBe(2);
});

test('the first run may come sooner', async () => {
  const [timers, job] = [handTimers(), counting({ firstAfterMs: 1 })];
  startScheduler([job], logged(), timers);
  await timers.advance(1);
  expect(job.runs).toBe(1);
  await timers.advance(99);
  expect(job.runs).toBe(1);
});

test('a job never overlaps itself, and holds up no other', async () => {
  const timers = handTimers();
  let finish = (): void => undefined;
  let begun = 0;
  const slow: Job = {
    name: 'slow',
    everyMs: 100,
    run() {
      begun += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
  };
  const other = counting();
  startScheduler([slow, other], logged(), timers);
  for (let turn = 0; turn < 3; turn += 1) await timers.advance(100);
  expect([begun, other.runs]).toEqual([1, 3]);
  finish();
  await settle();
  await timers.advance(100);
  expect(begun).toBe(2);
});

test.each([
  ['rejects', () => Promise.reject(new Error('no disk'))],
  [
    'throws',
    () => {
      throw new Error('no disk');
    },
  ],
])('a job that %s is logged by name and runs again', async (_, fail) => {
  const [timers, log] = [handTimers(), logged()];
  startScheduler([{ name: 'sweep', everyMs: 100, run: fail }], log, timers);
  await timers.advance(100);
  await timers.advance(100);
  expect(log.lines).toEqual(
    Array.from({ length: 2 }, () => ({
      job: 'sweep',
      err: new Error('no disk'),
      message: 'The job "sweep" failed; it is tried again at its next turn.',
    })),
  );
});

test('stop waits for the run under way and lets no further one begin', async () => {
  const timers = handTimers();
  let finish = (): void => undefined;
  const scheduler = startScheduler(
    [
      {
        name: 'slow',
        everyMs: 100,
        run: () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      },
      counting(),
    ],
    logged(),
    timers,
  );
  await timers.advance(100);
  let stopped = false;
  const stopping = scheduler.stop().then(() => {
    stopped = true;
  });
  await settle();
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(timers.pending()).toBe(0);
});
