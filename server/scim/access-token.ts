// Whether an access token of an OAuth client lets a request in, and if not, what its sender should do. Asked only when no
// bearer token of the connection or reader fits.
import type { ClientOwner } from '../../shared/oauth-client.ts';
import { hashToken } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { findAccessToken } from '../provisioning/access-token-store.ts';
import { clientAddresses } from '../provisioning/client-addresses.ts';

/** Undefined for what is no access token that is known here. */
export type AccessVerdict =
  | 'let in'
  | { readonly refused: 'access-ended' | 'access-revoked'; readonly detail: string };

/** The form of every token of this server; what looks different is none and costs no query. */
const tokenForm = /^bearer +(rollcall_[A-Za-z0-9]{43})$/i;

/** One query for the token, its client and what it was got by: whatever was revoked counts at once. */
export async function readAccessToken(
  { db, now, publicUrl }: { readonly db: Db; readonly now: number; readonly publicUrl: string },
  authorization: string | undefined,
  { orgId, ...owner }: ClientOwner & { readonly orgId: string },
): Promise<AccessVerdict | undefined> {
  const token = tokenForm.exec(authorization?.trim() ?? '')?.[1];
  if (token === undefined) return undefined;
  const known = await findAccessToken(db, orgId, owner, hashToken(token));
  if (known === undefined) return undefined;
  const { clientName, expiresAt, revokedAt, credentialExpiresAt } = known;
  if (revokedAt !== null || (credentialExpiresAt !== null && credentialExpiresAt <= now))
    return {
      refused: 'access-revoked',
      detail: `The key or secret that "${clientName}" got this access token by has ended. Let the client use its other one, or give it a new one.`,
    };
  if (expiresAt <= now)
    return {
      refused: 'access-ended',
      detail: `This access token has expired. Get a new one at ${clientAddresses(publicUrl, owner).tokenEndpoint}.`,
    };
  return 'let in';
}
