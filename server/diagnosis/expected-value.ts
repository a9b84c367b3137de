// What values of attributes look like when the mapping is right. Pure; a look, not a validation.

/** Whether something stands on both sides of an "@". */
export function isEmailLike(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value);
}

/** Whether it is a name that Entra gives to guests and to people without a mailbox: nobody reads mail there. */
export function isTenantName(value: string): boolean {
  return value.includes('#EXT#') || /@[^@]+\.onmicrosoft\.com$/i.test(value);
}
