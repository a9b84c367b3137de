// Takes a held removal back: everybody and everything as before, in reverse order. Knows how each departure is undone.
import { type MemberRole, memberRoles } from '../../shared/member.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { putBackGroup } from '../groups/put-back-group.ts';
import { settleMember } from '../invitations/settle-member.ts';
import { reactivateMember } from '../members/advance-member.ts';
import { memberForChange } from '../members/change-member.ts';
import { changeRole } from '../members/change-role.ts';
import { findMember } from '../members/member-store.ts';
import { putBackMember } from '../members/put-back-member.ts';
import { countHeld, type DepartureRow, heldDepartures } from '../safeguards/departure-store.ts';
import { endHold, lockOpenHold } from './hold-approve.ts';

/** Somebody or something that could not be brought back, and why. */
export interface NotRestored {
  readonly subject: { readonly kind: 'member' | 'group'; readonly id: string };
  readonly code: string;
  readonly sentence: string;
}

export interface HoldRestored {
  /** How many people have back what was taken from them. */
  readonly people: number;
  readonly refused: readonly NotRestored[];
}

/** So many departures are undone in one transaction: few enough that nobody else waits for it. */
const slice = 20;

/**
 * Undoes everything in a hold and ends it. Each slice is a transaction of its own; what is undone already is passed
 * over, so that the same call goes on where one that was interrupted stopped.
 * @throws AppError `hold.not_found`, `hold.ended`, `database.busy`
 */
export async function restoreHold(
  deps: ChangeDeps,
  asked: AskedInOrg,
  holdId: string,
): Promise<HoldRestored> {
  const refused = new Map<string, NotRestored>();
  // The identity provider may go on removing meanwhile; what joins the hold is undone too, until there is nothing new.
  for (let done = 0; ; ) {
    const newest = await inChange(deps, asked, (context) => finish(context, holdId, done, refused));
    if ('people' in newest) return newest;
    for (const roles of [false, true])
      await undoRange(deps, asked, holdId, { done, ...newest, roles }, refused);
    done = newest.upTo;
  }
}

/** Ends the hold when nothing came after `done`; else says up to where there is more. */
async function finish(
  context: ChangeContext,
  holdId: string,
  done: number,
  refused: ReadonlyMap<string, NotRestored>,
): Promise<HoldRestored | { readonly upTo: number }> {
  const { trx, orgId } = context;
  const hold = await lockOpenHold(context, holdId);
  const before = Number.MAX_SAFE_INTEGER;
  const [newest] = await heldDepartures(trx, orgId, holdId, { after: done, before, limit: 1 });
  if (newest) return { upTo: newest.seq };
  const held = await countHeld(trx, orgId, [holdId]);
  const left = [...refused.values()].filter(({ subject }) => subject.kind === 'member').length;
  const people = (held.get(holdId)?.people ?? 0) - left;
  await endHold(context, hold, 'restored', people);
  return { people, refused: [...refused.values()] };
}

/**
 * Undoes a run of departures, the latest first, so that each finds what it left. Roles have a turn of their own: most
 * come back with the groups that gave them.
 */
async function undoRange(
  deps: ChangeDeps,
  asked: AskedInOrg,
  holdId: string,
  range: { readonly done: number; readonly upTo: number; readonly roles: boolean },
  refused: Map<string, NotRestored>,
): Promise<void> {
  for (let before = range.upTo + 1; ; ) {
    const page = { after: range.done, before, limit: slice };
    const departures = await heldDepartures(deps.db, asked.orgId, holdId, page);
    const due = departures.filter(
      ({ kind, subject_id }) => (kind === 'role_lost') === range.roles && !refused.has(subject_id),
    );
    if (due.length > 0) {
      const outcomes = await inChange(deps, asked, (context) => undoSlice(context, due));
      for (const outcome of outcomes) refused.set(outcome.subject.id, outcome);
    }
    const last = departures.at(-1);
    if (last === undefined || departures.length < slice) return;
    before = last.seq;
  }
}

async function undoSlice(
  context: ChangeContext,
  departures: readonly DepartureRow[],
): Promise<readonly NotRestored[]> {
  const refused: NotRestored[] = [];
  for (const departure of departures) {
    if (refused.some(({ subject }) => subject.id === departure.subject_id)) continue;
    try {
      await undo(context, departure);
    } catch (error) {
      // Every refusal comes before the first write, so the slice goes on.
      if (!(error instanceof AppError)) throw error;
      refused.push({
        subject: {
          kind: departure.kind === 'group_removed' ? 'group' : 'member',
          id: departure.subject_id,
        },
        code: error.code,
        sentence: error.message,
      });
    }
  }
  return refused;
}

async function undo(context: ChangeContext, { kind, subject_id: id, was }: DepartureRow): Promise<void> {
  switch (kind) {
    case 'group_removed':
      await putBackGroup(context, id);
      return;
    case 'removed':
      if (await findMember(context.trx, context.orgId, id)) return;
      await settleMember(context, undefined, await putBackMember(context, id));
      return;
    case 'deactivated': {
      const member = await memberForChange(context, id);
      if (member.active === 0) await settleMember(context, member, await reactivateMember(context, member));
      return;
    }
    case 'role_lost': {
      const member = await memberForChange(context, id);
      const { role } = JSON.parse(was ?? '{}') as { readonly role: MemberRole };
      // By hand: the membership that gave the role may be gone.
      if (memberRoles.indexOf(role) < memberRoles.indexOf(member.role))
        await changeRole(context, member, role, 'hand');
      return;
    }
  }
}
