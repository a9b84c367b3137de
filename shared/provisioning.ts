// The words for a provisioning link between an identity provider and an org.
import { z } from 'zod';

/** Which identity provider speaks; decides the dialect. */
export const connectionKinds = ['okta', 'entra', 'other'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** Tolerant understands what identity providers really send; strict refuses what the interop profile forbids. */
export const connectionModes = ['tolerant', 'strict'] as const;
export type ConnectionMode = (typeof connectionModes)[number];

/** What it takes to make a connection. `tokenDays` null: the token does not expire. */
export const newConnectionSchema = z.strictObject({
  kind: z.enum(connectionKinds),
  mode: z.enum(connectionModes).default('tolerant'),
  name: z.string().trim().min(1).max(80),
  tokenDays: z.int().min(1).max(3650).nullable().default(365),
});

/** A second token, and for how many days the older one stays valid beside it. */
export const tokenRotationSchema = z.strictObject({
  connectionId: z.string(),
  tokenDays: z.int().min(1).max(3650).nullable().default(365),
  overlapDays: z.int().min(0).max(90).default(7),
});

/** Which provisioning records to show: newest first, from before `before` on. */
export const recordQuerySchema = z.strictObject({
  connectionId: z.string(),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** Only those that were refused or failed. */
  failed: z.boolean().default(false),
  /** Only those about this person or group. */
  subjectId: z.string().optional(),
});
