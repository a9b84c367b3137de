// Why a letter did not leave, told from what the mail server said: whose fault it is, whether to try again, and in which
// words a person is told. Knows SMTP's replies, no row.

export interface MailRefusal {
  /** The mail server's own words, in one line and without secrets; kept with the mail. */
  readonly words: string;
  /** `letter`: this mail, for good. `later`: this mail, for now. `server`: no mail gets through at the moment. */
  readonly concerns: 'letter' | 'later' | 'server';
  /** What is wrong with the mailbox, as a sentence; absent when the refusal is not about the mailbox. */
  readonly mailbox?: string;
}

/** What the answers about mailboxes mean; the first that fits counts. @see RFC 3463 §3 */
const mailboxTroubles: readonly { readonly says: RegExp; readonly sentence: string }[] = [
  {
    says: /\b[45]\.2\.2\b|\b(?:mailbox|quota|storage)\b.*\b(?:full|exceeded)\b|\bover ?quota\b/i,
    sentence: 'The mailbox is full.',
  },
  {
    says: /\b[45]\.2\.1\b|\b(?:mailbox|account|user)\b.*\b(?:disabled|inactive|suspended|deactivated)\b/i,
    sentence: 'The mailbox is switched off.',
  },
  {
    says: /\b[45]\.1\.(?:1|6|10)\b|\bno such (?:user|mailbox|recipient|address|person)\b|\b(?:user|recipient|mailbox|address)\b.*\b(?:unknown|not found|unavailable|does ?n[o']t exist)\b|\bunknown (?:user|recipient|mailbox)\b/i,
    sentence: 'There is no such mailbox.',
  },
  { says: /\b[45]\.1\.2\b/, sentence: 'There is no such mail domain.' },
];

const longest = 300;

/** Reads what a transport threw; `secrets` are struck out of the words. */
export function readRefusal(error: unknown, secrets: readonly string[]): MailRefusal {
  const { response, responseCode, command, code, message } = replyIn(error);
  const words = tellable(response ?? message, secrets);
  // Not the server's fault: the letter never got as far.
  if (responseCode === undefined && (code === undefined || code === 'EENVELOPE' || code === 'EMESSAGE'))
    return { words, concerns: 'later' };
  const isAboutLetter = command === 'RCPT TO' || command === 'DATA';
  // 421: the server is closing down, whatever it was asked.
  if (!isAboutLetter || responseCode === undefined || responseCode === 421)
    return { words, concerns: 'server' };
  const known = mailboxTroubles.find(({ says }) => says.test(words));
  const mailbox = known?.sentence ?? `The mail server says: “${words}”`;
  return { words, mailbox, concerns: responseCode >= 500 ? 'letter' : 'later' };
}

/** Nodemailer puts the server's reply beside its own message. */
function replyIn(error: unknown): {
  readonly response?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly code?: string;
  readonly message: string;
} {
  if (!(error instanceof Error)) return { message: String(error) };
  const { response, responseCode, command, code } = error as Error & Record<string, unknown>;
  return {
    message: error.message,
    ...(typeof response === 'string' && { response }),
    ...(typeof responseCode === 'number' && { responseCode }),
    ...(typeof command === 'string' && { command }),
    ...(typeof code === 'string' && { code }),
  };
}

/** On one line, of a reader's length, and without secrets: a server that refuses a mail may quote from it. */
function tellable(text: string, secrets: readonly string[]): string {
  const clean = secrets
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1)}…`;
}
