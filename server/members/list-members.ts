// The members' list as people read it: rows with names and groups, page by page. Knows cursors and words, no way to a row.

import type { CustomAttributes } from '../../shared/custom-attributes.ts';
import type { MemberStatus } from '../../shared/member.ts';
import {
  type MemberCounts,
  type MemberListQuery,
  type MemberListRow,
  type MemberPage,
  type MemberSort,
  memberFilterSchema,
} from '../../shared/member-list.ts';
import { chosenOf, customValuesOf, orgAttributes } from '../attributes/org-attributes.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { openCursor, sealCursor } from '../scim/protocol/cursor.ts';
import { ProtocolError } from '../scim/protocol/protocol-error.ts';
import { type GroupsInBrief, groupsInBrief } from './groups-in-brief-store.ts';
import { type ListPosition, readKeyPage } from './member-pages.ts';
import { findMembers, type MemberRow } from './member-store.ts';
import { addUp, countWaiting, tallyOf } from './member-tally-store.ts';
import { personOf } from './person-of.ts';

/** What reading lists takes of the server. */
export interface ListDeps {
  readonly database: Database;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Cursors are signed with it. */
  readonly secret: Buffer;
}

/** For how long a page can be gone on from, in milliseconds. */
const cursorLife = 24 * 3_600_000;

const groupsShown = 3;

/** Whether a list runs from its end to its beginning. */
export function runsBackward(sort: MemberSort, direction: MemberListQuery['direction']): boolean {
  const natural = sort === 'newest' || sort === 'changed' ? 'descending' : 'ascending';
  return (direction ?? natural) === 'descending';
}

/**
 * One page of the members who meet the filters.
 * @throws AppError `cursor.invalid` when the cursor is of another query, or was changed, or is a day old;
 *   `list.uncounted` when a row is named by its number and nobody knows how many there are
 */
export async function listMembers(
  { database, now, secret }: ListDeps,
  orgId: string,
  { sort, direction, cursor, at, limit, attributes, ...filter }: MemberListQuery,
): Promise<MemberPage> {
  const backward = runsBackward(sort, direction);
  const given = Object.keys(memberFilterSchema.shape).map((name) => filter[name as keyof typeof filter]);
  const scope = { binding: JSON.stringify(['members', orgId, sort, backward, given]), count: 0 };
  const after = cursor === undefined ? undefined : positionOf(secret, scope, cursor, now());
  const page = await readKeyPage(database, orgId, { filter, sort, backward, after, at, limit });
  const state = page.next && { direction: 'next' as const, key: page.next };
  return {
    rows: await rowsOf(database.db, orgId, page.ids, attributes),
    total: page.total,
    nextCursor: state && sealCursor(secret, scope, state, now() + cursorLife),
  };
}

function positionOf(
  secret: Buffer,
  scope: { readonly binding: string; readonly count: number },
  cursor: string,
  now: number,
): ListPosition {
  try {
    const [value = null, last = null] = openCursor(secret, scope, cursor, now).key;
    return [value, last ?? ''];
  } catch (error) {
    if (error instanceof ProtocolError) throw new AppError('cursor.invalid', {});
    throw error;
  }
}

/** The rows of a page in its order; who was removed a moment ago is left out. */
async function rowsOf(
  db: Db,
  orgId: string,
  ids: readonly string[],
  attributes: readonly string[] = [],
): Promise<readonly MemberListRow[]> {
  const groups = await groupsInBrief(db, orgId, ids, groupsShown);
  const custom = attributes.length === 0 ? undefined : await orgAttributes(db, orgId);
  const chosen = custom && chosenOf(custom, attributes);
  return (await membersInOrder(db, orgId, ids)).map((member) => rowOf(member, groups.get(member.id), chosen));
}

/** The members of these ids, in the same order. */
export async function membersInOrder(
  db: Db,
  orgId: string,
  ids: readonly string[],
): Promise<readonly MemberRow[]> {
  if (ids.length === 0) return [];
  const members = new Map((await findMembers(db, orgId, ids)).map((member) => [member.id, member]));
  return ids.flatMap((id) => members.get(id) ?? []);
}

function rowOf(
  member: MemberRow,
  groups: GroupsInBrief | undefined,
  chosen: CustomAttributes | undefined,
): MemberListRow {
  const { name, department } = personOf(member);
  return {
    id: member.id,
    name,
    email: member.email,
    userName: member.user_name,
    status: member.status,
    waitingSince: member.waiting_since,
    role: member.role,
    roleByHand: member.role_by_hand === 1,
    department,
    connectionId: member.connection_id,
    groups: { names: groups?.names ?? [], total: groups?.total ?? 0 },
    lastChange: member.updated_at,
    mailFailure: member.mail_failure,
    invitedAt: member.invited_at,
    ...(chosen && { values: customValuesOf(chosen, member.attributes) }),
  };
}

/** How many members an org has, exactly: in all, or of one connection (`none`: of those whom none manages). */
export async function countMembers(
  { database }: Pick<ListDeps, 'database'>,
  orgId: string,
  connectionId?: string,
): Promise<MemberCounts> {
  const tally = await tallyOf(database.db, orgId);
  const of = (status: MemberStatus) => addUp(tally, { status, connectionId });
  const byStatus = {
    not_invited: of('not_invited'),
    invited: of('invited'),
    active: of('active'),
    blocked: of('blocked'),
    deactivated: of('deactivated'),
  };
  const waiting = await countWaiting(database.db, orgId, connectionId);
  return { total: addUp(tally, { connectionId }), byStatus, waiting };
}
