// How a letter leaves: to a mail server by SMTP, or into a folder where there is none. Knows nodemailer, no outbox.
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { Letter } from './letter.ts';
import { keepLetter } from './mail-folder.ts';

export interface MailTransport {
  /** Resolves once the letter has been taken; throws what the mail server or the disk says. */
  send(letter: Letter): Promise<void>;
  /** What must not be repeated when it is told why a letter did not leave. */
  readonly secrets: readonly string[];
  /** Lets go of whatever is still on its way, whose `send` then throws. */
  close(): void;
}

/** How many letters travel at the same time. */
export const lettersAtOnce = 5;

/** The longest that one letter may take, in milliseconds; a lease of the outbox lasts longer. */
const patience = 4 * 60_000;

/** Sends to a mail server, over a few connections that are kept open. */
export function smtpTransport(smtpUrl: string): MailTransport {
  let transporter: Promise<Transporter> | undefined;
  const closing = new AbortController();
  const { password } = new URL(smtpUrl);
  const open = async (): Promise<Transporter> => {
    // Loaded here: a server that starts has no use for it yet.
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: lettersAtOnce,
      // A letter that did not leave is the outbox's to send again.
      maxRequeues: 0,
      dnsTimeout: 10_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
    });
  };
  return {
    secrets: [password, unescaped(password)],
    async send(letter) {
      transporter ??= open();
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]);
      await (await transporter).sendMail({ ...messageOf(letter), signal });
    },
    close() {
      closing.abort();
      transporter?.then((opened) => opened.close());
    },
  };
}

/** As a mail server would quote it; a password that is escaped wrongly is none that could be quoted. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keeps letters in a folder, each as a file that any mail program opens. */
export function folderTransport(folder: string): MailTransport {
  return {
    secrets: [],
    async send(letter) {
      const { createTransport } = await import('nodemailer');
      const writer = createTransport({ streamTransport: true, buffer: true });
      const { message } = await writer.sendMail(messageOf(letter));
      await keepLetter(folder, letter, message as Buffer);
    },
    close() {},
  };
}

function messageOf({ from, to, subject, text, html, date, messageId, headers }: Letter): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    date,
    messageId,
    // Prepared, because the mail program has to find them on one line each.
    headers: Object.entries(headers).map(([key, value]) => ({ key, value: { prepared: true, value } })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
