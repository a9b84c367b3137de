// The words for a provisioning link between an identity provider and an org.

/** Which identity provider speaks; decides the dialect. */
export const connectionKinds = ['okta', 'entra', 'other'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** Tolerant understands what identity providers really send; strict refuses what the interop profile forbids. */
export const connectionModes = ['tolerant', 'strict'] as const;
export type ConnectionMode = (typeof connectionModes)[number];
