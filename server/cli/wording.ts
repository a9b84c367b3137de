// How the commands spell counts, times and sizes. Pure.

/** "1 person", "12 people", "1,204 people". */
export function countOf(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** "3 November 2027", in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}

/** "3 November 2027, 09:04 UTC". */
export function momentOf(ms: number): string {
  return `${dayOf(ms)}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;
}

/** "512 bytes", "3.2 MB"; a thousand bytes to the kilobyte, as `ls -h --si` counts. */
export function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** A time as scripts read it: ISO 8601, or null. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
