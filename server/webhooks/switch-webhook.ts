// Disables an endpoint, by hand or because nothing gets through, and enables it again. Knows what becomes of what waits.

import type { WebhookDisabledReason } from '../../shared/webhook.ts';
import { type AskedInOrg, type ChangeContext, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { settledSeq } from '../events/settled-seq.ts';
import { ownersToTell } from '../orgs/admin-store.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import type { WebhookDeps } from './change-webhook.ts';
import { hostOf } from './webhook-address.ts';
import { type EndpointRow, lockEndpoint, switchEndpoint, updateEndpoint } from './webhook-endpoint-store.ts';
import { restartQueue, skipQueued } from './webhook-queue-store.ts';

/** @throws AppError `webhook.not_found`, `database.busy` */
export async function disableWebhook(
  deps: WebhookDeps,
  asked: AskedInOrg,
  endpointId: string,
): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const endpoint = await lockEndpoint(context.trx, context.orgId, endpointId);
    if (endpoint === undefined) throw new AppError('webhook.not_found', {});
    if (endpoint.disabled_at === null) await disableEndpoint(context, endpoint, 'by_hand');
  });
}

/** Disables a locked endpoint; its owners are told of it unless one of them did it. */
export async function disableEndpoint(
  context: ChangeContext,
  endpoint: EndpointRow,
  reason: WebhookDisabledReason,
): Promise<void> {
  const { trx, orgId, now } = context;
  await switchEndpoint(trx, endpoint, reason, now);
  await recordChange(
    context,
    { kind: 'org', id: orgId },
    { state: ['active', 'disabled'] },
    { type: 'webhook.disabled', data: { endpointId: endpoint.id, name: endpoint.name, reason } },
  );
  if (reason === 'by_hand') return;
  const { name: orgName } = await orgInForce(context);
  const data = { orgName, endpointName: endpoint.name, host: hostOf(endpoint.url), reason };
  for (const { id, email } of await ownersToTell(trx, orgId)) {
    if (email === null) continue;
    await enqueueMail(context, { orgId, memberId: id, address: email }, { kind: 'webhook-disabled', data });
  }
}

/**
 * Enables an endpoint. `replay` sends what happened meanwhile, and what was given up while nothing got through, in order;
 * `skip` leaves both out.
 * @throws AppError `webhook.not_found`, `database.busy`
 */
export async function enableWebhook(
  deps: WebhookDeps,
  asked: AskedInOrg,
  { endpointId, missed }: { readonly endpointId: string; readonly missed: 'replay' | 'skip' },
): Promise<void> {
  const settled = await settledSeq(deps.database);
  await inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    const endpoint = await lockEndpoint(trx, orgId, endpointId);
    if (endpoint === undefined) throw new AppError('webhook.not_found', {});
    if (endpoint.disabled_at === null) return;
    if (missed === 'replay') await restartQueue(trx, endpoint, endpoint.failing_since, now);
    else {
      await skipQueued(trx, endpoint, now);
      await updateEndpoint(trx, endpoint, { position: Math.max(endpoint.position, settled) });
    }
    await switchEndpoint(trx, endpoint, null, now);
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { state: ['disabled', 'active'] },
      { type: 'webhook.enabled', data: { endpointId, name: endpoint.name, missed } },
    );
  });
}
