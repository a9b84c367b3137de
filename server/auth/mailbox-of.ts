// When two spellings of an address are one mailbox. Pure; knows neither who has it nor how mail travels.

/**
 * The address as every spelling of its mailbox comes out: only the case of plain letters makes no difference. Folding
 * makes more addresses equal than that ("ς" and "σ" are letters of two domains), which is right for keeping names apart
 * and wrong for proving who somebody is.
 */
export function mailboxOf(address: string): string {
  return address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
