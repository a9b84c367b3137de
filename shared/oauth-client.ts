// OAuth clients of connections and readers, as owners set them up and admins see them. Knows words, limits and shapes; no
// protocol.
import { z } from 'zod';

/** Whom a client acts for: a connection, which writes, or a reader, which only reads. */
export const clientOwnerKinds = ['connection', 'reader'] as const;
export type ClientOwnerKind = (typeof clientOwnerKinds)[number];

/** How a client proves who it is: by signing with a key of its own, or by a secret that it was given. */
export const clientMethods = ['private_key_jwt', 'client_secret'] as const;
export type ClientMethod = (typeof clientMethods)[number];

/** For how long an access token lets in, in seconds. */
export const accessTokenSeconds = 900;

/** How many clients a connection or reader may have, and how many credentials of a client may be live at once. */
export const mostClients = 10;
export const mostLiveCredentials = 2;

export const clientOwnerSchema = z.strictObject({
  ownerKind: z.enum(clientOwnerKinds),
  ownerId: z.string().min(1).max(100),
});
export type ClientOwner = z.output<typeof clientOwnerSchema>;

/** What a client proves itself by. `days` null: the secret does not expire. */
export const newCredentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret'), days: z.int().min(1).max(3650).nullable().default(365) }),
  /** A public key as PEM or JWK, or a key set as JSON. */
  z.strictObject({ kind: z.literal('key'), publicKey: z.string().trim().min(1).max(20_000) }),
  z.strictObject({
    kind: z.literal('jwks_uri'),
    url: z.url({ protocol: /^https?$/, error: 'is an address that begins with https://' }).max(500),
  }),
]);
export type NewCredential = z.output<typeof newCredentialSchema>;

export const newOauthClientSchema = clientOwnerSchema.extend({
  name: z.string().trim().min(1).max(80),
  credential: newCredentialSchema,
});
export type NewOauthClient = z.output<typeof newOauthClientSchema>;

export const oauthClientSchema = z.strictObject({ clientId: z.string().min(1).max(100) });

/** A further credential of the kind that the client has, so that the older one can be taken out without a gap. */
export const addedCredentialSchema = oauthClientSchema.extend({ credential: newCredentialSchema });

export const clientCredentialSchema = oauthClientSchema.extend({ credentialId: z.string().min(1).max(100) });

/** Something that a client proves itself by. Times are Unix milliseconds. */
export interface ClientCredential {
  readonly id: string;
  readonly kind: NewCredential['kind'];
  /** What tells it apart: a secret's last four characters, a key's id, an address. */
  readonly hint: string;
  readonly state: 'live' | 'expired' | 'revoked';
  readonly createdAt: number;
  /** Null for one that does not expire. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface OauthClient {
  /** The `client_id`. */
  readonly id: string;
  readonly name: string;
  readonly method: ClientMethod;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** The oldest first, those that ended included. */
  readonly credentials: readonly ClientCredential[];
}

/** What a client's program is given. */
export interface ClientAddresses {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** The issuer's metadata (RFC 8414). */
  readonly metadata: string;
  readonly scope: 'scim';
}

/** The clients of a connection or reader, the oldest first. */
export interface OauthClients {
  readonly addresses: ClientAddresses;
  readonly clients: readonly OauthClient[];
}

/** A secret is shown once, here; null for a client that signs with a key. */
export interface IssuedCredential {
  readonly clientId: string;
  readonly credentialIds: readonly string[];
  readonly secret: string | null;
  readonly expiresAt: number | null;
}
