// Numbers for Prometheus, one registry for each app, so that two apps in one process never mix. No product words.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** A registry; with `process`, CPU, memory, garbage collection and event loop lag of this process are in it. */
export function createMetrics(options: { readonly process?: boolean } = {}): Registry {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  return registry;
}

/** A number that goes up and down, read when Prometheus asks. */
export function watchGauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** A number that only grows, read when Prometheus asks. */
export function watchCounter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
