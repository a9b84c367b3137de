// Tells the other processes on the same PostgreSQL that something was committed. Knows LISTEN and NOTIFY, no table.
// Nothing rests on it: a word that is lost costs whoever waits their next look by the clock.
import pg from 'pg';
import { newId } from '../core/secrets.ts';

/** Rings in every process but the one that pulls it. */
export interface CommitBell {
  /** Rings soon: at most once in ten milliseconds, and never inside anybody's transaction, whose commit would queue for it. */
  ring(): void;
  /** Calls back when another process has rung, or may have been missed; gives what takes the call back. */
  hear(listener: () => void): () => void;
  close(): Promise<void>;
}

const channel = 'rollcall_events';
const pause = 10;
const longestBackOff = 30_000;

/** `send` runs one statement outside any transaction; the listening connection is made when somebody wants to hear. */
export function createCommitBell(
  url: string,
  send: (text: string, values: readonly string[]) => Promise<unknown>,
): CommitBell {
  const self = newId();
  const listeners = new Set<() => void>();
  let resting = false;
  let again = false;
  let closed = false;
  let client: pg.Client | undefined;
  let backOff = 1000;
  let retry: NodeJS.Timeout | undefined;

  const ring = (): void => {
    again = resting;
    if (resting || closed) return;
    resting = true;
    send('select pg_notify($1, $2)', [channel, self])
      .catch(() => {})
      .finally(() => {
        setTimeout(() => {
          resting = false;
          if (again) ring();
        }, pause).unref();
      });
  };

  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const listen = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'rollcall bell',
      keepAlive: true,
    });
    client = fresh;
    fresh.on('notification', ({ payload }) => {
      if (payload !== self) tell();
    });
    fresh.on('error', () => {});
    fresh.on('end', () => {
      if (client !== fresh) return;
      client = undefined;
      listenAgain();
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      backOff = 1000;
      tell();
    } catch {
      await fresh.end().catch(() => {});
      if (client === fresh) client = undefined;
      listenAgain();
    }
  };

  const listenAgain = (): void => {
    if (closed || listeners.size === 0 || retry !== undefined) return;
    retry = setTimeout(() => {
      retry = undefined;
      if (client === undefined && listeners.size > 0) void listen();
    }, backOff).unref();
    backOff = Math.min(backOff * 2, longestBackOff);
  };

  return {
    ring,
    hear(listener) {
      listeners.add(listener);
      if (client === undefined && retry === undefined && !closed) void listen();
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      const open = client;
      client = undefined;
      await open?.end().catch(() => {});
    },
  };
}
