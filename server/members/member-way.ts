// Chooses the way to a page of members by what it costs: walk the list's order, or fetch whom one filter wants and sort
// them. Knows sizes, reads no member.
import { type MemberFilter, type MemberSort, unmanaged } from '../../shared/member-list.ts';
import type { Db } from '../db/database.ts';
import { type Driver, driversOf, filtersSet } from './member-filter-sql.ts';
import { metByWalking } from './member-list-store.ts';
import { tallyBucket } from './member-store.ts';
import { addUp, countEntries, countRuns, type TallyRow, tallyName, tallyOf } from './member-tally-store.ts';

/** How to come to a page of members. */
export interface ListWay {
  /** Whom to fetch and sort; without it, the list's order is walked. */
  readonly driver?: Driver;
  /** Whether a walk meets nobody whom the filters leave out, so that it costs no more than its page. */
  readonly isFree: boolean;
  /** How many meet the filters, where that is known. */
  readonly total: number | null;
}

interface PageWanted {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly limit: number;
}

/** An index entry that is passed over costs about so much of a row that is read. */
const entryCost = 1 / 8;

/** Fetching so few needs no thought. */
const few = 500;

/**
 * A walk meets (all / wanted) people for each one of a page, fetching meets everybody who is wanted: so fetching pays up
 * to the geometric mean of all and a page, and nothing is counted beyond it.
 */
export async function wayTo(
  db: Db,
  orgId: string,
  { filter, sort, limit }: PageWanted,
  searching: boolean,
): Promise<ListWay> {
  const tally = await tallyOf(db, orgId);
  const names = filtersSet(filter);
  const tallied = addUp(tally, filter);
  const isTallied = names.every((name) => name === 'status' || name === 'connectionId');
  const met = searching ? [] : metByWalking(sort);
  const isFree = names.every((name) => met.includes(name));
  if (tallied === 0) return { isFree, total: 0 };
  const total = isTallied && !searching ? tallied : null;
  if (isFree) return { isFree, total };

  const all = addUp(tally, {});
  const enough = Math.max(few, Math.ceil(Math.sqrt(all * limit)));
  let wanted = tallied;
  let best: { readonly driver: Driver; readonly cost: number } | undefined;
  let counted: number | undefined;
  for (const driver of driversOf(db, orgId, filter)) {
    const size = await sizeOf(db, orgId, driver, filter, tally, enough + 1);
    // The index of a status holds names too: nobody needs to be read to sort by them.
    const isCovered = driver.name === 'status' && names.length === 1 && sort === 'name' && !searching;
    const cost = isCovered ? size.cost * entryCost : size.cost;
    if (names.length === 1 && driver.name !== 'department' && size.wanted <= enough) counted = size.wanted;
    wanted = Math.min(wanted, size.wanted);
    if (best === undefined || cost < best.cost) best = { driver, cost };
  }
  const known = searching ? total : (total ?? counted ?? null);
  const walk = (all * limit) / Math.max(1, wanted);
  if (best === undefined || (best.cost > few && best.cost > walk)) return { isFree, total: known };
  return { driver: best.driver, isFree, total: known };
}

/** How many members a driver leads to, at least where it is beyond `atMost`, and what fetching them costs. */
async function sizeOf(
  db: Db,
  orgId: string,
  { name, entries }: Driver,
  { status, connectionId = unmanaged }: MemberFilter,
  tally: readonly TallyRow[],
  atMost: number,
): Promise<{ readonly wanted: number; readonly cost: number }> {
  if (name === 'status') {
    const wanted = addUp(tally, { status });
    return { wanted, cost: wanted };
  }
  if (entries === null) {
    const wanted = addUp(tally, { status, connectionId });
    const runs = await countRuns(db, orgId, tallyName(connectionId), status);
    return { wanted, cost: wanted + runs * tallyBucket * entryCost };
  }
  const wanted = await countEntries(db, entries, atMost);
  return { wanted, cost: wanted };
}
