// Times as the admin page writes them, in this machine's zone. Pure.

/** "Tue 24 Nov, 09:41:07". */
export function dayAndTime(at: number): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
  return `${day}, ${timeOfDay(at)}`;
}

/** "09:41:07". */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** "in 12 min", "in 3 h": how long until then. */
export function until(at: number, now: number): string {
  const minutes = Math.max(0, Math.ceil((at - now) / 60_000));
  return minutes < 90 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`;
}
