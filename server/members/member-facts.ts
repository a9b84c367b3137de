// A member's lifecycle facts as they stand in a row, and back. Knows columns, decides nothing.
import { type MemberFacts, memberStatus } from './member-lifecycle.ts';
import type { NewMember } from './member-store.ts';

type FactColumns = Pick<
  NewMember,
  'active' | 'invited_at' | 'joined_at' | 'blocked_at' | 'waiting_since' | 'status'
>;

export function factsOf(member: Omit<FactColumns, 'status'>): MemberFacts {
  return {
    active: member.active === 1,
    invitedAt: member.invited_at,
    joinedAt: member.joined_at,
    blockedAt: member.blocked_at,
    waitingSince: member.waiting_since,
  };
}

/** The columns of the facts, with the status that they amount to. */
export function factColumns(facts: MemberFacts): FactColumns {
  return {
    active: facts.active ? 1 : 0,
    invited_at: facts.invitedAt,
    joined_at: facts.joinedAt,
    blocked_at: facts.blockedAt,
    waiting_since: facts.waitingSince,
    status: memberStatus(facts),
  };
}
