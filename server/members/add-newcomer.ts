// Somebody whom nobody entered and who has proven an address: who in the directory they may be, and their entry if nobody.
import type { ChangeContext } from '../audit/change-context.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { addMember } from './add-member.ts';
import type { NewMember } from './member-store.ts';

/** Adds a member who is known by this address alone. */
export function addNewcomer(
  context: ChangeContext,
  address: string,
  name: string | null,
): Promise<NewMember> {
  return addMember(context, {
    userName: address,
    ...(name !== null && { displayName: name }),
    active: true,
    emails: [{ value: address, type: 'work', primary: true }],
  });
}

/** For `lockMembersLike`: whoever has this address, or is called by it. */
export function likeAddress(address: string) {
  const norm = foldCase(address);
  return { userNameNorm: norm, emailNorm: norm, externalId: null, connectionId: '' };
}
