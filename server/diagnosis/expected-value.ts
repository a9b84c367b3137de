// What values of attributes look like when the mapping is right. Pure; a look, not a validation.

/** Whether something stands on both sides of an "@". */
export function isEmailLike(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value);
}

/** Whether it is a name that Entra gives to guests and to people without a mailbox: nobody reads mail there. */
export function isTenantName(value: string): boolean {
  return value.includes('#EXT#') || /@[^@]+\.onmicrosoft\.com$/i.test(value);
}

/** Whether it is an id as Entra gives them: `9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62`. */
export function isGuid(value: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}

/** Whether it is an id of a user as Okta gives them: `00u5x1k9qZtRwYb3d7f2`. */
export function isOktaId(value: string): boolean {
  return /^00u[\dA-Za-z]+$/.test(value);
}
