// The shape of the tables by which people sign in with the company's identity provider, for Kysely. Knows columns, no SQL.
import type { Generated } from 'kysely';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { SsoAttempt, SsoJoining } from '../../shared/single-sign-on.ts';

/** The client that an org's identity provider made for Rollcall; without a row, nobody signs in by it. */
export interface SsoSettingsTable {
  org_id: string;
  /** Exactly as the identity provider's discovery document spells it. */
  issuer: string;
  client_id: string;
  client_secret_sealed: string;
  /** Told by the issuer. */
  kind: ConnectionKind;
  joining: SsoJoining;
  /** Whether it is the only way in; owners keep theirs by mail. */
  required: Generated<number>;
  /** Goes up with every change, for whoever changes it next. */
  version: number;
  /** Goes up with every change of issuer, client or secret: what was proven of another one proves nothing. */
  client_version: number;
  changed_at: number;
  /** When somebody last came in by it; null again once issuer, client or secret has changed. */
  proven_at: number | null;
}

/** Who a subject of an issuer is here: of each issuer, one subject a member. */
export interface SsoIdentityTable {
  org_id: string;
  issuer: string;
  subject: string;
  member_id: string;
  /** What the identity provider's directory calls this person, to be held against `external_id`: Entra's `oid`, else `sub`. */
  directory_id: string | null;
  linked_by: 'email' | 'directory' | 'joining';
  linked_at: number;
  signed_in_at: number;
  /** Of the client by which they last came in. */
  client_version: number;
}

/** A sign-in that has gone to the identity provider and is good once, in the browser that began it. */
export interface SsoFlowTable {
  org_id: string;
  state_hash: string;
  /** Where it went, and for which client: an answer counts for that one alone. */
  issuer: string;
  client_version: number;
  /** JSON: the nonce and the verifier of PKCE. */
  sealed: string;
  browser_hash: string;
  /** The local path to go on to. */
  continue_to: string;
  expires_at: number;
  used_at: number | null;
}

/** What came of a sign-in; an org keeps its latest. */
export interface SsoAttemptTable {
  seq: Generated<number>;
  org_id: string;
  at: number;
  outcome: SsoAttempt['outcome'];
  /** Why not, in a word for rules and tests; null where somebody came in. */
  reason: string | null;
  sentence: string;
  member_id: string | null;
  client_version: number;
}

/** A logout token that has done its work, until it is too old to be believed anyway. */
export interface SsoLogoutTokenTable {
  org_id: string;
  issuer: string;
  jti_hash: string;
  expires_at: number;
}

export interface SsoTables {
  sso_settings: SsoSettingsTable;
  sso_identities: SsoIdentityTable;
  sso_flows: SsoFlowTable;
  sso_attempts: SsoAttemptTable;
  sso_logout_tokens: SsoLogoutTokenTable;
}
