// `rollcall backup`: a copy of the SQLite database while it is in use; for PostgreSQL, the command that makes one.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { backUpSqlite } from '../db/sqlite-backup.ts';
import { databaseAddress } from '../deps.ts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { sizeOf } from './wording.ts';

export function addBackup(program: Command, context: CommandContext): void {
  program
    .command('backup')
    .description('copy the SQLite database to a file, also while the server runs')
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace the file if it exists')
    .action((file: string, { force }: { force?: true }) => backUp(context, resolve(file), force === true));
}

async function backUp(context: CommandContext, target: string, replace: boolean): Promise<void> {
  const config = context.config();
  const source = sqliteFile(config, target);
  refuseTarget(source, target, replace);
  const outcome = await backUpSqlite(source, target).catch((error: unknown) => {
    throw ofTarget(error, target) ?? error;
  });
  if ('damage' in outcome) {
    throw new CliError(
      'backup.damaged',
      `The copy did not pass its check (${outcome.damage}) and was not kept: ${source} itself is damaged. ` +
        'Keep that file aside and go back to an earlier backup.',
    );
  }
  const words = `Backed up to ${target}: ${sizeOf(outcome.bytes)}, checked.`;
  const secret = join(config.dataDir, 'secret');
  context.report(
    { file: target, bytes: outcome.bytes },
    config.secret === undefined
      ? `${words} Keep a copy of ${secret} too; it is not part of the database.`
      : words,
  );
}

/** @throws CliError for PostgreSQL, and when there is no database yet */
function sqliteFile(config: Config, target: string): string {
  const address = databaseAddress(config);
  if ('url' in address) {
    throw new CliError(
      'backup.postgres',
      `The directory is in PostgreSQL, which has its own tool for this:\n\n  ${pgDump(address.url, target)}\n\n` +
        'It asks for the password, or takes it from PGPASSWORD or ~/.pgpass.',
    );
  }
  if (existsSync(address.file)) return address.file;
  throw new CliError(
    'database.missing',
    `There is no database in ${config.dataDir}, so there is nothing to back up.`,
  );
}

function pgDump(databaseUrl: string, target: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  url.searchParams.delete('password');
  return `pg_dump --format=custom --file=${quoted(target)} --dbname=${quoted(url.href)}`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function refuseTarget(source: string, target: string, replace: boolean): void {
  if (!existsSync(target)) return;
  if (isSameFile(source, target)) {
    throw new CliError('backup.is_the_database', `${target} is the database itself. Name another file.`);
  }
  if (!replace) {
    throw new CliError(
      'backup.exists',
      `${target} exists already. Name another file, or add --force to replace it.`,
    );
  }
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

/** A failure to write the copy, as opposed to one to read the database. */
function ofTarget(error: unknown, target: string): CliError | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const isFull = error.code === 'SQLITE_FULL' || error.code === 'ENOSPC';
  const isRefused = 'path' in error && String(error.path).startsWith(target);
  if (!isFull && !isRefused) return undefined;
  const why = isFull ? 'the disk is full' : `the system answers ${error.code}`;
  return new CliError('backup.not_written', `${target} cannot be written: ${why}. Nothing was left behind.`);
}
