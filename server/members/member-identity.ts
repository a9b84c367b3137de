// What identifies a person among their SCIM attributes: names and addresses, folded for comparison. No storage.
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';

/** The columns that a member's attributes put beside them. */
export interface MemberIdentity {
  readonly userName: string;
  readonly userNameNorm: string;
  readonly externalId: string | null;
  readonly displayNameNorm: string | null;
  /** The primary address: marked primary, else the work one, else the first, else a userName that is an address. */
  readonly email: string | null;
  readonly emailNorm: string | null;
  /** Every address, folded, without repeats. */
  readonly allEmails: readonly string[];
}

/** Reads the identity out of validated attributes (`userName` is there). */
export function memberIdentity(attributes: Attributes): MemberIdentity {
  const userName = String(attributes.userName);
  const emails = (Array.isArray(attributes.emails) ? attributes.emails : []) as readonly {
    readonly [key: string]: Json;
  }[];
  const addresses = emails.filter((entry) => typeof entry.value === 'string');
  const chosen =
    addresses.find((entry) => entry.primary === true) ??
    addresses.find((entry) => entry.type === 'work') ??
    addresses[0];
  const email = chosen ? String(chosen.value) : userName.includes('@') ? userName : null;
  const displayName = attributes.displayName;
  return {
    userName,
    userNameNorm: foldCase(userName),
    externalId: typeof attributes.externalId === 'string' ? attributes.externalId : null,
    displayNameNorm: typeof displayName === 'string' ? foldCase(displayName) : null,
    email,
    emailNorm: email === null ? null : foldCase(email),
    allEmails: [...new Set(addresses.map((entry) => foldCase(String(entry.value))))],
  };
}

/** The stored columns of an identity. */
export function identityColumns(identity: MemberIdentity) {
  return {
    user_name: identity.userName,
    user_name_norm: identity.userNameNorm,
    external_id: identity.externalId,
    display_name_norm: identity.displayNameNorm,
    email: identity.email,
    email_norm: identity.emailNorm,
  };
}

/** What to call a person in a sentence. */
export function memberName(attributes: Attributes): string {
  return String(attributes.displayName ?? attributes.userName);
}
