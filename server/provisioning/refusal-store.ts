// The requests of a connection that were refused or failed, the newest first, by an index of their own. Reads only.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';

/** What a refusal tells of why. */
export interface Refusal {
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly method: string;
  /** With ids replaced: "/Users/{id}". */
  readonly path: string;
  readonly status: number;
  /** "refused: revoked", "refused: group.unknown_members", … */
  readonly outcome: string;
  readonly detail: string | null;
  /** Who seemed to be calling. */
  readonly client: string;
}

const newest = prepare<{ org: string; connection: string; limit: number }, Refusal>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select(['seq', 'at', 'method', 'path', 'status', 'outcome', 'detail', 'client'])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    // Written out, because the index of refusals is used for these very words only.
    .where(sql<boolean>`status >= 400`)
    .orderBy('seq', 'desc')
    .limit(rowCount(p('limit'))),
);

/** The newest refusals of a connection, newest first, at most so many. */
export function newestRefusals(
  db: Db,
  orgId: string,
  connectionId: string,
  limit: number,
): Promise<readonly Refusal[]> {
  return newest.all(db, { org: orgId, connection: connectionId, limit });
}
