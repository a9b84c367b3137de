// The lifecycle of a member as a table: which facts there are, what they amount to, what may happen when. No storage.
import type { LifecycleRefusal, MemberStatus } from '../../shared/member.ts';

/** What the directory says (`active`) and what the org decided (the times, Unix ms, null = did not happen). */
export interface MemberFacts {
  readonly active: boolean;
  readonly invitedAt: number | null;
  readonly joinedAt: number | null;
  readonly blockedAt: number | null;
  /** Since when they wait for a free seat; whoever waits has no way in, whatever happened before. */
  readonly waitingSince: number | null;
}

/** Everything that can happen to a member short of removal. */
export type LifecycleEvent =
  | 'invite'
  | 'revoke'
  | 'accept'
  | 'join'
  | 'block'
  | 'unblock'
  | 'deactivate'
  | 'reactivate'
  | 'wait'
  | 'seat';

interface Rule {
  readonly refusedWhen: Readonly<Partial<Record<MemberStatus, LifecycleRefusal>>>;
  readonly becomes: (facts: MemberFacts, at: number) => MemberFacts;
}

/** The table. A status that a rule does not name is one in which the event may happen. */
export const memberLifecycle: Readonly<Record<LifecycleEvent, Rule>> = {
  invite: {
    refusedWhen: {
      invited: 'already_invited',
      active: 'already_active',
      blocked: 'is_blocked',
      deactivated: 'is_deactivated',
    },
    becomes: (facts, at) => ({ ...facts, invitedAt: at }),
  },
  revoke: {
    refusedWhen: {
      not_invited: 'not_invited',
      active: 'already_active',
      blocked: 'is_blocked',
      deactivated: 'is_deactivated',
    },
    becomes: (facts) => ({ ...facts, invitedAt: null }),
  },
  accept: {
    refusedWhen: {
      not_invited: 'not_invited',
      active: 'already_active',
      blocked: 'is_blocked',
      deactivated: 'is_deactivated',
    },
    becomes: (facts, at) => ({ ...facts, joinedAt: at }),
  },
  join: {
    refusedWhen: { active: 'already_active', blocked: 'is_blocked', deactivated: 'is_deactivated' },
    becomes: (facts, at) => ({ ...facts, joinedAt: at }),
  },
  block: {
    refusedWhen: { blocked: 'already_blocked' },
    becomes: (facts, at) => ({ ...facts, blockedAt: facts.blockedAt ?? at }),
  },
  unblock: {
    refusedWhen: { not_invited: 'not_blocked', invited: 'not_blocked', active: 'not_blocked' },
    becomes: (facts) => ({ ...facts, blockedAt: null }),
  },
  deactivate: {
    refusedWhen: { deactivated: 'already_deactivated' },
    becomes: (facts) => ({ ...facts, active: false }),
  },
  reactivate: {
    refusedWhen: {
      not_invited: 'not_deactivated',
      invited: 'not_deactivated',
      active: 'not_deactivated',
      blocked: 'not_deactivated',
    },
    becomes: (facts) => ({ ...facts, active: true }),
  },
  wait: {
    refusedWhen: { blocked: 'is_blocked', deactivated: 'is_deactivated' },
    becomes: (facts, at) => ({ ...facts, waitingSince: facts.waitingSince ?? at }),
  },
  seat: {
    refusedWhen: {
      invited: 'already_invited',
      active: 'already_active',
      blocked: 'is_blocked',
      deactivated: 'is_deactivated',
    },
    becomes: (facts) => ({ ...facts, waitingSince: null }),
  },
};

/** The one status that is shown when several facts hold: deactivated, blocked, active, invited, not_invited. */
export function memberStatus(facts: MemberFacts): MemberStatus {
  if (!facts.active) return 'deactivated';
  if (facts.blockedAt !== null) return 'blocked';
  if (facts.waitingSince !== null) return 'not_invited';
  if (facts.joinedAt !== null) return 'active';
  if (facts.invitedAt !== null) return 'invited';
  return 'not_invited';
}

/** Looks an event up in the table: the facts after it, or why it may not happen. */
export function advance(
  facts: MemberFacts,
  event: LifecycleEvent,
  at: number,
): { readonly facts: MemberFacts } | { readonly refused: LifecycleRefusal } {
  const rule = memberLifecycle[event];
  const refused = rule.refusedWhen[memberStatus(facts)];
  return refused === undefined ? { facts: rule.becomes(facts, at) } : { refused };
}
