import { describe, expect, test } from 'vitest';
import {
  advance,
  type LifecycleEvent,
  type MemberFacts,
  memberLifecycle,
  memberStatus,
} from '../../../server/members/member-lifecycle.ts';
import { type LifecycleRefusal, type MemberStatus, memberStatuses } from '../../../shared/member.ts';

const newcomer: MemberFacts = {
  active: true,
  invitedAt: null,
  joinedAt: null,
  blockedAt: null,
  waitingSince: null,
};
const now = 900;

/** Somebody in each status, with the facts that leave most to get wrong. */
const people: Readonly<Record<MemberStatus, MemberFacts>> = {
  not_invited: newcomer,
  invited: { ...newcomer, invitedAt: 1 },
  active: { ...newcomer, invitedAt: 1, joinedAt: 2 },
  blocked: { ...newcomer, invitedAt: 1, joinedAt: 2, blockedAt: 3 },
  deactivated: { active: false, invitedAt: 1, joinedAt: 2, blockedAt: 3, waitingSince: null },
};

type Cell = { readonly becomes: MemberStatus; readonly facts: Partial<MemberFacts> } | LifecycleRefusal;
const becomes = (status: MemberStatus, facts: Partial<MemberFacts>): Cell => ({ becomes: status, facts });

/** Every event in every status: what changes and what is shown then, or why not. */
const table: Readonly<Record<LifecycleEvent, Readonly<Record<MemberStatus, Cell>>>> = {
  invite: {
    not_invited: becomes('invited', { invitedAt: now }),
    invited: 'already_invited',
    active: 'already_active',
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  revoke: {
    not_invited: 'not_invited',
    invited: becomes('not_invited', { invitedAt: null }),
    active: 'already_active',
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  wait: {
    not_invited: becomes('not_invited', { waitingSince: now }),
    invited: becomes('not_invited', { waitingSince: now }),
    active: becomes('not_invited', { waitingSince: now }),
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  seat: {
    not_invited: becomes('not_invited', { waitingSince: null }),
    invited: 'already_invited',
    active: 'already_active',
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  accept: {
    not_invited: 'not_invited',
    invited: becomes('active', { joinedAt: now }),
    active: 'already_active',
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  join: {
    not_invited: becomes('active', { joinedAt: now }),
    invited: becomes('active', { joinedAt: now }),
    active: 'already_active',
    blocked: 'is_blocked',
    deactivated: 'is_deactivated',
  },
  block: {
    not_invited: becomes('blocked', { blockedAt: now }),
    invited: becomes('blocked', { blockedAt: now }),
    active: becomes('blocked', { blockedAt: now }),
    blocked: 'already_blocked',
    deactivated: becomes('deactivated', {}),
  },
  unblock: {
    not_invited: 'not_blocked',
    invited: 'not_blocked',
    active: 'not_blocked',
    blocked: becomes('active', { blockedAt: null }),
    deactivated: becomes('deactivated', { blockedAt: null }),
  },
  deactivate: {
    not_invited: becomes('deactivated', { active: false }),
    invited: becomes('deactivated', { active: false }),
    active: becomes('deactivated', { active: false }),
    blocked: becomes('deactivated', { active: false }),
    deactivated: 'already_deactivated',
  },
  reactivate: {
    not_invited: 'not_deactivated',
    invited: 'not_deactivated',
    active: 'not_deactivated',
    blocked: 'not_deactivated',
    deactivated: becomes('blocked', { active: true }),
  },
};

const events = Object.keys(table) as LifecycleEvent[];

test('the table here has a row for every event there is', () => {
  expect(events.sort()).toEqual(Object.keys(memberLifecycle).sort());
});

describe.each(events)('%s', (event) => {
  test.each(memberStatuses)('in status %s', (status) => {
    const facts = people[status];
    expect(memberStatus(facts)).toBe(status);
    const cell = table[event][status];
    const result = advance(facts, event, now);
    if (typeof cell === 'string') {
      expect(result).toEqual({ refused: cell });
      return;
    }
    expect(result).toEqual({ facts: { ...facts, ...cell.facts } });
    expect(memberStatus({ ...facts, ...cell.facts })).toBe(cell.becomes);
  });
});

describe('what is shown when several facts hold', () => {
  test.each([
    [{ active: false, blockedAt: 1, joinedAt: 1, invitedAt: 1 }, 'deactivated'],
    [{ active: false, blockedAt: null, joinedAt: null, invitedAt: null }, 'deactivated'],
    [{ active: true, blockedAt: 1, joinedAt: 1, invitedAt: 1 }, 'blocked'],
    [{ active: true, blockedAt: 1, joinedAt: null, invitedAt: null }, 'blocked'],
    [{ active: true, blockedAt: null, joinedAt: 1, invitedAt: 1 }, 'active'],
    [{ active: true, blockedAt: null, joinedAt: 1, invitedAt: null }, 'active'],
    [{ active: true, blockedAt: null, joinedAt: null, invitedAt: 1 }, 'invited'],
    [{ active: true, blockedAt: null, joinedAt: null, invitedAt: null }, 'not_invited'],
    [{ active: true, blockedAt: 0, joinedAt: null, invitedAt: null }, 'blocked'],
    [{ joinedAt: 1, waitingSince: 2 }, 'not_invited'],
    [{ invitedAt: 1, waitingSince: 2 }, 'not_invited'],
    [{ blockedAt: 1, waitingSince: 2 }, 'blocked'],
    [{ active: false, waitingSince: 2 }, 'deactivated'],
  ] as const)('%o is %s', (facts, status) => {
    expect(memberStatus({ ...newcomer, ...facts })).toBe(status);
  });
});

describe('leaving and coming back', () => {
  test.each(['not_invited', 'invited', 'active', 'blocked'] as const)(
    'deactivated and reactivated, %s is what it was before',
    (status) => {
      const left = advance(people[status], 'deactivate', now);
      const back = 'facts' in left ? advance(left.facts, 'reactivate', now + 1) : left;
      expect(back).toEqual({ facts: people[status] });
    },
  );

  test.each(['not_invited', 'invited', 'active'] as const)(
    'blocked and unblocked, %s is what it was before',
    (status) => {
      const out = advance(people[status], 'block', now);
      const back = 'facts' in out ? advance(out.facts, 'unblock', now + 1) : out;
      expect(back).toEqual({ facts: people[status] });
    },
  );

  test.each(['not_invited', 'invited', 'active'] as const)(
    'made to wait for a seat and given one, %s is what it was before',
    (status) => {
      const waiting = advance(people[status], 'wait', now);
      const back = 'facts' in waiting ? advance(waiting.facts, 'seat', now + 1) : waiting;
      expect(back).toEqual({ facts: people[status] });
    },
  );

  test('nothing that an identity provider writes unlocks somebody who is blocked', () => {
    const left = advance(people.blocked, 'deactivate', now);
    const back = 'facts' in left ? advance(left.facts, 'reactivate', now) : left;
    expect('facts' in back && memberStatus(back.facts)).toBe('blocked');
  });
});
