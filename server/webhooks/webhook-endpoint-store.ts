// The endpoints' rows: find, lock, write, and how they fare. Decides nothing.
import { type Selectable, sql } from 'kysely';
import type { WebhookDisabledReason } from '../../shared/webhook.ts';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { WebhookEndpointTable } from '../db/webhook-tables.ts';

export type EndpointRow = Selectable<WebhookEndpointTable>;

/** An endpoint by where it stands. */
export type EndpointKey = Pick<EndpointRow, 'org_id' | 'id'>;

/** And whether anything gets through. */
export type EndpointInBrief = Pick<EndpointRow, 'org_id' | 'id' | 'failing_since'>;

export async function insertEndpoint(trx: Db, endpoint: EndpointRow): Promise<void> {
  await trx.insertInto('webhook_endpoints').values(endpoint).execute();
}

const byId = prepare<{ org: string; id: string }, EndpointRow>((db, p) =>
  db.selectFrom('webhook_endpoints').selectAll().where('org_id', '=', p('org')).where('id', '=', p('id')),
);

export function findEndpoint(db: Db, orgId: string, id: string): Promise<EndpointRow | undefined> {
  return byId.first(db, { org: orgId, id });
}

const byIdLocked = prepare<{ org: string; id: string }, EndpointRow>((db, p) =>
  db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id'))
    .$call(lockForUpdate(db)),
);

/** The endpoint; until the transaction ends nobody else changes it, adds to its queue or lets the next of it go. */
export function lockEndpoint(trx: Db, orgId: string, id: string): Promise<EndpointRow | undefined> {
  return byIdLocked.first(trx, { org: orgId, id });
}

/** An org's endpoints, the oldest first. */
export function listEndpoints(db: Db, orgId: string): Promise<readonly EndpointRow[]> {
  return db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** What a change may write. */
export async function updateEndpoint(
  trx: Db,
  { org_id, id }: EndpointKey,
  set: Partial<Omit<EndpointRow, 'org_id' | 'id' | 'created_at'>>,
): Promise<void> {
  await trx
    .updateTable('webhook_endpoints')
    .set(set)
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute();
}

/** Removes an endpoint with its deliveries. */
export async function deleteEndpoint(trx: Db, { org_id, id }: EndpointKey): Promise<void> {
  await trx.deleteFrom('webhook_endpoints').where('org_id', '=', org_id).where('id', '=', id).execute();
}

const active = prepare<Record<never, never>, { id: string }>((db) =>
  db.selectFrom('webhook_endpoints').select('id').where('disabled_at', 'is', null).limit(sql.lit(1)),
);

/** Whether there is any endpoint to send to. */
export async function isAnyActive(db: Db): Promise<boolean> {
  return (await active.first(db, {})) !== undefined;
}

const behind = prepare<{ upTo: number }, EndpointInBrief>((db, p) =>
  db
    .selectFrom('webhook_endpoints as w')
    .select(['w.org_id', 'w.id', 'w.failing_since'])
    .where('w.disabled_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('events as e')
          .select('e.seq')
          .whereRef('e.org_id', '=', 'w.org_id')
          .whereRef('e.seq', '>', 'w.position')
          .where('e.seq', '<=', p('upTo')),
      ),
    ),
);

/** The active endpoints of all orgs that have not been told of everything up to this sequence number. */
export function endpointsBehind(db: Db, upTo: number): Promise<readonly EndpointInBrief[]> {
  return behind.all(db, { upTo });
}

const due = prepare<{ now: number }, EndpointInBrief>((db, p) =>
  db
    .selectFrom('webhook_endpoints as w')
    .select(['w.org_id', 'w.id', 'w.failing_since'])
    .where('w.disabled_at', 'is', null)
    .where((where) => where.or([where('w.held_until', 'is', null), where('w.held_until', '<=', p('now'))]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhook_deliveries as d')
          .select('d.seq')
          .whereRef('d.org_id', '=', 'w.org_id')
          .whereRef('d.endpoint_id', '=', 'w.id')
          .where('d.state', 'in', [sql.lit('waiting' as const), sql.lit('sending' as const)])
          .where('d.next_at', '<=', p('now')),
      ),
    ),
);

/** The endpoints of all orgs that something is to be sent to now. */
export function endpointsDue(db: Db, now: number): Promise<readonly EndpointInBrief[]> {
  return due.all(db, { now });
}

const succeeded = prepare<{ org: string; id: string; now: number; recently: number }, unknown>((db, p) =>
  db
    .updateTable('webhook_endpoints')
    .set({ failing_since: null, held_until: null, last_delivered_at: p('now') })
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id'))
    // Whoever gets a thousand messages in a second is written to once.
    .where((where) =>
      where.or([
        where('failing_since', 'is not', null),
        where('held_until', 'is not', null),
        where('last_delivered_at', 'is', null),
        where('last_delivered_at', '<', p('recently')),
      ]),
    ),
);

/** Notes that a message got through. */
export async function noteSuccess(trx: Db, { org_id, id }: EndpointKey, now: number): Promise<void> {
  await succeeded.run(trx, { org: org_id, id, now, recently: now - 1000 });
}

/** Marks an endpoint as disabled, or as active when `reason` is null. */
export function switchEndpoint(
  trx: Db,
  key: EndpointKey,
  reason: WebhookDisabledReason | null,
  now: number,
): Promise<void> {
  return updateEndpoint(trx, key, {
    disabled_reason: reason,
    disabled_at: reason === null ? null : now,
    ...(reason === null && { failing_since: null, held_until: null }),
  });
}
