// Mails in words: what they are, how they stand, why one did not arrive. Pure.
import type { Outputs } from '../lib/api.ts';
import type { Tone } from '../parts/status-mark.tsx';

export type ListedMail = Outputs['mail']['list'][number];
export type MailState = ListedMail['state'];

const kinds: Readonly<Record<string, string>> = {
  'sign-in': 'Sign-in link',
  'sign-up': 'Sign-up link',
  invitation: 'Invitation',
  nudge: 'Reminder',
  'removal-held': 'Held removal, to admins',
  'emergency-sign-in': 'Emergency sign-in, to admins',
  'domain-failing': 'Missing DNS record, to admins',
};

export function mailKind(kind: string): string {
  return kinds[kind] ?? kind;
}

export const mailStates: Readonly<
  Record<MailState, { readonly tone: Tone; readonly word: string; readonly means: string }>
> = {
  waiting: { tone: 'waiting', word: 'Waiting', means: 'On its way, or waiting for the next try.' },
  sending: { tone: 'waiting', word: 'Sending', means: 'The mail server is taking it at this moment.' },
  sent: { tone: 'ok', word: 'Sent', means: 'The mail server took it. Whether it was read, nobody knows.' },
  dead: { tone: 'bad', word: 'Failed', means: 'Rollcall has given up. Mend the cause, then send it again.' },
  dropped: {
    tone: 'quiet',
    word: 'Not needed',
    means: 'What it was about had changed before it left, so it was not sent.',
  },
};
