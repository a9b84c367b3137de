// Deletes what is no longer kept, a slice at a time. Knows SQL, not for how long anything is kept. Each function looks at
// no more rows than `limit` and says how many it took; fewer than `limit` means that there are no more.
import type { ExpressionBuilder } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tables } from '../db/tables.ts';
import { nextRecordedConnection, purgeRecords } from './provisioning-record-store.ts';

/** Deletes rows from before the time given, of the org. */
export type Purge = (db: Db, orgId: string, before: number, limit: number) => Promise<number>;

export const purgeEvents: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('events')
    .where('seq', 'in', (from) =>
      from.selectFrom('events').select('seq').where('org_id', '=', orgId).orderBy('seq').limit(limit),
    )
    .where('at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** The ways from people to events that are from before the time given, or are gone. */
export const purgeMemberEvents: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('member_events')
    .where('org_id', '=', orgId)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('member_id', 'seq'),
        'in',
        selectFrom('member_events')
          .select(['member_id', 'seq'])
          .where('org_id', '=', orgId)
          .orderBy('seq')
          .limit(limit)
          .$asTuple('member_id', 'seq'),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('events as e')
            .select('e.seq')
            .whereRef('e.seq', '=', 'member_events.seq')
            .where('e.at', '>=', before),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** The records of one connection after another, of deleted ones too. */
export const purgeOrgRecords: Purge = async (db, orgId, before, limit) => {
  let deleted = 0;
  for (let connection: string | null = ''; deleted < limit; ) {
    connection = await nextRecordedConnection(db, orgId, connection);
    if (connection === null) break;
    deleted += await purgeRecords(db, orgId, {
      connectionId: connection,
      before,
      limit: limit - deleted,
    });
  }
  return deleted;
};

export const purgeEndedInvitations: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('invitations')
    .where('org_id', '=', orgId)
    .where('id', 'in', (from) =>
      from
        .selectFrom('invitations')
        .select('id')
        .where('org_id', '=', orgId)
        .where('ended_at', '<', before)
        .orderBy('ended_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

export const purgeNudges: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('nudges')
    .where('org_id', '=', orgId)
    .where('id', 'in', (from) =>
      from
        .selectFrom('nudges')
        .select('id')
        .where('org_id', '=', orgId)
        .where('at', '<', before)
        .orderBy('at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** Mails that need nobody any more, or that nobody sent again. */
export const purgeMail: Purge = async (db, orgId, before, limit) =>
  purgeMailWhere(db, before, limit, (where) => where('org_id', '=', orgId));

/** Mails of no org: sign-ins. */
export async function purgeMailOfNoOrg(db: Db, before: number, limit: number): Promise<number> {
  return purgeMailWhere(db, before, limit, (where) => where('org_id', 'is', null));
}

async function purgeMailWhere(
  db: Db,
  before: number,
  limit: number,
  whose: (where: ExpressionBuilder<Tables, 'outbox'>) => ReturnType<ExpressionBuilder<Tables, 'outbox'>>,
): Promise<number> {
  let deleted = 0;
  for (const state of ['sent', 'dropped', 'dead'] as const) {
    const result = await db
      .deleteFrom('outbox')
      .where('seq', 'in', (from) =>
        from
          .selectFrom('outbox')
          .select('seq')
          .where(whose)
          .where('state', '=', state)
          .orderBy('seq')
          .limit(limit),
      )
      .where('ended_at', '<', before)
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
  }
  return deleted;
}

/** Webhook messages that were delivered, given up or left out, with what came of each try. */
export const purgeWebhookDeliveries: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('webhook_deliveries')
    .where('seq', 'in', (from) =>
      from
        .selectFrom('webhook_deliveries')
        .select('seq')
        .where('org_id', '=', orgId)
        .where('ended_at', '<', before)
        .orderBy('ended_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** Departures that were never held. */
export const purgeDepartures: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('departures')
    .where('seq', 'in', (from) =>
      from
        .selectFrom('departures')
        .select('seq')
        .where('org_id', '=', orgId)
        .where('hold_id', 'is', null)
        .where('at', '<', before)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** Departures of holds that have ended. */
export const purgeHeld: Purge = async (db, orgId, before, limit) => {
  const result = await db
    .deleteFrom('departures')
    .where('seq', 'in', (from) =>
      from
        .selectFrom('departures as d')
        .innerJoin('holds as h', (join) =>
          join.onRef('h.org_id', '=', 'd.org_id').onRef('h.id', '=', 'd.hold_id'),
        )
        .select('d.seq')
        .where('d.org_id', '=', orgId)
        .where('h.ended_at', '<', before)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
};

/** Sessions, sign-ins and codes that are over, of every org. */
export async function purgeExpired(
  db: Db,
  table: 'sessions' | 'sign_ins' | 'extension_codes',
  before: number,
  limit: number,
): Promise<number> {
  const key = table === 'sign_ins' ? 'id' : 'hash';
  const result = await db
    .deleteFrom(table)
    .where(key, 'in', (from) =>
      from.selectFrom(table).select(key).where('expires_at', '<', before).orderBy('expires_at').limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Erases what would bring back those who were removed before the time given, unless an open hold keeps it; gives the ids
 * of the people and says how many were erased, groups among them.
 */
export async function eraseDocuments(
  trx: Db,
  orgId: string,
  before: number,
  limit: number,
): Promise<{ readonly erased: number; readonly people: readonly string[] }> {
  const rows = await trx
    .updateTable('tombstones')
    .set({ document: null })
    .where('org_id', '=', orgId)
    .where('document', 'is not', null)
    .where('id', 'in', (from) =>
      from
        .selectFrom('tombstones as t')
        .select('t.id')
        .where('t.org_id', '=', orgId)
        .where('t.document', 'is not', null)
        .where('t.removed_at', '<', before)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('departures as d')
                .innerJoin('holds as h', (join) =>
                  join.onRef('h.org_id', '=', 'd.org_id').onRef('h.id', '=', 'd.hold_id'),
                )
                .select('d.seq')
                .whereRef('d.org_id', '=', 't.org_id')
                .whereRef('d.subject_id', '=', 't.id')
                .where('h.ended_at', 'is', null),
            ),
          ),
        )
        .orderBy('t.removed_at')
        .limit(limit),
    )
    .returning(['id', 'kind'])
    .execute();
  return {
    erased: rows.length,
    people: rows.filter(({ kind }) => kind === 'User').map(({ id }) => id),
  };
}

/** Deletes the mails that went to somebody: their address stands in them. */
export async function deleteMailTo(trx: Db, orgId: string, memberId: string): Promise<void> {
  await trx.deleteFrom('outbox').where('org_id', '=', orgId).where('member_id', '=', memberId).execute();
}
