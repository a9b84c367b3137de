// Whom an identity provider speaks of: by the link that there is, else once by their proven address. Decides nothing about
// whether they may come in.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { isDirectoryId } from '../auth/directory-id.ts';
import { mailboxOf } from '../auth/mailbox-of.ts';
import {
  addIdentity,
  deleteIdentity,
  findIdentity,
  findIdentityOf,
  noteIdentityUse,
  type SsoIdentityRow,
} from '../auth/sso-identity-store.ts';
import type { SsoPerson } from '../auth/sso-person.ts';
import type { SsoReason } from '../auth/sso-refusal.ts';
import type { SsoRow } from '../auth/sso-store.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { isVerifiedDomain } from '../orgs/domain-store.ts';
import { likeAddress } from './add-newcomer.ts';
import { lockMemberSentAs, newestExternalIds } from './directory-id-store.ts';
import { lockMember, lockMembersLike, type MemberRow } from './member-store.ts';

/** Who it is: linked already, to be linked, or a stranger; else why nobody can be found. */
export type FoundMember =
  | { readonly member: MemberRow; readonly link: 'linked' | 'email' | 'directory' }
  | { readonly member: undefined; readonly link: 'joining' }
  | { readonly refused: SsoReason; readonly member?: MemberRow };

/** The locked member that an issuer's word is about. */
export async function findSsoMember(
  context: ChangeContext,
  person: SsoPerson,
  kind: SsoRow['kind'],
): Promise<FoundMember> {
  const { trx, orgId } = context;
  const identity = await findIdentity(trx, orgId, person);
  const linked = identity && (await lockMember(trx, orgId, identity.member_id));
  if (linked) return { member: linked, link: 'linked' };
  // Provisioning by the same identity provider has named them already, whatever their addresses are.
  const sent = await memberSentAs(context, kind, person.directoryId);
  if (sent) return { member: sent, link: 'directory' };
  const { address } = person;
  if (address === null) return { refused: 'no_address' };
  if (!(await isProven(context, person))) return { refused: 'address_unproven' };
  const people = await lockMembersLike(trx, orgId, likeAddress(address));
  const member = people.find(({ email }) => email !== null && mailboxOf(email) === mailboxOf(address));
  if (member === undefined) {
    if (people.length > 0) return { refused: 'name_taken' };
    // They were somebody here, and whoever removed them meant it.
    return identity ? { refused: 'removed' } : { member: undefined, link: 'joining' };
  }
  const other = await findIdentityOf(trx, orgId, member.id, person.issuer);
  if (other === undefined) return { member, link: 'email' };
  // Addresses are handed on from leavers to newcomers; the id that provisioning wrote is not.
  const isVouchedFor = member.connection_id !== null && member.external_id === person.directoryId;
  return isVouchedFor ? { member, link: 'directory' } : { refused: 'linked_elsewhere', member };
}

function memberSentAs({ trx, orgId }: ChangeContext, kind: SsoRow['kind'], directoryId: string) {
  return isDirectoryId(kind, directoryId) ? lockMemberSentAs(trx, orgId, kind, directoryId) : undefined;
}

/** So many of the newest people show what provisioning sends as externalId. */
const sample = 200;

/**
 * Whether a stranger may be somebody whom provisioning has sent: it names people otherwise than sign-in does, so that
 * nobody can tell.
 */
export async function mayBeKnown({ trx, orgId }: ChangeContext, kind: SsoRow['kind']): Promise<boolean> {
  const sent = await newestExternalIds(trx, orgId, kind, sample);
  return sent.some((externalId) => !isDirectoryId(kind, externalId));
}

/** Whether the address is theirs by the issuer's word, or by its domain, which is the org's. */
async function isProven({ trx, orgId }: ChangeContext, person: SsoPerson): Promise<boolean> {
  if (person.addressIsProven !== 'by_domain') return person.addressIsProven;
  return isVerifiedDomain(trx, orgId, domainOf(person.address ?? ''));
}

/** Notes that a member has come in, and links them for good when it is the first time. */
export async function linkSsoMember(
  context: ChangeContext,
  memberId: string,
  { person, sso, link }: { person: SsoPerson; sso: SsoRow; link: 'linked' | SsoIdentityRow['linked_by'] },
): Promise<void> {
  const { trx, orgId, now } = context;
  const { issuer, subject, directoryId } = person;
  const key = { org_id: orgId, issuer, subject };
  const use = { directory_id: directoryId, signed_in_at: now, client_version: sso.client_version };
  if (link === 'linked') return noteIdentityUse(trx, key, use);
  const before = await findIdentityOf(trx, orgId, memberId, issuer);
  // Of a subject whose member is gone, and of a member whose subject is another by now.
  await deleteIdentity(trx, key);
  if (before) await deleteIdentity(trx, before);
  await addIdentity(trx, { ...key, ...use, member_id: memberId, linked_by: link, linked_at: now });
  await recordChange(
    context,
    { kind: 'member', id: memberId },
    { 'single sign-on': [before?.subject ?? null, subject] },
    { type: 'member.identity_linked', data: { issuer, by: link } },
  );
}
