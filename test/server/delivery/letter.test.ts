import { describe, expect, test } from 'vitest';
import { invitation, nudge, openMailDesk, signIn } from '../../helpers/mail-desk.ts';

async function sendOne(
  mail: Parameters<Awaited<ReturnType<typeof openMailDesk>>['write']>[0],
  settings = {},
) {
  const { write, anotherSender, mailServer, directory } = await openMailDesk('sqlite');
  await directory.db
    .updateTable('orgs')
    .set({ settings: JSON.stringify(settings) })
    .execute();
  const id = await write(mail);
  await anotherSender('from' in settings ? { mailFrom: String(settings.from) } : {}).run();
  return { id, directory, ...mailServer.lastTo('ada@larkspur.example') };
}

describe('a mail as the mail server gets it', () => {
  test('has a text part and an HTML part, a sender, and a name of its own', async () => {
    const { id, parsed, envelope, directory } = await sendOne(invitation);
    expect(envelope).toEqual({
      from: 'rollcall@rollcall.larkspur.example',
      to: ['ada@larkspur.example'],
    });
    expect(parsed.from?.value).toEqual([
      { name: 'Larkspur Foundry', address: 'rollcall@rollcall.larkspur.example' },
    ]);
    expect(parsed.to).toMatchObject({ value: [{ name: '', address: 'ada@larkspur.example' }] });
    expect(parsed.subject).toBe('Noor Haddad invites you to join Larkspur Foundry');
    expect(parsed.messageId).toBe(`<${id}@rollcall.larkspur.example>`);
    expect(parsed.date).toEqual(new Date(directory.clock.now));
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(parsed.text).toContain('Hello Ada Birch,');
    expect(parsed.html).toContain('Hello Ada Birch,');
    expect(parsed.headers.has('list-unsubscribe')).toBe(false);
  });

  test('bears the name and comes from the address that were decided', async () => {
    const { parsed, envelope, id } = await sendOne(invitation, {
      mailSenderName: 'People Team, Larkspur',
      from: 'people@larkspur.example',
    });
    expect(parsed.from?.value).toEqual([
      { name: 'People Team, Larkspur', address: 'people@larkspur.example' },
    ]);
    expect(envelope.from).toBe('people@larkspur.example');
    expect(parsed.messageId).toBe(`<${id}@larkspur.example>`);
  });

  test('of no organisation is from Rollcall', async () => {
    expect((await sendOne(signIn)).parsed.from?.value[0]?.name).toBe('Rollcall');
  });

  test('that reminds lets mail programs stop the reminders with one click', async () => {
    const { raw } = await sendOne({ ...nudge, data: { ...nudge.data, unsubscribeToken: 'u'.repeat(180) } });
    const url = `https://rollcall.larkspur.example/unsubscribe?token=${'u'.repeat(180)}`;
    expect(raw).toContain(`\r\nList-Unsubscribe: <${url}>\r\n`);
    expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  });
});

describe('names that try to be more than names', () => {
  const evil = [
    'Noor\r\nBcc: eve@elsewhere.example\r\nX-Evil: yes',
    'Noor\nSubject: Won\n\n<h1>body</h1>',
    'Noor\u2028Bcc: eve@elsewhere.example',
    'Haddad, Noor "N" <eve@elsewhere.example>',
    'Müller & Søn 株式会社 ✓',
    'Noor\u202egnp.exe',
    '=?utf-8?q?Noor=0D=0ABcc:_eve@elsewhere.example?=',
    'N'.repeat(300),
  ];

  test.each(evil)('%j adds no header and no recipient', async (name) => {
    const plain = await sendOne(invitation);
    const mail = {
      kind: 'invitation',
      data: { ...invitation.data, orgName: name, inviterName: name, recipientName: name },
    } as const;
    const { parsed, envelope, raw } = await sendOne(mail, { mailSenderName: name });
    expect(envelope.to).toEqual(['ada@larkspur.example']);
    expect([...parsed.headers.keys()].sort()).toEqual([...plain.parsed.headers.keys()].sort());
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.from?.value).toHaveLength(1);
    expect(parsed.from?.value[0]?.address).toBe('rollcall@rollcall.larkspur.example');
    expect(parsed.to).toMatchObject({ value: [{ address: 'ada@larkspur.example' }] });
    expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
    expect(`${parsed.subject}${parsed.from?.value[0]?.name}`).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
  });

  test('commas, quotes and every script come through as they are', async () => {
    const orgName = 'Müller, “Søn” & "株式会社"';
    const mail = { kind: 'invitation', data: { ...invitation.data, orgName } } as const;
    const { parsed } = await sendOne(mail, { mailSenderName: orgName });
    expect(parsed.subject).toBe(`Noor Haddad invites you to join ${orgName}`);
    expect(parsed.from?.value[0]?.name).toBe(orgName);
    expect(parsed.text).toContain(`Join ${orgName}`);
  });
});
