// The people of the test identity provider, and the claims that Okta and Entra ID make of them. Invented.
import { createHash } from 'node:crypto';

export type IdpShape = 'okta' | 'entra';

/** Somebody with an account at the identity provider. */
export interface IdpPerson {
  /** Okta's "00u…", Entra's object id: what SCIM sends as externalId if it is set up right. */
  readonly id: string;
  readonly name: string;
  /** Left out for somebody without a mailbox. */
  readonly email?: string;
  /** Of Okta alone; true when left out. */
  readonly emailVerified?: boolean;
  /** Entra's user principal name, Okta's login; the address when left out. */
  readonly login?: string;
  readonly groups?: readonly string[];
  /** Whether they may use the app; true when left out. */
  readonly assigned?: boolean;
}

/** The tenant of the Entra-shaped one. */
export const entraTenant = '7f1d0c52-3b8e-4e0a-9a5c-2f6f0d9b41aa';

/** What stands in the tokens about somebody. `sub` of Entra is made pairwise later. */
export function claimsOf(shape: IdpShape, person: IdpPerson): Record<string, unknown> & { sub: string } {
  const { id, name, email, emailVerified = true, login = email, groups } = person;
  const [given = name, ...rest] = name.split(' ');
  const common = {
    sub: id,
    name,
    given_name: given,
    family_name: rest.join(' '),
    preferred_username: login,
    ...(email !== undefined && { email }),
    ...(groups !== undefined && { groups }),
  };
  if (shape === 'okta')
    return { ...common, ...(email !== undefined && { email_verified: emailVerified }), ver: 1 };
  return { ...common, oid: id, tid: entraTenant, ver: '2.0' };
}

/** Entra's `sub`: another one for each app. */
export function pairwiseSub(accountId: string, clientId: string): string {
  return createHash('sha256').update(`${accountId} ${clientId}`).digest('base64url');
}
