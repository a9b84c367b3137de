// Hears that the demo is to end: Ctrl-C, SIGTERM, or the end of the npm that started it. Knows signals, nothing of what stops.

export interface StopSignal {
  readonly asked: Promise<void>;
  /** For work that has no pause to hear it in. @throws when the end was asked for */
  throwIfAsked(): void;
}

/** A Ctrl-C under npm arrives twice, from the terminal and from npm: this soon, the second is the same wish. */
const sameWish = 500;

/** From then on the first signal asks; a later one ends the process at once. */
export function listenForStop(): StopSignal {
  let askedAt: number | undefined;
  let hear: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const stop = (): void => {
    if (askedAt !== undefined && performance.now() - askedAt > sameWish) process.exit(130);
    askedAt ??= performance.now();
    hear();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  // npm hands SIGTERM to a shell that ends of it and tells nobody.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 250).unref();
  return {
    asked,
    throwIfAsked: () => {
      if (askedAt !== undefined) throw new Error('Stopped before it was ready.');
    },
  };
}
