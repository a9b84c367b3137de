// What every directory write carries with it: the transaction, the tenant, who acts, and when.
import type { Db } from '../db/database.ts';
import type { Actor } from '../events/event-log.ts';

export interface ChangeContext {
  /** The transaction that everything about this change is written in. */
  readonly trx: Db;
  readonly orgId: string;
  readonly actor: Actor;
  /** The connection that writes, and so comes to manage what it writes; null for a person of the org. */
  readonly connectionId: string | null;
  readonly requestId: string;
  readonly now: number;
}

/** Whether another connection manages this member or group, which is then none of this connection's business. */
export function isManagedElsewhere(
  { connectionId }: ChangeContext,
  row: { readonly connection_id: string | null },
): boolean {
  return connectionId !== null && row.connection_id !== null && row.connection_id !== connectionId;
}
