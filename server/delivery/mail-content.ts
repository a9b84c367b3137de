// What each kind of mail says, as data that the text part and the HTML part both read. Knows words, no markup.
import { mailLink } from '../../shared/mail-links.ts';
import type { Mail, MailData, MailKind } from './mail.ts';

/** One mail in words. Every string is plain text. */
export interface MailContent {
  readonly subject: string;
  /** What a mail program shows beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly opening: readonly string[];
  /** Somebody's own words, to be marked as theirs; line breaks are kept. */
  readonly quote?: { readonly by: string; readonly text: string };
  readonly action?: { readonly label: string; readonly url: string };
  readonly code?: { readonly lead: string; readonly digits: string };
  readonly closing: readonly string[];
  /** Where reminders are stopped. */
  readonly unsubscribeUrl?: string;
}

/** The words of a mail; `publicUrl` begins its links. */
export function mailContent(mail: Mail, publicUrl: string): MailContent {
  const write = writers[mail.kind] as (data: Mail['data'], publicUrl: string) => MailContent;
  return write(mail.data, publicUrl);
}

const writers: { readonly [Kind in MailKind]: (data: MailData[Kind], publicUrl: string) => MailContent } = {
  'sign-in': ({ token, code, minutes }, publicUrl) => ({
    subject: 'Sign in to Rollcall',
    preview: `The link and the code work once, for ${minutes} minutes.`,
    heading: 'Sign in to Rollcall',
    opening: ['Press the button on the device where you want to be signed in.'],
    action: { label: 'Sign in', url: mailLink(publicUrl, 'signIn', token) },
    code: { lead: codeLead, digits: code },
    closing: [
      `The link and the code work once, for ${minutes} minutes. Keep both to yourself.`,
      'If you did not ask for this mail, leave it: without it, nobody can sign in as you.',
    ],
  }),

  'sign-up': ({ orgName, token, code, minutes }, publicUrl) => ({
    subject: `Confirm your address to join ${inLine(orgName)}`,
    preview: `The link and the code work once, for ${minutes} minutes.`,
    heading: `Join ${inLine(orgName)}`,
    opening: ['Confirm that this mailbox is yours, and you are a member.'],
    action: { label: 'Confirm and join', url: mailLink(publicUrl, 'signUp', token) },
    code: { lead: codeLead, digits: code },
    closing: [
      `The link and the code work once, for ${minutes} minutes. Keep both to yourself.`,
      'If you did not ask to join, leave this mail: without it, nothing happens.',
    ],
  }),

  invitation: (data, publicUrl) => ({
    subject: invites(data),
    preview: `The invitation is open until ${dayOf(data.expiresAt)}.`,
    heading: `Join ${inLine(data.orgName)}`,
    opening: [
      `Hello ${inLine(data.recipientName)},`,
      `${invites(data)} on Rollcall. One click, and you are in.`,
    ],
    ...acceptance(data, publicUrl),
    closing: [
      openUntil(data.expiresAt),
      'If you do not know why you get this, leave it: without you, nothing happens.',
    ],
  }),

  nudge: (data, publicUrl) => ({
    subject: `Your invitation to ${inLine(data.orgName)} is still open`,
    preview: data.message === null ? openUntil(data.expiresAt) : inLine(data.message),
    heading: 'Your invitation is still open',
    opening: [
      `Hello ${inLine(data.recipientName)},`,
      `You are invited to join ${inLine(data.orgName)} on Rollcall. One click, and you are in.`,
    ],
    ...(data.message !== null && {
      quote: { by: inLine(data.inviterName ?? data.orgName), text: data.message },
    }),
    ...acceptance(data, publicUrl),
    closing: [openUntil(data.expiresAt)],
    unsubscribeUrl: mailLink(publicUrl, 'unsubscribe', data.unsubscribeToken),
  }),

  'removal-held': ({ orgName, connectionName, people, percent }) => ({
    subject: `${inLine(connectionName)} takes many people out of ${inLine(orgName)}`,
    preview: `${people} people within one hour. Approve it, or restore everybody.`,
    heading: `${people} people lost access within one hour`,
    opening: [
      `The connection “${inLine(connectionName)}” took access away from ${people} people, ${Math.round(percent)}\u00a0% of the active members of ${inLine(orgName)}.`,
      'Their access has ended, as your identity provider asked. Everything it takes to bring them back is kept until somebody decides: names, roles, groups.',
      'Open Rollcall from the toolbar of your browser. If this was meant, approve it. If it was not, restore everybody in one click, and look at what changed in your identity provider first.',
    ],
    closing: ['You get this mail because you look after the members of your organisation.'],
  }),

  'emergency-sign-in': ({ orgName, ownerName, device, at }) => ({
    subject: `${inLine(ownerName)} signed in to ${inLine(orgName)} past single sign-on`,
    preview: `By mail, on ${momentOf(at)}, with ${inLine(device)}.`,
    heading: 'An owner signed in by mail',
    opening: [
      `${inLine(orgName)} requires single sign-on. ${inLine(ownerName)} came in by mail all the same, on ${momentOf(at)}, with ${inLine(device)}.`,
      'Owners can, for the day on which the identity provider does not let anybody in. If this is not such a day, ask them. If it was not them, block them in Rollcall at once: that ends their session.',
    ],
    closing: ['You get this mail because you look after the members of your organisation.'],
  }),

  'domain-failing': ({ orgName, domain, until }) => ({
    subject: `The DNS record of ${inLine(domain)} is gone`,
    preview: `Put it back before ${momentOf(until)}; until then, nothing changes.`,
    heading: `The DNS record of ${inLine(domain)} is gone`,
    opening: [
      `Rollcall no longer finds the TXT record that proves that ${inLine(domain)} belongs to ${inLine(orgName)}.`,
      `Put it back before ${momentOf(until)}. Until then, nothing changes; after that, the domain counts as unverified, and nobody can join by an address of it.`,
      'The settings of your organisation show name and value of the record. Rollcall looks again every day, and at once when you press “Check now”.',
    ],
    closing: ['You get this mail because you look after the members of your organisation.'],
  }),

  'webhook-disabled': ({ orgName, endpointName, host, reason }) => ({
    subject: `The webhook ${inLine(endpointName)} is disabled`,
    preview: 'Nothing is lost yet: what it missed can be sent when you enable it again.',
    heading: `The webhook ${inLine(endpointName)} is disabled`,
    opening: [
      reason === 'gone'
        ? `${inLine(host)} answered that it wants no more messages of ${inLine(orgName)} (HTTP 410).`
        : `${inLine(host)} has taken no message of ${inLine(orgName)} for three days.`,
      'Rollcall has stopped sending to it. See to the receiver, send a test, and enable the webhook on the Webhooks page of the extension; you choose there whether what it missed is sent.',
    ],
    closing: ['You get this mail because you are an owner of your organisation.'],
  }),
};

const codeLead = 'Or type this code where you asked for it:';

function invites({ inviterName, orgName }: MailData['invitation']): string {
  return `${inLine(inviterName ?? orgName)} invites you${inviterName === null ? '' : ` to join ${inLine(orgName)}`}`;
}

function acceptance({ token }: MailData['invitation'], publicUrl: string) {
  return { action: { label: 'Accept the invitation', url: mailLink(publicUrl, 'invitation', token) } };
}

const openUntil = (expiresAt: number): string => `The invitation is open until ${momentOf(expiresAt)}.`;

const dayOf = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);

const momentOf = (at: number): string =>
  `${dayOf(at)}, ${new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;

const longestName = 100;

/**
 * A name as it may stand in a sentence or a header: on one line, of a reader's length, without the characters that would
 * turn the direction of what comes after it, and without what mail programs would decode. @see RFC 2047 §2
 */
export function inLine(name: string): string {
  const line = name
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
  const letters = [...line];
  return letters.length <= longestName
    ? line
    : `${letters
        .slice(0, longestName - 1)
        .join('')
        .trimEnd()}…`;
}
