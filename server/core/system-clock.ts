// The machine's clock, for libraries that ask nobody else. Knows no library.

/** How many seconds the server's clock is ahead of the machine's: none, but in tests. */
export function aheadOfMachine(now: () => number): number {
  return Math.round((now() - Date.now()) / 1000);
}
