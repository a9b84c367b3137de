// What can be done to people from the members page, in words: for whom, how it is asked for, and what it is called
// afterwards. Knows words; what happens, the server does.
import type { MemberStatus } from '../../shared/member.ts';
import type { MemberAction } from '../../shared/member-action.ts';
import { peopleCount } from '../people/nudge-readiness.ts';

/** `invite` goes another way to the server than the rest. */
export type AnyAction = MemberAction | { readonly kind: 'invite' };
export type ActionKind = AnyAction['kind'];

interface ActionWords {
  readonly verb: string;
  /** For whom it makes sense. */
  readonly statuses: readonly MemberStatus[];
  /** As in "Noor Haddad is blocked." */
  readonly done: string;
}

const all: readonly MemberStatus[] = ['not_invited', 'invited', 'active', 'blocked', 'deactivated'];

export const actionWords: Readonly<Record<ActionKind, ActionWords>> = {
  invite: { verb: 'Invite', statuses: ['not_invited'], done: 'invited' },
  block: { verb: 'Block', statuses: ['not_invited', 'invited', 'active', 'deactivated'], done: 'blocked' },
  unblock: { verb: 'Unblock', statuses: ['blocked'], done: 'unblocked' },
  deactivate: {
    verb: 'Deactivate',
    statuses: ['not_invited', 'invited', 'active', 'blocked'],
    done: 'deactivated',
  },
  reactivate: { verb: 'Reactivate', statuses: ['deactivated'], done: 'reactivated' },
  'change-role': { verb: 'Change role', statuses: all, done: 'given another role' },
  remove: { verb: 'Remove', statuses: all, done: 'removed' },
  'put-back': { verb: 'Put back', statuses: [], done: 'put back' },
};

/** What hurts others is asked about first; the rest is done at once and can be undone. */
export type AskedFirst = 'block' | 'deactivate' | 'remove';

export function isAskedFirst(kind: ActionKind): kind is AskedFirst {
  return kind === 'block' || kind === 'deactivate' || kind === 'remove';
}

/** What it does to them, said before it is done. */
export const consequences: Readonly<Record<AskedFirst, string>> = {
  block:
    'Their sessions end at once, and they cannot sign in until somebody unblocks them. A connection cannot unblock them.',
  deactivate:
    'Their sessions end at once, and pending invitations are withdrawn. A connection that manages them can reactivate them.',
  remove:
    'They lose their access, their groups and their role at once. You can put them back until the grace time of your organisation is over.',
};

/** Whether it makes sense for one of these at least. */
export function suits(kind: ActionKind, statuses: ReadonlySet<MemberStatus>): boolean {
  return actionWords[kind].statuses.some((status) => statuses.has(status));
}

/** "Noor Haddad is blocked.", "1,204 people are blocked." */
export function doneSentence(kind: ActionKind, count: number, onlyName: string | undefined): string {
  const { done } = actionWords[kind];
  if (count === 1) return `${onlyName ?? '1 person'} is ${done}.`;
  return `${peopleCount(count)} are ${done}.`;
}
