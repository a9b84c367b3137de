// What became of inviting many, added up in a sentence or two. Pure.
import type { InviteOutcome } from '../../shared/invitation-terms.ts';

export type InviteCounts = { [outcome in InviteOutcome]?: number };

/** Each as what follows "3 ". */
const rest: Readonly<Record<Exclude<InviteOutcome, 'invited'>, readonly [one: string, many: string]>> = {
  already_active: ['is active already', 'are active already'],
  already_invited: ['is invited already', 'are invited already'],
  blocked: ['is blocked', 'are blocked'],
  deactivated: ['is deactivated', 'are deactivated'],
  waits_for_seat: ['waits for a free seat', 'wait for a free seat'],
  outside_domains: ['has an address outside your domains', 'have addresses outside your domains'],
  no_address: ['has no address for mail', 'have no address for mail'],
  not_allowed: ['needs an owner to invite them', 'need an owner to invite them'],
  not_found: ['is not here any more', 'are not here any more'],
  malformed: ['has an address that cannot be used', 'have addresses that cannot be used'],
};

/** "12 people are invited. 3 wait for a free seat." */
export function invitedWords({ invited = 0, ...others }: InviteCounts): string {
  const first =
    invited === 0
      ? 'Nobody is invited.'
      : invited === 1
        ? '1 person is invited.'
        : `${invited.toLocaleString()} people are invited.`;
  const more = Object.entries(others).map(([outcome, count]) => {
    const [one, many] = rest[outcome as keyof typeof rest];
    return `${count.toLocaleString()} ${count === 1 ? one : many}.`;
  });
  return [first, ...more].join(' ');
}

/** How many were looked at. */
export function lookedAt(counts: InviteCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
