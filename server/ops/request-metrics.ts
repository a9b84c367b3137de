// How long requests take, by route pattern. Knows patterns, never an address that somebody asked for.
import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

/** From half a millisecond, where a lookup is, to the ten seconds after which identity providers grow nervous. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Times every answer of `app` and of all plugins registered after this call. */
export function observeRequests(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: `${Math.trunc(reply.statusCode / 100)}xx`,
    };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
}
