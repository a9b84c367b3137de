// The folder that mails land in while there is no mail server: what it holds, and how a mail gets in whole. Knows files.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Letter } from './letter.ts';

/** A mail of the folder, as it was written. */
export interface KeptLetter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
}

/**
 * Writes a mail twice: as `.eml` for mail programs, and as `.json` for the page that lists the folder. Their name
 * begins with the time, so that they sort by it, and follows from the mail, so that one sent again is not there twice.
 */
export async function keepLetter(folder: string, letter: Letter, message: Buffer): Promise<void> {
  const kept: KeptLetter = {
    from: `${letter.from.name} <${letter.from.address}>`,
    to: letter.to,
    subject: letter.subject,
    at: letter.date.getTime(),
    messageId: letter.messageId,
    headers: letter.headers,
    text: letter.text,
    html: letter.html,
  };
  const name = `${new Date(letter.createdAt).toISOString().replace(/\W/g, '')}-${letter.id}`;
  // For their owner only: the links in them open doors.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(join(folder, `${name}.eml`), message);
  await writeWhole(join(folder, `${name}.json`), JSON.stringify(kept));
}

/** The names of the newest mails, newest first. */
export async function listLetters(folder: string, limit: number): Promise<readonly string[]> {
  const names = await readdir(folder).catch(emptyWhenAbsent);
  return names
    .flatMap((name) => (isLetterFile.test(name) ? [name.slice(0, -'.json'.length)] : []))
    .sort()
    .reverse()
    .slice(0, limit);
}

/** The mail of this name, or undefined when there is none. */
export async function readLetter(folder: string, name: string): Promise<KeptLetter | undefined> {
  const file = `${name}.json`;
  if (!isLetterFile.test(file)) return undefined;
  const text = await readFile(join(folder, file), 'utf8').catch(undefinedWhenAbsent);
  return text === undefined ? undefined : (JSON.parse(text) as KeptLetter);
}

const isLetterFile = /^\d{8}T\d{9}Z-[0-9a-f-]{36}\.json$/;

/** In one step, so that whoever looks finds a whole file or none. */
async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  await writeFile(`${path}.tmp`, content, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

function emptyWhenAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function undefinedWhenAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
