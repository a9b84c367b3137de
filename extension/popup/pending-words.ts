// What a row says of somebody who has not joined, in as few words as fit. Pure; times are Unix milliseconds.
import { ago, upcoming } from '../lib/time-words.ts';
import type { PendingPerson } from './waiting-people.ts';

export interface PendingNote {
  readonly tone: 'quiet' | 'attention';
  readonly words: string;
  /** The whole story, for hovering and for screen readers. */
  readonly detail?: string;
}

/** The sentences about mailboxes that occur most, in two words. */
const shortFailures: readonly (readonly [sentence: RegExp, words: string])[] = [
  [/mailbox is full/i, 'mailbox full'],
  [/switched off/i, 'mailbox off'],
  [/no such mailbox/i, 'no such mailbox'],
  [/no such mail domain/i, 'no such domain'],
];

const soon = 36 * 60 * 60 * 1000;

/** The one thing about somebody that matters most now; undefined when there is nothing to say. */
export function pendingNote(person: PendingPerson, now: number): PendingNote | undefined {
  const { mailFailure, remindersOff, expiresAt, lastNudgedAt } = person;
  if (mailFailure !== null) {
    const words = shortFailures.find(([sentence]) => sentence.test(mailFailure))?.[1] ?? 'mail refused';
    return { tone: 'attention', words, detail: `${mailFailure} Correct the address, then resend.` };
  }
  if (expiresAt - now < soon)
    return {
      tone: 'attention',
      words: `ends ${upcoming(Math.max(expiresAt, now), now)}`,
      detail: 'The link in the mail opens nothing after that. Resend makes a new one.',
    };
  if (remindersOff)
    return { tone: 'quiet', words: 'no reminders', detail: 'They asked for no more reminders.' };
  if (lastNudgedAt !== null) return { tone: 'quiet', words: `nudged ${ago(lastNudgedAt, now)}` };
  return undefined;
}
