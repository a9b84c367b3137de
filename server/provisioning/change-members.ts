// One action for many members, each through the one door in a transaction of their own: an outcome for each, and what
// undoes it. Knows no route.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  MemberAction,
  MemberActionOutcome,
  MemberActionRequest,
  MemberActionResult,
} from '../../shared/member-action.ts';
import type { ChangeDeps } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { findMember, type MemberRow } from '../members/member-store.ts';
import { applyDirectoryChange, type ChangeSource, type DirectoryChange } from './apply-directory-change.ts';

/** So many are asked for at a time: they share a commit on SQLite and leave most of the pool to others on PostgreSQL. */
const together = 8;

/** Does the action to everybody who is named, once each. Who is refused it holds up nobody. */
export async function changeMembers(
  deps: ChangeDeps,
  asked: Omit<ChangeSource, 'connectionId'>,
  { action, ids }: MemberActionRequest,
): Promise<MemberActionResult> {
  const wanted = [...new Set(ids)];
  const results: { readonly outcome: MemberActionOutcome; readonly undo?: MemberAction }[] = [];
  for (let start = 0; start < wanted.length; start += together) {
    const slice = wanted.slice(start, start + together);
    results.push(...(await Promise.all(slice.map((id) => changeOne(deps, asked, action, id)))));
    await nextTurn();
  }
  return {
    outcomes: results.map(({ outcome }) => outcome),
    undo: gathered(results.flatMap(({ outcome, undo }) => (undo ? [{ id: outcome.id, action: undo }] : []))),
  };
}

async function changeOne(
  deps: ChangeDeps,
  asked: Omit<ChangeSource, 'connectionId'>,
  action: MemberAction,
  id: string,
) {
  const before = await findMember(deps.db, asked.orgId, id);
  try {
    await applyDirectoryChange(deps, { ...asked, connectionId: null }, directoryChange(action, id));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message: sentence } = error;
    return { outcome: { id, outcome: 'refused', code, sentence } as const };
  }
  return { outcome: { id, outcome: 'done' } as const, undo: opposite(action, before) };
}

function directoryChange(action: MemberAction, id: string): DirectoryChange {
  switch (action.kind) {
    case 'block':
      return { kind: 'block-member', id, reason: action.reason };
    case 'unblock':
      return { kind: 'unblock-member', id };
    case 'deactivate':
      return { kind: 'deactivate-member', id };
    case 'reactivate':
      return { kind: 'reactivate-member', id };
    case 'remove':
      return { kind: 'remove-member', id, isExpected: () => true };
    case 'put-back':
      return { kind: 'put-back-member', id };
    case 'change-role':
      return { kind: 'change-role', id, role: action.role };
  }
}

/** What undoes an action that somebody met as `before`. */
function opposite(action: MemberAction, before: MemberRow | undefined): MemberAction {
  switch (action.kind) {
    case 'block':
      return { kind: 'unblock' };
    case 'unblock':
      return { kind: 'block', reason: before?.blocked_reason ?? null };
    case 'deactivate':
      return { kind: 'reactivate' };
    case 'reactivate':
      return { kind: 'deactivate' };
    case 'remove':
      return { kind: 'put-back' };
    case 'put-back':
      return { kind: 'remove' };
    case 'change-role':
      return {
        kind: 'change-role',
        role: before?.role_by_hand === 1 ? before.role : 'by-groups',
      };
  }
}

/** One request for each different action. */
function gathered(undone: readonly { readonly id: string; readonly action: MemberAction }[]) {
  const requests = new Map<string, { readonly action: MemberAction; readonly ids: string[] }>();
  for (const { id, action } of undone) {
    const key = JSON.stringify(action);
    const request = requests.get(key) ?? { action, ids: [] };
    request.ids.push(id);
    requests.set(key, request);
  }
  return [...requests.values()];
}
