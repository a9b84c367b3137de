// Readers: the company's other applications that may look into the directory and change nothing. Knows words, limits and
// shapes; no SCIM.
import { z } from 'zod';

/** How many readers an org may have. */
export const mostReaders = 50;

const name = z.string().trim().min(1).max(80);
/** Attributes by their path, as `readers.attributes` lists them; `id` and `schemas` are always seen. */
const attributes = z.array(z.string().min(1).max(200)).max(500);
/** Null: everybody and every group. Otherwise those who are directly in one of these groups, and these groups. */
const groupIds = z.array(z.string().min(1).max(100)).min(1).max(200).nullable();
const tokenDays = z.int().min(1).max(3650).nullable().default(365);

/** `tokenDays` null: the token does not expire. */
export const newReaderSchema = z.strictObject({
  name,
  userAttributes: attributes,
  groupAttributes: attributes,
  groupIds,
  tokenDays,
});
export type NewReader = z.output<typeof newReaderSchema>;

export const readerSchema = z.strictObject({ readerId: z.string().min(1).max(100) });

/** What is left out stays as it is. */
export const readerChangeSchema = readerSchema.extend({
  name: name.optional(),
  userAttributes: attributes.optional(),
  groupAttributes: attributes.optional(),
  groupIds: groupIds.optional(),
});
export type ReaderChange = z.output<typeof readerChangeSchema>;

/** A second token, and for how many days the older one stays valid beside it. */
export const readerTokenRotationSchema = readerSchema.extend({
  tokenDays,
  overlapDays: z.int().min(0).max(90).default(7),
});

export const readerTokenSchema = readerSchema.extend({ tokenId: z.string().min(1).max(100) });

/** An attribute that a reader can be allowed to see. */
export interface ReadableAttribute {
  readonly type: 'User' | 'Group';
  /** "userName", "urn:…:User:department". */
  readonly path: string;
  readonly description: string;
}

/** A token at the only moment it can be read. */
export interface IssuedReaderToken {
  readonly tokenId: string;
  readonly token: string;
  /** Unix milliseconds; null for one that does not expire. */
  readonly expiresAt: number | null;
}

/** A reader. Times are Unix milliseconds. */
export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly userAttributes: readonly string[];
  readonly groupAttributes: readonly string[];
  /** By name; null for everybody and every group. The name is null for a group that was removed. */
  readonly groups: readonly { readonly id: string; readonly name: string | null }[] | null;
  readonly createdAt: number;
  /** By any of its tokens or OAuth clients. */
  readonly lastUsedAt: number | null;
  readonly tokens: readonly {
    readonly id: string;
    readonly last4: string;
    readonly state: 'live' | 'expired' | 'revoked';
    readonly createdAt: number;
    readonly expiresAt: number | null;
    readonly lastUsedAt: number | null;
  }[];
}
