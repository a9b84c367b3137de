// What people say of a set-up themselves: that a step is done, and where the console has the app. Tells history and audit.
import type { Checklist } from '../../shared/setup-checklist.ts';
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { deleteTick, findConsoleIds, insertTick, saveConsoleIds } from './checklist-store.ts';
import { readConsoleAddress } from './console-links.ts';
import { type ChecklistDeps, connectionOf, readChecklist } from './read-checklist.ts';
import { setups } from './setups.ts';

/**
 * Ticks a step by hand, or takes the tick away; what is so already stays so, with the name it has.
 * @throws AppError `connection.not_found`, `setup_step.not_found`
 */
export async function tickStep(
  deps: ChangeDeps & ChecklistDeps,
  request: AskedInOrg & { readonly connectionId: string; readonly stepId: string; readonly ticked: boolean },
): Promise<Checklist> {
  const { orgId, connectionId, stepId, ticked } = request;
  await inChange(deps, request, async (context) => {
    const { trx, actor: by, now: at } = context;
    const { kind } = await connectionOf(trx, orgId, connectionId);
    const step = setups[kind].steps.find(({ id }) => id === stepId);
    if (step === undefined) throw new AppError('setup_step.not_found', { step: stepId });
    const changed = ticked
      ? await insertTick(trx, orgId, connectionId, { stepId, by, at })
      : await deleteTick(trx, orgId, connectionId, stepId);
    if (!changed) return;
    await recordChange(
      context,
      { kind: 'connection', id: connectionId },
      { [stepId]: [!ticked, ticked] },
      { type: 'connection.setup_step_ticked', data: { stepId, step: step.title, ticked } },
    );
  });
  return readChecklist(deps, orgId, connectionId);
}

/**
 * Keeps the ids that an address of the console holds, and nothing else of it: from then on the steps lead to the app.
 * @throws AppError `connection.not_found`, `console.unknown_address`
 */
export async function rememberConsole(
  deps: ChangeDeps & ChecklistDeps,
  request: AskedInOrg & { readonly connectionId: string; readonly address: string },
): Promise<Checklist> {
  const { orgId, connectionId, address } = request;
  await inChange(deps, request, async (context) => {
    const { trx } = context;
    const { kind } = await connectionOf(trx, orgId, connectionId);
    const ids = readConsoleAddress(kind, address);
    const before = await findConsoleIds(trx, orgId, connectionId);
    const changes = Object.entries(ids).filter(([name, id]) => before[name] !== id);
    if (changes.length === 0) return;
    await saveConsoleIds(trx, orgId, connectionId, ids);
    await recordChange(
      context,
      { kind: 'connection', id: connectionId },
      Object.fromEntries(changes.map(([name, id]) => [name, [before[name] ?? null, id]])),
      { type: 'connection.console_remembered', data: {} },
    );
  });
  return readChecklist(deps, orgId, connectionId);
}
