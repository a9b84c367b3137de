// A mail as its reader gets it: subject, text and HTML. Knows neither addresses nor how mail travels.
import type { Mail } from './mail.ts';
import { inLine, mailContent } from './mail-content.ts';
import { mailHtml } from './mail-html.tsx';
import { mailText } from './mail-text.ts';

/** What the reader's program shows. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where reminders are stopped; only reminders have it. */
  readonly unsubscribeUrl?: string;
}

/** What a mail needs besides its data: where its links lead, and whose name it bears. */
export interface MailSetting {
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly senderName: string;
}

/** Puts a mail into words and markup. What is sent and what is previewed come from here alike. */
export function renderMail(mail: Mail, { publicUrl, senderName }: MailSetting): RenderedMail {
  const content = mailContent(mail, publicUrl);
  const name = inLine(senderName);
  return {
    subject: content.subject,
    text: mailText(content, name),
    html: mailHtml(content, name),
    ...(content.unsubscribeUrl !== undefined && { unsubscribeUrl: content.unsubscribeUrl }),
  };
}
