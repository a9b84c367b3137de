// A clock for one server of several in this process: whatever runs within it sees that time and the rest sees its own.
// Knows no identity provider; oidc-provider asks nobody but `Date.now`.
import { AsyncLocalStorage } from 'node:async_hooks';

const clocks = new AsyncLocalStorage<() => number>();
let isInstalled = false;

/** Runs `work`, and what it awaits, at the time of this clock (Unix milliseconds). */
export function atTimeOf<Result>(clock: () => number, work: () => Result): Result {
  install();
  return clocks.run(clock, work);
}

function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const before = Date.now;
  Date.now = () => {
    const clock = clocks.getStore();
    // A clock may itself ask for the time of everybody else.
    return clock === undefined ? before.call(Date) : clocks.exit(clock);
  };
}
