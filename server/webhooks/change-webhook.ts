// Makes, changes and removes endpoints and renews their secrets. Knows the rules of a change, no HTTP.
import {
  type IssuedWebhookSecret,
  mostWebhookEndpoints,
  type NewWebhook,
  type WebhookChange,
  webhookOverlapHours,
} from '../../shared/webhook.ts';
import type { Changes } from '../audit/audit-log.ts';
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Outgoing } from '../core/outgoing.ts';
import { newId } from '../core/secrets.ts';
import type { Database } from '../db/database.ts';
import { settledSeq } from '../events/settled-seq.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { checkAddress, hostOf } from './webhook-address.ts';
import {
  deleteEndpoint,
  type EndpointRow,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  updateEndpoint,
} from './webhook-endpoint-store.ts';
import { newWebhookSecret } from './webhook-secret.ts';

/** What the commands about webhooks need of the server. */
export interface WebhookDeps extends ChangeDeps {
  readonly database: Database;
  readonly outgoing: Outgoing;
}

/**
 * Makes an endpoint, which is told of what happens from now on; its secret is in the answer and nowhere else.
 * @throws AppError `webhook.unusable_address`, `webhook.too_many`, `database.busy`
 */
export async function createWebhook(
  deps: WebhookDeps,
  asked: AskedInOrg,
  { name, url, eventTypes }: NewWebhook,
): Promise<IssuedWebhookSecret & { readonly endpointId: string }> {
  checkAddress(deps.outgoing, url);
  const position = await settledSeq(deps.database);
  const { shown, sealed } = newWebhookSecret(deps.secret);
  const id = newId();
  await inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    await lockOrg(trx, orgId);
    if ((await listEndpoints(trx, orgId)).length >= mostWebhookEndpoints)
      throw new AppError('webhook.too_many', { most: mostWebhookEndpoints });
    await insertEndpoint(trx, {
      org_id: orgId,
      id,
      name,
      url,
      event_types: typesColumn(eventTypes),
      disabled_reason: null,
      disabled_at: null,
      secret_sealed: sealed,
      old_secret_sealed: null,
      old_secret_until: null,
      position,
      failing_since: null,
      held_until: null,
      last_delivered_at: null,
      created_at: now,
    });
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { name: [null, name], host: [null, hostOf(url)], eventTypes: [null, eventTypes ?? 'all'] },
      { type: 'webhook.created', data: { endpointId: id, name } },
    );
  });
  return { endpointId: id, secret: shown };
}

/** @throws AppError `webhook.unusable_address`, `webhook.not_found`, `database.busy` */
export async function changeWebhook(
  deps: WebhookDeps,
  asked: AskedInOrg,
  { endpointId, name, url, eventTypes }: WebhookChange,
): Promise<void> {
  if (url !== undefined) checkAddress(deps.outgoing, url);
  await inChange(deps, asked, async (context) => {
    const before = await lockEndpoint(context.trx, context.orgId, endpointId);
    if (before === undefined) throw new AppError('webhook.not_found', {});
    const after = {
      name: name ?? before.name,
      url: url ?? before.url,
      event_types: eventTypes === undefined ? before.event_types : typesColumn(eventTypes),
    };
    const changes = changesOf(before, after);
    const changed = Object.keys(changes);
    if (changed.length === 0) return;
    await updateEndpoint(context.trx, before, after);
    await recordChange(context, { kind: 'org', id: context.orgId }, changes, {
      type: 'webhook.changed',
      data: { endpointId, name: after.name, changed },
    });
  });
}

/** @throws AppError `webhook.not_found`, `database.busy` */
export async function removeWebhook(deps: WebhookDeps, asked: AskedInOrg, endpointId: string): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const endpoint = await lockEndpoint(context.trx, context.orgId, endpointId);
    if (endpoint === undefined) throw new AppError('webhook.not_found', {});
    await deleteEndpoint(context.trx, endpoint);
    await recordChange(
      context,
      { kind: 'org', id: context.orgId },
      { name: [endpoint.name, null], host: [hostOf(endpoint.url), null] },
      { type: 'webhook.removed', data: { endpointId, name: endpoint.name } },
    );
  });
}

/**
 * Gives an endpoint a new secret; the one before signs beside it for a day.
 * @throws AppError `webhook.not_found`, `database.busy`
 */
export async function rotateWebhookSecret(
  deps: WebhookDeps,
  asked: AskedInOrg,
  endpointId: string,
): Promise<IssuedWebhookSecret & { readonly oldSecretUntil: number }> {
  const { shown, sealed } = newWebhookSecret(deps.secret);
  const oldSecretUntil = await inChange(deps, asked, async (context) => {
    const endpoint = await lockEndpoint(context.trx, context.orgId, endpointId);
    if (endpoint === undefined) throw new AppError('webhook.not_found', {});
    const until = context.now + webhookOverlapHours * 3_600_000;
    await updateEndpoint(context.trx, endpoint, {
      secret_sealed: sealed,
      old_secret_sealed: endpoint.secret_sealed,
      old_secret_until: until,
    });
    await recordChange(
      context,
      { kind: 'org', id: context.orgId },
      {},
      { type: 'webhook.secret_rotated', data: { endpointId, name: endpoint.name, oldSecretUntil: until } },
    );
    return until;
  });
  return { secret: shown, oldSecretUntil };
}

function typesColumn(eventTypes: NewWebhook['eventTypes']): string | null {
  return eventTypes === null ? null : JSON.stringify([...new Set(eventTypes)].sort());
}

/** Of an address, the audit log has the host; a change of what comes after it is told without saying which. */
function changesOf(before: EndpointRow, after: Pick<EndpointRow, 'name' | 'url' | 'event_types'>): Changes {
  return {
    ...(before.name !== after.name && { name: [before.name, after.name] as const }),
    ...(before.url !== after.url && { address: [hostOf(before.url), hostOf(after.url)] as const }),
    ...(before.event_types !== after.event_types && {
      eventTypes: [typesTold(before.event_types), typesTold(after.event_types)] as const,
    }),
  };
}

function typesTold(column: string | null): unknown {
  return column === null ? 'all' : JSON.parse(column);
}
