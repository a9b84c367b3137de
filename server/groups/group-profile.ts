// One group as people see it: its members page by page. Reads, and changes nothing.
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findGroup } from './group-store.ts';
import { type Membership, membershipsAfter } from './membership-store.ts';

/**
 * A page of a group's members, by id.
 * @throws AppError `group.not_found`
 */
export async function groupMembers(
  db: Db,
  orgId: string,
  query: { readonly groupId: string; readonly after: string; readonly limit: number },
): Promise<readonly Membership[]> {
  if ((await findGroup(db, orgId, query.groupId)) === undefined)
    throw new AppError('group.not_found', { id: query.groupId });
  return membershipsAfter(db, orgId, query.groupId, query.after, query.limit);
}
