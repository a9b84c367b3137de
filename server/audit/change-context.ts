// What every write carries with it: the transaction, the tenant, who acts, when. Knows no row.
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Actor } from '../events/event-log.ts';

/** What a command needs of the server. */
export interface ChangeDeps {
  readonly db: Db;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The server's key: what must be kept but not read is sealed with it. */
  readonly secret: Buffer;
}

/** What commands need, out of what the server is made of. */
export function changeDepsOf(server: {
  readonly database: { readonly db: Db };
  readonly now: () => number;
  readonly secret: Buffer;
}): ChangeDeps {
  return { db: server.database.db, now: server.now, secret: server.secret };
}

/** Where a change comes from, for the audit log. */
export interface Origin {
  readonly requestId: string;
  /** The network address that asked, or "terminal"; left out for what the server does by itself. */
  readonly from?: string | undefined;
}

/** Who asks for a change, and from where. */
export interface Asked extends Origin {
  readonly actor: Actor;
}

/** Somebody asks for a change in one org, whose tenancy the caller has proven. */
export interface AskedInOrg extends Asked {
  readonly orgId: string;
}

export interface ChangeContext extends AskedInOrg {
  /** The transaction that everything about this change is written in. */
  readonly trx: Db;
  readonly now: number;
  readonly secret: Buffer;
  /** The connection that writes, and so comes to manage what it writes; null for a person of the org. */
  readonly connectionId: string | null;
}

/**
 * Runs a command in one transaction: all or nothing, and again from the start when another writer is in the way, so
 * `work` awaits nothing but queries.
 * @throws AppError `database.busy`; whatever `work` throws
 */
export function inChange<Result>(
  { db, now, secret }: ChangeDeps,
  { orgId, actor, requestId, from }: AskedInOrg,
  work: (context: ChangeContext) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, (trx) =>
    work({ trx, orgId, actor, requestId, from, connectionId: null, secret, now: now() }),
  );
}

/** Whether another connection manages this member or group, which is then none of this connection's business. */
export function isManagedElsewhere(
  { connectionId }: ChangeContext,
  row: { readonly connection_id: string | null },
): boolean {
  return connectionId !== null && row.connection_id !== null && row.connection_id !== connectionId;
}
