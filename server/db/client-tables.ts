// The shape of the tables of OAuth clients and readers, for Kysely. Knows columns, no SQL.
import type { ClientMethod, ClientOwnerKind, NewCredential } from '../../shared/oauth-client.ts';

/** A program that gets access tokens for a connection or a reader. */
export interface OauthClientTable {
  org_id: string;
  /** The `client_id`. */
  id: string;
  owner_kind: ClientOwnerKind;
  owner_id: string;
  name: string;
  method: ClientMethod;
  created_at: number;
}

/** What a client proves itself by: of a secret only its hash, of a key only the public half. */
export interface OauthCredentialTable {
  org_id: string;
  id: string;
  client_id: string;
  kind: NewCredential['kind'];
  /** A secret's hash. */
  hash: string | null;
  /** A secret's last four characters, a key's id, an address. */
  hint: string;
  /** A public key, as JSON. */
  jwk: string | null;
  jwks_uri: string | null;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}

/** An access token: never the token, only its hash. It ends with the credential that it was got by. */
export interface OauthTokenTable {
  org_id: string;
  hash: string;
  client_id: string;
  credential_id: string;
  expires_at: number;
}

/** An assertion that was used, by the hash of its `jti`; kept until it could not be used again anyway. */
export interface OauthAssertionTable {
  org_id: string;
  client_id: string;
  jti_hash: string;
  expires_at: number;
}

/** Another application of the company that may look into the directory. */
export interface ReaderTable {
  org_id: string;
  id: string;
  name: string;
  /** JSON: the attributes that it sees, by their paths. */
  user_attributes: string;
  group_attributes: string;
  /** Whether it sees the groups of `reader_groups` and who is in them, and nobody else. */
  groups_limited: number;
  created_at: number;
}

export interface ReaderGroupTable {
  org_id: string;
  reader_id: string;
  group_id: string;
}

/** A bearer token of a reader: never the token, only its hash and what tells it apart for a person. */
export interface ReaderTokenTable {
  org_id: string;
  id: string;
  reader_id: string;
  hash: string;
  last4: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}
