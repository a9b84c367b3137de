// The address that this computer reaches the server by. Pure.
import type { Config } from '../config.ts';

/** `http://HOST:PORT`; a server that listens on every address is reached by the loopback one. */
export function serverUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** The address that identity providers are given: PUBLIC_URL, or else the server's own. */
export function publicUrlOf(config: Pick<Config, 'host' | 'port' | 'publicUrl'>): string {
  return config.publicUrl ?? serverUrl(config);
}
