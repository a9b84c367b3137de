// Times as findings say them, in UTC. Pure.

/** "3 November 2026" (Unix milliseconds in). */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** "3 November 2026 at 14:02 UTC" (Unix milliseconds in). */
export function momentOf(at: number): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(at);
  return `${dayOf(at)} at ${time} UTC`;
}
