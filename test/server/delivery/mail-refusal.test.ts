import { describe, expect, test } from 'vitest';
import { readRefusal } from '../../../server/delivery/mail-refusal.ts';

const reply = (response: string, command = 'RCPT TO') =>
  Object.assign(new Error(`Can't send mail: ${response}`), {
    code: 'EENVELOPE',
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });

describe('what a mail server says about a mailbox', () => {
  test.each([
    ['550 5.1.1 <ada@larkspur.example>: Recipient address rejected', 'There is no such mailbox.'],
    ['550 No such user here', 'There is no such mailbox.'],
    ['550 User unknown', 'There is no such mailbox.'],
    ['550 Requested action not taken: mailbox unavailable', 'There is no such mailbox.'],
    ["550 The account's address does not exist", 'There is no such mailbox.'],
    ['552 5.2.2 Over quota', 'The mailbox is full.'],
    ['452 4.2.2 The recipient is out of storage', 'The mailbox is full.'],
    ['552 Mailbox full', 'The mailbox is full.'],
    ['550 5.2.1 The account is disabled', 'The mailbox is switched off.'],
    ['550 5.1.2 Bad destination system', 'There is no such mail domain.'],
    ['554 5.7.1 Refused by policy', 'The mail server says: “554 5.7.1 Refused by policy”'],
  ])('%s', (response, sentence) => {
    expect(readRefusal(reply(response), [])).toMatchObject({ words: response, mailbox: sentence });
  });
});

describe('how long a refusal lasts', () => {
  test.each([
    ['a 5xx about the recipient is for good', reply('550 5.1.1 no'), 'letter'],
    ['a 5xx about the mail is for good', reply('554 5.7.1 no', 'DATA'), 'letter'],
    ['a 4xx about the recipient is for now', reply('450 4.7.1 greylisted'), 'later'],
    ['a 4xx about the mail is for now', reply('451 later', 'DATA'), 'later'],
    ['a server that closes says nothing about the mail', reply('421 4.3.2 closing'), 'server'],
    ['a refused sender is no fault of the mail', reply('550 5.7.1 no', 'MAIL FROM'), 'server'],
    ['a refused password is no fault of the mail', reply('535 5.7.8 no', 'AUTH PLAIN'), 'server'],
    [
      'no connection',
      Object.assign(new Error('refused'), { code: 'ECONNECTION', command: 'CONN' }),
      'server',
    ],
    ['a full disk', Object.assign(new Error('no space'), { code: 'ENOSPC' }), 'server'],
    ['a letter that cannot be written', new TypeError('Invalid URL'), 'later'],
    ['an envelope that cannot be written', Object.assign(new Error('no'), { code: 'EENVELOPE' }), 'later'],
    ['what is no error', 'nothing', 'later'],
  ] as const)('%s', (_says, error, concerns) => {
    expect(readRefusal(error, []).concerns).toBe(concerns);
  });
});

test('only what concerns the mailbox is told of it', () => {
  expect(readRefusal(reply('550 5.7.1 no', 'MAIL FROM'), [])).not.toHaveProperty('mailbox');
});

test('the words are one line of a reader’s length without secrets', () => {
  const { words } = readRefusal(reply(`554 first\r\n554 second\u0000 sesame ${'x'.repeat(1000)}`), [
    '',
    'sesame',
  ]);
  expect(words).toMatch(/^554 first 554 second \*\*\* x+…$/);
  expect(words).toHaveLength(300);
});
