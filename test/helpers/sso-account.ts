// Somebody's account at an identity provider, as rows, behind the commands' back.
import { addIdentity } from '../../server/auth/sso-identity-store.ts';
import type { Larkspur } from './larkspur.ts';

/** Links a member as if they had signed in there a day ago and just now. */
export async function linkAccount(
  { deps, orgId }: Pick<Larkspur, 'deps' | 'orgId'>,
  memberId: string,
  issuer: string,
): Promise<void> {
  const now = deps.now();
  await addIdentity(deps.database.db, {
    org_id: orgId,
    issuer,
    subject: `00u${memberId}`,
    member_id: memberId,
    directory_id: `00u${memberId}`,
    linked_by: 'email',
    linked_at: now - 24 * 3_600_000,
    signed_in_at: now,
    client_version: 1,
  });
}
