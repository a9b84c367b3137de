// Opens a hold: gathers what was taken away, tells the history and alerts the admins. Knows no threshold.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { newId } from '../core/secrets.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { adminsToTell } from '../orgs/admin-store.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { gatherDepartures } from './departure-store.ts';
import { insertHold } from './hold-store.ts';

/** Opens a hold over everything that the connection took away after `since`; `leaving` gets no mail about it. */
export async function openHold(
  context: ChangeContext,
  removal: {
    readonly connection: { readonly id: string; readonly name: string };
    readonly since: number;
    readonly leaving: string;
    readonly people: number;
    readonly percent: number;
  },
): Promise<void> {
  const { trx, orgId, now } = context;
  const { connection, since, people } = removal;
  const holdId = newId();
  await insertHold(trx, {
    org_id: orgId,
    id: holdId,
    connection_id: connection.id,
    opened_at: now,
    ended_at: null,
    ended: null,
  });
  await gatherDepartures(trx, orgId, { connectionId: connection.id, since, holdId });
  await recordChange(
    context,
    { kind: 'connection', id: connection.id },
    { hold: [null, holdId] },
    { type: 'hold.opened', data: { holdId, people } },
  );
  const { name: orgName } = await orgInForce(context);
  const data = { orgName, connectionName: connection.name, people, percent: Math.round(removal.percent) };
  for (const { id, email } of await adminsToTell(trx, orgId)) {
    if (email === null || id === removal.leaving) continue;
    await enqueueMail(context, { orgId, memberId: id, address: email }, { kind: 'removal-held', data });
  }
}
