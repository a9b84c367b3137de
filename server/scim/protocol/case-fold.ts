// When two strings that differ in case are the same. One function, used for uniqueness, filters, sorting and SQL alike.

const plainAscii = /^[\x20-\x7e]*$/;

/**
 * Folds a `caseExact: false` string so that equal means equal, beyond ASCII too.
 * Simple lower-casing by code point after NFC, as PRECIS does for user names; the capital dotted I and the final
 * sigma are settled by hand so that a database's own `lower()` comes to the same result.
 * @see RFC 8265 §3.3, RFC 7643 §2.2 (caseExact)
 */
export function foldCase(text: string): string {
  if (plainAscii.test(text)) return text.toLowerCase();
  return text.normalize('NFC').replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
