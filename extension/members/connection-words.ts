// Connections and tokens in words. Pure; `now` is given.
import type { Outputs } from '../lib/api.ts';
import { shortDate } from '../lib/time-words.ts';
import type { Tone } from '../parts/status-mark.tsx';

export type Connection = Outputs['connections']['list'][number];
export type Token = Connection['tokens'][number];

export const connectionKindNames: Readonly<Record<Connection['kind'], string>> = {
  okta: 'Okta',
  entra: 'Entra ID',
  other: 'Another identity provider',
};

const day = 24 * 60 * 60 * 1000;

/** From so many days before its end on, a token is warned about. */
const soon = 30;

/** How a token stands, in a word with its tone. */
export function tokenWords(
  token: Pick<Token, 'state' | 'expiresAt'>,
  now: number,
): readonly [tone: Tone, words: string] {
  if (token.state === 'revoked') return ['paused', 'Revoked'];
  if (token.state === 'expired') return ['bad', 'Expired'];
  if (token.expiresAt === null) return ['ok', 'Works until you end it'];
  const days = Math.ceil((token.expiresAt - now) / day);
  if (days <= 1) return ['attention', 'Ends within a day'];
  if (days <= soon) return ['attention', `Ends in ${days} days`];
  return ['ok', `Works until ${shortDate(token.expiresAt, now)}`];
}

/** A sentence when nothing can come in soon, or can come in any more; null when all is well. */
export function tokenWarning({ tokens, name }: Connection, now: number): string | null {
  const live = tokens.filter(({ state }) => state === 'live');
  if (live.length === 0) return `${name} has no token that works. Make one and paste it there.`;
  const ends = live.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  if (last - now > soon * day) return null;
  const days = Math.max(1, Math.ceil((last - now) / day));
  return `The token ends in ${days === 1 ? '1 day' : `${days} days`}; nothing comes in after that. Make a new one and paste it in ${name}.`;
}
