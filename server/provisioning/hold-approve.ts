// Lets a held removal stand. Knows holds, not what was taken away.
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { countHeld, lockDepartures } from '../safeguards/departure-store.ts';
import { endHoldRow, findHold, type HoldRow } from '../safeguards/hold-store.ts';

/**
 * Approves a removal: nothing comes back, and what was held is erased when its usual time comes.
 * @throws AppError `hold.not_found`, `hold.ended`
 */
export function approveHold(deps: ChangeDeps, asked: AskedInOrg, holdId: string): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const hold = await lockOpenHold(context, holdId);
    const held = await countHeld(context.trx, context.orgId, [holdId]);
    await endHold(context, hold, 'approved', held.get(holdId)?.people ?? 0);
  });
}

/**
 * The open hold, which nothing more can join until the transaction ends.
 * @throws AppError `hold.not_found`, `hold.ended`
 */
export async function lockOpenHold({ trx, orgId }: ChangeContext, id: string): Promise<HoldRow> {
  const found = await findHold(trx, orgId, id);
  if (!found) throw new AppError('hold.not_found', { id });
  await lockDepartures(trx, orgId, found.connection_id);
  // Once more: whoever had the lock may have ended it.
  const hold = await findHold(trx, orgId, id);
  if (hold?.ended) throw new AppError('hold.ended', { ended: hold.ended });
  return found;
}

/** Ends a locked hold and tells the history. */
export async function endHold(
  context: ChangeContext,
  hold: HoldRow,
  ended: 'approved' | 'restored',
  people: number,
): Promise<void> {
  await endHoldRow(context.trx, context.orgId, hold.id, { at: context.now, ended });
  await recordChange(
    context,
    { kind: 'connection', id: hold.connection_id },
    { hold: [hold.id, null] },
    { type: `hold.${ended}`, data: { holdId: hold.id, people } },
  );
}
