// The text part of a mail: the same words as the HTML part, laid out for a plain window. Knows no markup.
import type { MailContent } from './mail-content.ts';

/** A mail as plain text, with LF line ends; paragraphs are left to the reader's window to wrap. */
export function mailText(content: MailContent, senderName: string): string {
  const { heading, opening, quote, action, code, closing, unsubscribeUrl } = content;
  const paragraphs = [
    heading,
    ...opening,
    ...(quote ? [`${quote.by} writes:\n\n${quoted(quote.text)}`] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(code ? [`${code.lead}\n${code.digits}`] : []),
    ...closing,
    // What mail programs take for the start of a signature.
    `-- \n${footer(senderName)}`,
    ...(unsubscribeUrl === undefined ? [] : [`Stop these reminders:\n${unsubscribeUrl}`]),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** Who sends this, at the foot of the mail. */
export function footer(senderName: string): string {
  return senderName === 'Rollcall' ? 'Sent by Rollcall' : `Sent by Rollcall for ${senderName}`;
}

const quoted = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
