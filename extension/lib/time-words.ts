// Times in a reader's words. Pure; times are Unix milliseconds and `now` is given.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "4 min ago", "3 h ago", "yesterday", "5 days ago", then the date. */
export function ago(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < minute) return 'just now';
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  const days = daysBetween(at, now);
  if (days <= 1) return 'yesterday';
  return days <= 14 ? `${days} days ago` : shortDate(at, now);
}

/** "today", "1 day", "9 days": for how long somebody waits. */
export function waited(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? '1 day' : `${days.toLocaleString()} days`;
}

/** "10:40", "tomorrow 09:00", "12 Nov 09:00": when something comes. */
export function upcoming(at: number, now: number): string {
  const days = daysBetween(now, at);
  if (days === 0) return clock(at);
  return days === 1 ? `tomorrow ${clock(at)}` : `${shortDate(at, now)} ${clock(at)}`;
}

export function clock(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** "3 Nov", with the year when it is another one. */
export function shortDate(at: number, now: number): string {
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : ('numeric' as const);
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year });
}

/** Everything about a time, with its zone: for a tooltip and for screen readers. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
}

function daysBetween(from: number, to: number): number {
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((start(to) - start(from)) / day);
}
