// Whether an org invites people at an address: everywhere, or at its verified domains only. Knows no member.
import type { ChangeContext } from '../audit/change-context.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { isVerifiedDomain } from '../orgs/domain-store.ts';
import { orgInForce } from '../orgs/org-in-force.ts';

/** Whether the org’s settings allow an invitation to this address. */
export async function mayBeInvitedAt(context: ChangeContext, address: string): Promise<boolean> {
  const { settings } = await orgInForce(context);
  if (!settings.verifiedDomainsOnly) return true;
  return isVerifiedDomain(context.trx, context.orgId, domainOf(address));
}
