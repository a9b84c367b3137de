// Copies a live SQLite database into one file that is whole or not there at all. Knows SQLite and files, no table.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newId } from '../core/secrets.ts';

/** The copy's size, or what the check of the copy found wrong; then nothing is kept. */
export type BackupOutcome = { readonly bytes: number } | { readonly damage: string };

/** Database pages (4 kB) copied between two turns of the event loop. */
const slice = 2000;

/**
 * Writes a checked copy of `file`, as it is at this moment, to `target`, replacing what is there. Other processes go
 * on reading and writing meanwhile. Only the user who runs this can read the copy.
 */
export async function backUpSqlite(file: string, target: string): Promise<BackupOutcome> {
  const draft = `${target}.${newId()}.draft`;
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    await copy(file, draft);
    const damage = check(draft);
    if (damage !== undefined) return { damage };
    const bytes = statSync(draft).size;
    flush(draft, 'r+');
    renameSync(draft, target);
    if (process.platform !== 'win32') flush(dirname(target), 'r');
    return { bytes };
  } finally {
    for (const leftover of [draft, `${draft}-journal`]) rmSync(leftover, { force: true });
  }
}

async function copy(file: string, draft: string): Promise<void> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    // A snapshot of its own: without one, SQLite starts the copy anew after every write of another process.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(draft, { progress: () => slice });
  } finally {
    source.close();
  }
}

/** The first thing wrong with the copy. It leaves WAL mode, so that one file is the whole of it. */
function check(draft: string): string | undefined {
  const copied = new Sqlite(draft);
  try {
    copied.pragma('journal_mode = DELETE');
    const verdict = copied.pragma('integrity_check(1)', { simple: true });
    return verdict === 'ok' ? undefined : String(verdict);
  } finally {
    copied.close();
  }
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
