// The last owner who can act stays, whoever asks. Knows nothing else.

import type { ChangeContext } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { memberName } from './member-identity.ts';
import { lockActiveOwners, type MemberRow } from './member-store.ts';

/**
 * Keeps a member who is about to leave from being the last owner to do so; the owners stay locked, so that two of them
 * cannot leave at the same moment.
 * @throws AppError `member.last_owner`
 */
export async function protectLastOwner(
  context: ChangeContext,
  member: MemberRow,
  attributes: Attributes,
): Promise<void> {
  if (member.role !== 'owner' || member.active === 0 || member.blocked_at !== null) return;
  const owners = await lockActiveOwners(context.trx, context.orgId);
  if (owners.length <= 1) throw new AppError('member.last_owner', { name: memberName(attributes) });
}
