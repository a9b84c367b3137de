// What identity providers' directories call people for good, by its look. Pure; a look, not a validation.
import type { ConnectionKind } from '../../shared/provisioning.ts';

/** Whether it is an id as Entra gives them: `9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62`. */
export function isGuid(value: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}

/** Whether it is an id of a user as Okta gives them: `00u5x1k9qZtRwYb3d7f2`. */
export function isOktaId(value: string): boolean {
  return /^00u[\dA-Za-z]+$/.test(value);
}

const looks = { okta: isOktaId, entra: isGuid, other: () => false } as const;

/** Whether it can be the directory's id of somebody; of other kinds nobody knows how theirs look. */
export function isDirectoryId(kind: ConnectionKind, value: string): boolean {
  return looks[kind](value);
}
