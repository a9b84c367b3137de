// Single sign-on in words: how it stands, who may come in, what requiring it does. Pure; `now` is given.
import type { SingleSignOn, SsoJoining } from '../../shared/single-sign-on.ts';
import { ago } from '../lib/time-words.ts';
import type { Tone } from '../parts/status-mark.tsx';

export const joiningWords: Readonly<Record<SsoJoining, string>> = {
  invited_only: 'Only people who are in the directory',
  verified_domains: 'Everybody with an address at a verified domain',
};

interface Standing {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

/** How it stands, and what to do next. */
export function ssoStanding({ client }: Pick<SingleSignOn, 'client'>, now: number): Standing {
  if (client === null)
    return {
      tone: 'quiet',
      word: 'Not set up',
      sentence: 'People sign in with a code by mail.',
    };
  if (client.provenAt === null)
    return {
      tone: 'waiting',
      word: 'Not proven yet',
      sentence: 'Nobody has come in with these settings. Try it yourself first.',
    };
  return {
    tone: 'ok',
    word: client.required ? 'Required' : 'Proven',
    sentence: `Somebody came in with these settings ${ago(client.provenAt, now)}.`,
  };
}

/** What requiring it does, or why it cannot be required. */
export function requireWords(client: NonNullable<SingleSignOn['client']>): string {
  if (client.required) return 'Single sign-on is the only way in.';
  if (!client.provenByYou)
    return 'Sign in this way once yourself, with the settings as they are; then you can require it. That keeps you from locking everybody out.';
  return 'Codes and links by mail let nobody in any more, and sessions that began another way end at once; people sign in again at your identity provider.';
}

/** The way for emergencies, which stays. */
export const breakGlass =
  'Owners keep a way in by mail for emergencies. Using it is written into the audit log, and every owner is told.';
