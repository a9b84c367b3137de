// Joining by an org's sign-up link: who may ask for a proof of their mailbox, and what a proof makes of them. Knows
// domains and the lifecycle, no page and no cookie.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import { mailboxOf } from '../auth/mailbox-of.ts';
import { type Proof, startMailboxProof } from '../auth/mailbox-proof.ts';
import { requiresSso } from '../auth/sso-store.ts';
import { hashToken } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { addNewcomer, likeAddress } from '../members/add-newcomer.ts';
import { joinMember } from '../members/join-member.ts';
import { lockMembersLike } from '../members/member-store.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { isVerifiedDomain, listDomains } from '../orgs/domain-store.ts';
import { findOrg, findOrgBySignUp } from '../orgs/org-store.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';

/** The org that a sign-up link leads to, with the domains whose addresses it takes. */
export interface SignUpOrg {
  readonly orgId: string;
  readonly orgName: string;
  readonly orgSlug: string;
  readonly domains: readonly string[];
  /** Whether the org lets people in by its identity provider alone. */
  readonly requiresSso: boolean;
}

/** The org of this link's token, or undefined when the link is off, replaced or none of ours. */
export async function findSignUpOrg(db: Db, token: string): Promise<SignUpOrg | undefined> {
  const org = await findOrgBySignUp(db, hashToken(token));
  if (!org) return undefined;
  const verified = (await listDomains(db, org.id)).filter(({ verified_at }) => verified_at !== null);
  return {
    orgId: org.id,
    orgName: org.name,
    orgSlug: org.slug,
    domains: verified.map(({ domain }) => domain),
    requiresSso: await requiresSso(db, org.id),
  };
}

/**
 * Sends link and code to the address, whoever has it already; gives what the browser keeps as a cookie, or undefined
 * when the address is of no verified domain.
 * @throws AppError `sign_in.too_many`, `database.busy`
 */
export function startSignUp(
  { db, now, secret }: ChangeDeps,
  { orgId, orgName }: Pick<SignUpOrg, 'orgId' | 'orgName'>,
  { address, name }: { readonly address: string; readonly name: string },
): Promise<string | undefined> {
  return inTransaction(db, async (trx) => {
    if (!(await isVerifiedDomain(trx, orgId, domainOf(address)))) return undefined;
    const people = await lockMembersLike(trx, orgId, likeAddress(address));
    const known = people.find(({ email_norm }) => email_norm === foldCase(address));
    return startMailboxProof(
      { trx, now: now(), secret },
      {
        purpose: 'sign_up',
        orgId,
        address,
        name,
        continueTo: '/',
        // The directory's spelling, not the one typed: two that fold alike may be two mailboxes.
        recipient: known?.email ?? address,
        mail: (data) => ({ kind: 'sign-up', data: { ...data, orgName } }),
      },
    );
  });
}

/** What a proof makes of somebody: a member who may act, somebody who waits for a seat, or why neither. */
export type SignedUp = { readonly orgId: string; readonly orgName: string } & (
  | { readonly outcome: 'joined' | 'already_active'; readonly memberId: string }
  | { readonly outcome: 'waits_for_seat' | 'blocked' | 'deactivated' | 'name_taken' | 'link_off' }
);

/**
 * Lets somebody join whose mailbox is proven, as a new member or as the one whom the directory knows.
 * @throws AppError `database.busy`
 */
export async function finishSignUp(
  deps: ChangeDeps,
  { org_id, mailbox, name }: Pick<Proof, 'org_id' | 'mailbox' | 'name'>,
  origin: Origin,
): Promise<SignedUp> {
  const orgId = org_id ?? '';
  const actor = { kind: 'server', id: 'sign-up' } as const;
  return inChange(deps, { ...origin, orgId, actor }, async (context) => {
    const org = await findOrg(context.trx, orgId);
    const told = { orgId, orgName: org?.name ?? '' };
    // Within the minutes that a proof takes, the link may have been turned off or the domain be lost.
    const isOpen = org?.sign_up_hash != null && !(await requiresSso(context.trx, orgId));
    if (!isOpen || !(await isVerifiedDomain(context.trx, orgId, domainOf(mailbox))))
      return { ...told, outcome: 'link_off' };
    const people = await lockMembersLike(context.trx, orgId, likeAddress(mailbox));
    const known = people.find(({ email }) => email !== null && mailboxOf(email) === mailbox);
    // Somebody whose name or address in the directory looks like this one, but whose mailbox is another.
    if (!known && people.length > 0) return { ...told, outcome: 'name_taken' };
    if (known?.status === 'active') return { ...told, outcome: 'already_active', memberId: known.id };
    if (known?.status === 'blocked' || known?.status === 'deactivated')
      return { ...told, outcome: known.status };
    const member = known ?? (await addNewcomer(context, mailbox, name));
    const themselves = { ...context, actor: { kind: 'member', id: member.id } as const };
    const joined = await joinMember(themselves, member, 'sign_up_link');
    if (joined.status !== 'active') return { ...told, outcome: 'waits_for_seat' };
    return { ...told, outcome: 'joined', memberId: member.id };
  });
}
