// The mails that a server without a mail server keeps in its data folder, as their recipients read them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Deps } from '../../server/deps.ts';

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The path and query of the link in it. */
  readonly link: string;
  /** The code to type, if there is one. */
  readonly code: string;
}

/** Lets everything leave that waits, and gives all mails to an address, the earliest first. */
export async function mailsTo(
  deps: Pick<Deps, 'mail' | 'mailFolder'>,
  address: string,
): Promise<ReceivedMail[]> {
  await deps.mail.run();
  const folder = deps.mailFolder ?? '';
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(names.map(async (name) => readMail(await readFile(join(folder, name)))));
  return mails.filter(({ to }) => to === address);
}

/** The latest mail to an address. */
export async function lastMailTo(
  deps: Pick<Deps, 'mail' | 'mailFolder'>,
  address: string,
): Promise<ReceivedMail> {
  const mail = (await mailsTo(deps, address)).at(-1);
  if (mail === undefined) throw new Error(`no mail has come to ${address}`);
  return mail;
}

async function readMail(source: Buffer): Promise<ReceivedMail> {
  const { to, subject = '', text = '' } = await simpleParser(source);
  const link = /https?:\/\/\S+\?token=\S+/.exec(text)?.[0] ?? '';
  const url = link === '' ? undefined : new URL(link);
  return {
    to: (Array.isArray(to) ? to : to === undefined ? [] : [to]).map((one) => one.text).join(', '),
    subject,
    text,
    link: url === undefined ? '' : `${url.pathname}${url.search}`,
    code: /\b\d{4} ?\d{4}\b/.exec(text)?.[0]?.replace(' ', '') ?? '',
  };
}
