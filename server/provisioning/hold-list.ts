// Held removals as an admin sees them: how much, by which connection, who. Changes nothing.
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { countHeld, type DepartureKind, heldDepartures } from '../safeguards/departure-store.ts';
import { findHold, listHoldRows } from '../safeguards/hold-store.ts';
import { subjectNames } from './subject-names.ts';

export interface Hold {
  readonly id: string;
  /** The name is null once the connection has been deleted. */
  readonly connection: { readonly id: string; readonly name: string | null };
  readonly openedAt: number;
  readonly endedAt: number | null;
  readonly ended: 'approved' | 'restored' | null;
  readonly people: number;
  readonly groups: number;
}

/** One thing that was taken away. */
export interface Held {
  /** Its place in the list: the next page begins before it. */
  readonly seq: number;
  readonly what: DepartureKind;
  readonly subject: { readonly kind: 'member' | 'group'; readonly id: string };
  /** Null once their data are erased. */
  readonly name: string | null;
  readonly email: string | null;
  readonly at: number;
  /** Whether the person or the group is in the directory (of a person: and active) now. */
  readonly present: boolean;
}

/** An org's held removals, the latest first. */
export async function listHolds(
  db: Db,
  orgId: string,
  { openOnly = false, limit = 50 }: { readonly openOnly?: boolean; readonly limit?: number } = {},
): Promise<readonly Hold[]> {
  const rows = await listHoldRows(db, orgId, { openOnly, limit });
  const held = await countHeld(
    db,
    orgId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    connection: { id: row.connection_id, name: row.connection_name },
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    ended: row.ended,
    people: held.get(row.id)?.people ?? 0,
    groups: held.get(row.id)?.groups ?? 0,
  }));
}

/**
 * What a hold is about, the latest first, in pages.
 * @throws AppError `hold.not_found`
 */
export async function listHeld(
  db: Db,
  orgId: string,
  holdId: string,
  {
    before = Number.MAX_SAFE_INTEGER,
    limit = 50,
  }: { readonly before?: number; readonly limit?: number } = {},
): Promise<readonly Held[]> {
  if (!(await findHold(db, orgId, holdId))) throw new AppError('hold.not_found', { id: holdId });
  const departures = await heldDepartures(db, orgId, holdId, { after: 0, before, limit });
  const ids = new Set(departures.map((departure) => departure.subject_id));
  const known = await subjectNames(db, orgId, [...ids]);
  return departures.map((departure) => ({
    seq: departure.seq,
    what: departure.kind,
    subject: {
      kind: departure.kind === 'group_removed' ? 'group' : 'member',
      id: departure.subject_id,
    },
    at: departure.at,
    ...(known.get(departure.subject_id) ?? { name: null, email: null, present: false }),
  }));
}
