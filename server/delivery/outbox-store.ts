// The outbox's rows, once they are written: what is due, whose turn it is, what became of it. Knows leases, no mail
// server.
import { type Selectable, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres, lockForUpdate } from '../db/locks.ts';
import type { OutboxTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type OutboxRow = Selectable<OutboxTable>;

export type MailState = OutboxRow['state'];

/** What a mail's list shows: everything but what it says. */
export type ListedMail = Omit<OutboxRow, 'sealed' | 'org_id'>;

// Spelt out, not parameters: only then does a database see that the index of the mails that are due will do.
const onItsWay = [sql.lit<MailState>('waiting'), sql.lit<MailState>('sending')];

const due = prepare<{ now: number }, { id: string }>((db, p) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where('state', 'in', onItsWay)
    .where('next_at', '<=', p('now'))
    .limit(sql.lit(1)),
);

/** Whether any mail waits to be sent now. */
export async function isMailDue(db: Db, now: number): Promise<boolean> {
  return (await due.first(db, { now })) !== undefined;
}

const claim = prepare<{ now: number; until: number }, OutboxRow>((db, p) =>
  db
    .updateTable('outbox')
    .set((set) => ({ state: 'sending', next_at: p('until'), attempts: set('attempts', '+', 1) }))
    .where('seq', '=', (from) =>
      from
        .selectFrom('outbox')
        .select('seq')
        .where('state', 'in', onItsWay)
        .where('next_at', '<=', p('now'))
        .orderBy('next_at')
        .limit(sql.lit(1))
        // Two processes that ask at once get two mails, neither waiting for the other.
        .$call((query) => (isPostgres(db) ? query.forUpdate().skipLocked() : query)),
    )
    .returningAll(),
);

/**
 * The mail that has been due for longest, claimed until `until`: until then nobody else gets it, and afterwards, when
 * nothing was written about it, it is due again. Its `attempts` count this one.
 */
export function claimMail(db: Db, now: number, until: number): Promise<OutboxRow | undefined> {
  return claim.first(db, { now, until });
}

type Settlement = Pick<OutboxRow, 'state' | 'sealed' | 'next_at' | 'ended_at' | 'last_error'>;

const settle = prepare<Settlement & { id: string; lease: number }, unknown>((db, p) =>
  db
    .updateTable('outbox')
    .set({
      state: p('state'),
      sealed: p('sealed'),
      next_at: p('next_at'),
      ended_at: p('ended_at'),
      last_error: p('last_error'),
    })
    .where('id', '=', p('id'))
    .where('state', '=', 'sending')
    .where('next_at', '=', p('lease')),
);

/** Writes what became of a claimed mail; false when the claim had run out and somebody else has it by now. */
export async function settleMail(trx: Db, claimed: OutboxRow, settlement: Settlement): Promise<boolean> {
  const changed = await settle.run(trx, { ...settlement, id: claimed.id, lease: claimed.next_at });
  return changed > 0;
}

/** A mail of this org, kept from being changed by anybody else until the transaction ends. */
export function lockMail(trx: Db, orgId: string, id: string): Promise<OutboxRow | undefined> {
  return trx
    .selectFrom('outbox')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .$call(lockForUpdate(trx))
    .executeTakeFirst();
}

/** Makes a mail due at once, as if it had never been tried. */
export async function reviveMail(trx: Db, orgId: string, id: string, now: number): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state: 'waiting', attempts: 0, next_at: now, ended_at: null, last_error: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
}

/** An org's mails, newest first: those in `state` when one is given, and those before the sequence number `before`. */
export function listMails(
  db: Db,
  orgId: string,
  {
    state,
    before,
    limit,
  }: { readonly state?: MailState | undefined; readonly before?: number | undefined; readonly limit: number },
): Promise<readonly ListedMail[]> {
  return db
    .selectFrom('outbox')
    .select(['seq', 'id', 'kind', 'member_id', 'recipient', 'state', 'attempts', 'next_at', 'created_at'])
    .select(['ended_at', 'last_error'])
    .where('org_id', '=', orgId)
    .$if(state !== undefined, (query) => query.where('state', '=', state as MailState))
    .$if(before !== undefined, (query) => query.where('seq', '<', before as number))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

const orgOf = prepare<{ org: string }, { name: string; settings: string }>((db, p) =>
  db.selectFrom('orgs').select(['name', 'settings']).where('id', '=', p('org')),
);

/** The name and the stored settings of the org that a mail is sent for. */
export function findMailOrg(
  db: Db,
  orgId: string,
): Promise<{ readonly name: string; readonly settings: string } | undefined> {
  return orgOf.first(db, { org: orgId });
}
