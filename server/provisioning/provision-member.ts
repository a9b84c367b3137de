// A person arrives through a connection: whether they are new, somebody to adopt, somebody who returns, or a clash.

import { type ChangeContext, isManagedElsewhere } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { addMember } from '../members/add-member.ts';
import { type MemberMove, refuseClash, rewriteMember } from '../members/change-member.ts';
import { memberIdentity } from '../members/member-identity.ts';
import { lockMembersLike, type MemberRow } from '../members/member-store.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { findConnection } from './connection-store.ts';

/**
 * Adds the person, or recognises them: one whom nobody manages is adopted with id and invitation kept, an inactive one
 * of this connection returns under the old id.
 * @throws AppError `member.user_name_taken`, `member.email_taken`, `member.managed_elsewhere`
 */
export async function provisionMember(context: ChangeContext, attributes: Attributes): Promise<MemberMove> {
  const identity = memberIdentity(attributes);
  const { connectionId } = context;
  const like = await lockMembersLike(context.trx, context.orgId, {
    ...identity,
    connectionId: connectionId ?? '',
  });
  const known = like.length === 0 ? undefined : recognise(like, identity);
  if (!known) {
    const changed = Object.keys(attributes);
    const after = await addMember(context, attributes);
    return { before: undefined, after, outcome: 'created', changed };
  }
  if (isManagedElsewhere(context, known)) {
    const connection =
      known.connection_id === null ? undefined : await findConnection(context.trx, known.connection_id);
    const { userName } = identity;
    throw new AppError('member.managed_elsewhere', {
      userName,
      connection: connection?.name ?? 'another one',
    });
  }
  const unmanaged = known.connection_id === null;
  if (!unmanaged && known.active === 1) refuseClash([known], identity);
  const arriving = attributes.active === undefined ? { ...attributes, active: true } : attributes;
  return rewriteMember(context, known, arriving, unmanaged ? undefined : 'restored');
}

/** By name first, then by the identity provider's own id (only inactive members were looked up by it), then by address. */
function recognise(
  like: readonly MemberRow[],
  identity: ReturnType<typeof memberIdentity>,
): MemberRow | undefined {
  return (
    like.find((member) => member.user_name_norm === identity.userNameNorm) ??
    like.find(
      (member) =>
        identity.externalId !== null && member.external_id === identity.externalId && member.active === 0,
    ) ??
    like.find((member) => member.email_norm === identity.emailNorm)
  );
}
