// Who an identity provider says that somebody is, out of the claims of an ID token. Pure; knows each kind's habits, no member.
import type { ConnectionKind } from '../../shared/provisioning.ts';

/** Somebody as the issuer vouches for them. */
export interface SsoPerson {
  readonly issuer: string;
  readonly subject: string;
  /** The identity provider's own session, where it names one. */
  readonly sid: string | null;
  /** What its directory calls this person for good: Entra's `oid`, else the subject. */
  readonly directoryId: string;
  readonly name: string | null;
  readonly address: string | null;
  /** Whether the address is proven: by the issuer's word, or, where it gives none, if the org owns the domain. */
  readonly addressIsProven: boolean | 'by_domain';
}

type Claims = Readonly<Record<string, unknown>>;

/** Reads a verified ID token; `more` is what the UserInfo endpoint adds. */
export function readPerson(kind: ConnectionKind, idToken: Claims, more: Claims = {}): SsoPerson {
  // An address and what is said of it come from one place, the signed one where it has any.
  const claims: Claims = {
    ...more,
    ...idToken,
    ...aboutAddress(idToken.email === undefined ? more : idToken),
  };
  const claim = (name: string): unknown => claims[name];
  const text = (name: string): string | null => {
    const value = claim(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 320) : null;
  };
  const subject = String(idToken.sub);
  const isEntra = kind === 'entra';
  return {
    issuer: String(idToken.iss),
    subject,
    sid: typeof idToken.sid === 'string' ? idToken.sid : null,
    directoryId: isEntra && typeof idToken.oid === 'string' ? idToken.oid : subject,
    name: text('name'),
    ...(isEntra
      ? entraAddress(text, claim)
      : { address: text('email'), addressIsProven: claim('email_verified') === true }),
  };
}

/**
 * Entra ID has no `email_verified`. `xms_edov` says that the domain's owner was verified; without it, an address is only
 * as good as its domain: whoever administers the tenant writes what they like into `mail`, and a guest brings one along.
 * A tenant's own admins may speak for a domain that the org has proven to be its own, and for no other. Without a mailbox
 * the sign-in name stands in, whose domain the tenant had to prove as well.
 * @see https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
 */
function entraAddress(
  text: (name: string) => string | null,
  claim: (name: string) => unknown,
): Pick<SsoPerson, 'address' | 'addressIsProven'> {
  const email = text('email');
  if (email === null) return { address: text('preferred_username'), addressIsProven: 'by_domain' };
  const owned = [true, 1, '1', 'true'].includes(claim('xms_edov') as never);
  return { address: email, addressIsProven: owned || 'by_domain' };
}

function aboutAddress({ email, email_verified, xms_edov }: Claims): Claims {
  return { email, email_verified, xms_edov };
}
