import { describe, expect, test } from 'vitest';
import type { Mail } from '../../../server/delivery/mail.ts';
import { renderMail } from '../../../server/delivery/render-mail.ts';
import { invitation, nudge, signIn, testToken } from '../../helpers/mail-desk.ts';

const setting = { publicUrl: 'https://rollcall.larkspur.example', senderName: 'Larkspur Foundry' };
const until = Date.UTC(2026, 10, 9, 9);

const link = (path: string) => `https://rollcall.larkspur.example${path}?token=${testToken}`;

interface Case {
  readonly mail: Mail;
  readonly subject: string;
  /** Sentences that the text part and the HTML part hold alike. */
  readonly says: readonly string[];
  readonly leadsTo?: string;
}

const cases: readonly Case[] = [
  {
    mail: signIn,
    subject: 'Sign in to Rollcall',
    says: ['40718265', 'The link and the code work once, for 10 minutes.', 'nobody can sign in as you'],
    leadsTo: link('/sign-in/link'),
  },
  {
    mail: { kind: 'sign-up', data: { ...signIn.data, orgName: 'Larkspur Foundry' } },
    subject: 'Confirm your address to join Larkspur Foundry',
    says: ['40718265', 'Join Larkspur Foundry', 'The link and the code work once, for 10 minutes.'],
    leadsTo: link('/sign-up/link'),
  },
  {
    mail: invitation,
    subject: 'Noor Haddad invites you to join Larkspur Foundry',
    says: ['Hello Ada Birch,', 'The invitation is open until 16 November 2026, 09:00 UTC.'],
    leadsTo: link('/invitation'),
  },
  {
    mail: { kind: 'invitation', data: { ...invitation.data, inviterName: null } },
    subject: 'Larkspur Foundry invites you',
    says: ['Larkspur Foundry invites you on Rollcall.'],
    leadsTo: link('/invitation'),
  },
  {
    mail: nudge,
    subject: 'Your invitation to Larkspur Foundry is still open',
    says: ['Noor Haddad writes:', 'Please join us.', 'You are invited to join Larkspur Foundry on Rollcall.'],
    leadsTo: link('/invitation'),
  },
  {
    mail: {
      kind: 'removal-held',
      data: { orgName: 'Larkspur Foundry', connectionName: 'Okta production', people: 34, percent: 41.3 },
    },
    subject: 'Okta production takes many people out of Larkspur Foundry',
    says: ['34 people lost access within one hour', '41\u00a0% of the active members', 'restore everybody'],
  },
  {
    mail: {
      kind: 'emergency-sign-in',
      data: { orgName: 'Larkspur Foundry', ownerName: 'Ada Hartmann', device: 'Firefox on Linux', at: until },
    },
    subject: 'Ada Hartmann signed in to Larkspur Foundry past single sign-on',
    says: ['requires single sign-on', 'on 9 November 2026, 09:00 UTC, with Firefox on Linux', 'block them'],
  },
  {
    mail: {
      kind: 'domain-failing',
      data: { orgName: 'Larkspur Foundry', domain: 'larkspur.example', until },
    },
    subject: 'The DNS record of larkspur.example is gone',
    says: ['Put it back before 9 November 2026, 09:00 UTC.', 'Until then, nothing changes'],
  },
  {
    mail: {
      kind: 'webhook-disabled',
      data: {
        orgName: 'Larkspur Foundry',
        endpointName: 'Payroll',
        host: 'hooks.larkspur.example',
        reason: 'failing',
      },
    },
    subject: 'The webhook Payroll is disabled',
    says: [
      'hooks.larkspur.example has taken no message of Larkspur Foundry for three days.',
      'enable the webhook',
    ],
  },
];

describe.each(cases)('$mail.kind: $subject', ({ mail, subject, says, leadsTo }) => {
  const rendered = renderMail(mail, setting);
  const visible = textOf(rendered.html);

  test('says the same in text and in HTML', () => {
    expect(rendered.subject).toBe(subject);
    for (const sentence of says) {
      expect(rendered.text).toContain(sentence);
      expect(visible).toContain(sentence);
    }
  });

  test('leads where it should, and nowhere else', () => {
    const unsubscribe = 'https://rollcall.larkspur.example/unsubscribe?token=stop-it';
    const expected = [...(leadsTo ? [leadsTo] : []), ...(mail.kind === 'nudge' ? [unsubscribe] : [])];
    const addressesIn = (text: string) => [...new Set(text.match(/https?:\/\/[^\s"<]+/g))];
    expect(addressesIn(rendered.text)).toEqual(expected);
    expect(addressesIn(rendered.html)).toEqual(expected);
  });

  test('is calm, and readable in the dark', () => {
    expect(`${rendered.subject}${rendered.text}`).not.toContain('!');
    expect(rendered.html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(rendered.html).toContain('@media (prefers-color-scheme:dark)');
    expect(rendered.html).not.toMatch(/<script|<img|src=|@import|url\(/i);
    expect(rendered.html.length).toBeLessThan(20_000);
  });
});

test('a code and a link stand in no subject and in no preview', () => {
  const { subject, html } = renderMail(signIn, setting);
  const preview = /<div style="display:none[^>]*>([^<]*)</.exec(html)?.[1];
  expect(preview).toBe('The link and the code work once, for 10 minutes.');
  expect(`${subject}${preview}`).not.toMatch(/40718265|rollcall_/);
});

describe('words of others', () => {
  const html = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&';

  test('are text in HTML, in every place that takes them', () => {
    const data = { ...nudge.data, orgName: html, inviterName: html, recipientName: html, message: html };
    const rendered = renderMail({ kind: 'nudge', data }, { ...setting, senderName: html });
    expect(rendered.html).not.toMatch(/<script|<img/);
    expect(textOf(rendered.html)).toContain(`Hello ${html},`);
    expect(textOf(rendered.html)).toContain(`${html} writes:`);
    expect(rendered.text).toContain(`> ${html}`);
  });

  test('keep their lines, are marked as theirs, and get no links from us', () => {
    const message = 'Hello Ada,\r\nsee https://elsewhere.example/x\n\nNoor';
    const { text, html: markup } = renderMail({ kind: 'nudge', data: { ...nudge.data, message } }, setting);
    expect(text).toContain(
      'Noor Haddad writes:\n\n> Hello Ada,\n> see https://elsewhere.example/x\n>\n> Noor\n',
    );
    const quote = /<blockquote[^>]*>(.*?)<\/blockquote>/.exec(markup)?.[1];
    expect(quote).toBe('Hello Ada,<br/>see https://elsewhere.example/x<br/><br/>Noor');
  });

  test('may be absent: then nobody is said to write', () => {
    const { text, html: markup } = renderMail(
      { kind: 'nudge', data: { ...nudge.data, message: null } },
      setting,
    );
    expect(text).not.toContain('writes:');
    expect(markup).not.toContain('<blockquote');
  });

  test('are the organisation’s when no person stands behind them', () => {
    const { text } = renderMail({ kind: 'nudge', data: { ...nudge.data, inviterName: null } }, setting);
    expect(text).toContain('Larkspur Foundry writes:');
  });
});

/** What a reader sees of an HTML part. */
function textOf(html: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#x27;': "'",
    '&amp;': '&',
  };
  return html
    .replace(/<style>.*?<\/style>/, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => entities[entity] ?? entity);
}
