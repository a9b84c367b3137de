// Why a database cannot be used, in words, from the codes of both drivers. Knows codes, no query.
import type { Config } from '../config.ts';

/** A failure of the database, told to the operator. */
export interface DatabaseFailure {
  readonly code: 'database.busy' | 'database.unreachable';
  readonly message: string;
  /** What to do about it. */
  readonly mend: string;
}

interface Reason {
  readonly codes: RegExp;
  readonly why: string;
  readonly mend: string;
}

/** The first that matches counts. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const reasons: readonly Reason[] = [
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    why: 'nothing answers there',
    mend: 'Start PostgreSQL, or correct host and port in DATABASE_URL.',
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    why: 'its host name is not known',
    mend: 'Correct the host name in DATABASE_URL.',
  },
  {
    codes: /^(ETIMEDOUT|ECONNRESET|EPIPE|08...|57...|53...)$/,
    why: 'it does not take the connection',
    mend: 'See whether PostgreSQL is overloaded, restarting, or behind a firewall, then try again.',
  },
  {
    codes: /^28...$/,
    why: 'it refuses the user name or the password',
    mend: 'Correct them in DATABASE_URL.',
  },
  {
    codes: /^3D000$/,
    why: 'there is no database of that name',
    mend: 'Make it with "createdb", or correct the name in DATABASE_URL.',
  },
  {
    codes: /^42501$/,
    why: 'the user may not do that there',
    mend: 'Make the user of DATABASE_URL the owner of the database.',
  },
  {
    codes: /^25006$/,
    why: 'it is a read-only replica',
    mend: 'Point DATABASE_URL at the primary.',
  },
  {
    codes: /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/,
    why: 'the file or its folder cannot be written',
    mend: 'Give the user who runs Rollcall the ownership of the data folder.',
  },
  {
    codes: /^SQLITE_FULL/,
    why: 'the disk is full',
    mend: 'Make room in the data folder; nothing acknowledged is lost.',
  },
  {
    codes: /^SQLITE_(NOTADB|CORRUPT)/,
    why: 'the file is damaged or not a database',
    mend: 'Stop Rollcall, keep the file aside, and put your latest backup in its place.',
  },
  {
    codes: /^SQLITE_IOERR/,
    why: 'the disk reports an error',
    mend: 'Look at the disk and the system log before you start Rollcall again.',
  },
];

/** Messages without a code: `pg` gives none when it stops waiting for a connection. */
const connectionLost = /timeout exceeded when trying to connect|connection terminated/i;

/** What an error says about the database, or undefined when it is about something else. */
export function explainDatabaseFailure(
  error: unknown,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): DatabaseFailure | undefined {
  const code = driverCode(error);
  if (code === undefined) return undefined;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    const mend = 'Try again in a few seconds.';
    return { code: 'database.busy', message: `${databaseName(config)} is busy with another writer.`, mend };
  }
  const reason = reasons.find(({ codes }) => codes.test(code));
  if (reason === undefined) return undefined;
  const { why, mend } = reason;
  return { code: 'database.unreachable', message: `${databaseName(config)} cannot be used: ${why}.`, mend };
}

/** What the operator calls the database: never with its user or password. */
export function databaseName({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string {
  if (databaseUrl === undefined) return `SQLite in ${dataDir}`;
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${host}${pathname}`;
}

/** The code of the error, or of what caused it. */
function driverCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return connectionLost.test(error.message) ? 'ETIMEDOUT' : driverCode(error.cause);
}
