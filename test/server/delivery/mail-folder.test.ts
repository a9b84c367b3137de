import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { listLetters, readLetter } from '../../../server/delivery/mail-folder.ts';
import { folderTransport } from '../../../server/delivery/mail-transport.ts';
import { invitation, openMailDesk, signIn, testToken } from '../../helpers/mail-desk.ts';

async function openFolder() {
  const parent = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, 'data', 'outbox');
  const desk = await openMailDesk('sqlite');
  return { ...desk, folder, keeper: desk.anotherSender({ transport: folderTransport(folder) }) };
}

test('without a mail server, a mail is a file that any mail program opens, for its owner only', async () => {
  const { write, keeper, folder, row } = await openFolder();
  const id = await write(invitation);
  await keeper.run();
  expect(await row(id)).toMatchObject({ state: 'sent', sealed: null });
  const name = `20261102T090000000Z-${id}`;
  expect(readdirSync(folder).sort()).toEqual([`${name}.eml`, `${name}.json`]);
  const mail = await simpleParser(readFileSync(join(folder, `${name}.eml`)));
  expect(mail).toMatchObject({ subject: 'Noor Haddad invites you to join Larkspur Foundry' });
  expect(mail.text).toContain(testToken);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, `${name}.eml`)).mode & 0o077).toBe(0);
});

test('the folder is listed newest first, and each mail is read as it was written', async () => {
  const { write, keeper, folder, directory } = await openFolder();
  expect(await listLetters(folder, 10)).toEqual([]);
  const ids: string[] = [];
  for (const mail of [invitation, signIn, invitation]) {
    directory.clock.now += 1000;
    ids.unshift(await write(mail));
    await keeper.run();
  }
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  writeFileSync(join(folder, '20261102T090000000Z-half.json.tmp'), '{');
  const names = await listLetters(folder, 10);
  expect(names.map((name) => name.slice(20))).toEqual(ids);
  expect(await listLetters(folder, 2)).toEqual(names.slice(0, 2));
  expect(await readLetter(folder, names[1] ?? '')).toMatchObject({
    from: 'Rollcall <rollcall@rollcall.larkspur.example>',
    to: 'ada@larkspur.example',
    subject: 'Sign in to Rollcall',
    at: directory.clock.now - 1000,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: expect.stringContaining('40718265'),
  });
});

test('only mails are read from the folder', async () => {
  const { folder, write, keeper } = await openFolder();
  await write(invitation);
  await keeper.run();
  writeFileSync(join(folder, '..', 'other.json'), '{"from":"x"}');
  const none = '20261102T090000000Z-00000000-0000-7000-8000-000000000000';
  for (const name of ['../other', '..%2fother', '', 'other', none, `${none}\0`])
    expect(await readLetter(folder, name), name).toBeUndefined();
});

test('a mail that is handed over twice is there once', async () => {
  const { write, keeper, folder, directory } = await openFolder();
  const id = await write(invitation);
  const { db } = directory;
  const { sealed } = await db.selectFrom('outbox').select('sealed').executeTakeFirstOrThrow();
  await keeper.run();
  // As if the process had died before it could write that the mail had left.
  await db.updateTable('outbox').set({ state: 'sending', sealed }).execute();
  await keeper.run();
  expect((await listLetters(folder, 10)).map((name) => name.slice(20))).toEqual([id]);
});

test('a folder that cannot be written to keeps the mail waiting', async () => {
  const { write, anotherSender, folder, row } = await openFolder();
  writeFileSync(join(folder, '..', '..', 'data'), 'no folder');
  const id = await write(invitation);
  await anotherSender({ transport: folderTransport(folder) }).run();
  expect(await row(id)).toMatchObject({
    state: 'waiting',
    last_error: expect.stringMatching(/EEXIST|ENOTDIR/),
  });
});
