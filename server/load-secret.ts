// Finds the server's own key, or makes it. Knows the file that keeps it; what the key protects, it does not.
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { newId, newSecret } from './core/secrets.ts';

/**
 * The configured secret, or the one kept in the file `secret` of the data folder, made (mode 0600) when absent.
 * Two processes that start at once agree on one.
 * @throws {ConfigError} when the file holds too little to be a secret
 */
export function loadSecret({ secret, dataDir }: Pick<Config, 'secret' | 'dataDir'>): string {
  if (secret !== undefined) return secret;
  const file = join(dataDir, 'secret');
  const kept = readKept(file) ?? makeKept(dataDir, file);
  if (kept.length >= 32) return kept;
  throw new ConfigError([
    {
      variable: 'ROLLCALL_SECRET',
      value: `not set, and ${file} holds ${kept.length} characters`,
      expected: `the file with at least 32 characters, restored from a backup, or the same secret in this variable`,
      example: '<the secret from your backup>',
    },
  ]);
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

// Written whole beside its place and linked into it: the link fails when another process was first, whose file counts.
function makeKept(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${newId()}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${newSecret()}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    closeSync(handle);
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
