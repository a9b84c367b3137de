// Runs named jobs again and again, each at its own pace. Knows timers; what a job does and what time it is, it does not.

/** Work that recurs. A run begins `everyMs` after the one before ended, so that no job overlaps itself. */
export interface Job {
  readonly name: string;
  /** The pause between two runs, in milliseconds. */
  readonly everyMs: number;
  /** The pause before the first run, in milliseconds; `everyMs` when left out. */
  readonly firstAfterMs?: number;
  run(): Promise<void>;
}

/** Where a job's failure goes. */
export interface JobLog {
  error(details: { readonly job: string; readonly err: unknown }, message: string): void;
}

/** The timers that a scheduler needs; a test brings its own. */
export interface Timers {
  /** Calls back once, after `ms` milliseconds, and gives what takes the call back. */
  after(ms: number, callback: () => void): () => void;
}

export interface Scheduler {
  /** Starts no further run and waits for those under way. */
  stop(): Promise<void>;
}

/** The timers of Node.js; they do not keep the process alive. */
export const nodeTimers: Timers = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Starts the jobs. A run that fails is logged and tried again at its next turn. */
export function startScheduler(jobs: readonly Job[], log: JobLog, timers: Timers = nodeTimers): Scheduler {
  const cancels = new Map<Job, () => void>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const schedule = (job: Job, ms: number): void => {
    if (stopped) return;
    cancels.set(
      job,
      timers.after(ms, () => {
        const turn = runLogged(job, log).then(() => {
          running.delete(turn);
          schedule(job, job.everyMs);
        });
        running.add(turn);
      }),
    );
  };
  for (const job of jobs) schedule(job, job.firstAfterMs ?? job.everyMs);

  return {
    async stop() {
      stopped = true;
      for (const cancel of cancels.values()) cancel();
      await Promise.all(running);
    },
  };
}

async function runLogged(job: Job, log: JobLog): Promise<void> {
  try {
    await job.run();
  } catch (err) {
    log.error({ job: job.name, err }, `The job "${job.name}" failed; it is tried again at its next turn.`);
  }
}
