// A mail with everything on its envelope and in its headers, ready to travel. Knows RFC headers, no server and no row.
import { isIP } from 'node:net';
import type { Mail } from './mail.ts';
import { inLine } from './mail-content.ts';
import { renderMail } from './render-mail.ts';

/** What a transport takes. */
export interface Letter {
  /** The outbox's id. */
  readonly id: string;
  /** When the mail was put into the outbox, Unix milliseconds. */
  readonly createdAt: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: Date;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the server adds to a mail of the outbox. */
export interface LetterHead {
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** The address that mails come from; made from the public address when absent. */
  readonly mailFrom: string | undefined;
  readonly senderName: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Writes the letter. Its Message-ID follows from the outbox's id, so that a mail sent twice is seen to be one. */
export function writeLetter(
  {
    id,
    recipient,
    created_at,
  }: { readonly id: string; readonly recipient: string; readonly created_at: number },
  mail: Mail,
  { publicUrl, mailFrom, senderName, now }: LetterHead,
): Letter {
  const { subject, text, html, unsubscribeUrl } = renderMail(mail, { publicUrl, senderName });
  const address = mailFrom ?? `rollcall@${mailHost(publicUrl)}`;
  return {
    id,
    createdAt: created_at,
    from: { name: inLine(senderName), address },
    to: recipient,
    subject,
    text,
    html,
    date: new Date(now),
    messageId: `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
  };
}

/** Lets mail programs offer to stop the reminders; with one click where the address is safe. @see RFC 8058 §3.1 */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (url === undefined) return {};
  return {
    'List-Unsubscribe': `<${url}>`,
    ...(url.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

/** Mail servers do not take a bare IP address for a domain. */
function mailHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : 'localhost';
}

/** Whether mail can be sent to this: one address, without a name, a list or a line break in it. */
export function isMailAddress(text: string): boolean {
  return /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(text);
}
