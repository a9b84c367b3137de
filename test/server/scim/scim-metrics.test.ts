import { expect, test } from 'vitest';
import { createMetrics } from '../../../server/core/metrics.ts';
import { scimRequestCounter } from '../../../server/scim/scim-metrics.ts';

test('requests are counted by kind and outcome', async () => {
  const metrics = createMetrics();
  const count = scimRequestCounter(metrics);
  for (const status of [200, 201, 204, 304]) count('okta', status);
  for (const status of [400, 403, 401, 404, 409, 412, 413, 429, 500, 503]) count('entra', status);
  count('unknown', 404);
  const lines = (await metrics.metrics())
    .split('\n')
    .filter((line) => line.startsWith('rollcall_scim_requests_total'));
  const line = (kind: string, outcome: string, n: number) =>
    `rollcall_scim_requests_total{kind="${kind}",outcome="${outcome}"} ${n}`;
  expect(lines).toEqual([
    line('okta', 'success', 4),
    line('entra', 'refused', 2),
    line('entra', 'unauthorized', 1),
    line('entra', 'not_found', 1),
    line('entra', 'conflict', 1),
    line('entra', 'precondition_failed', 1),
    line('entra', 'too_large', 1),
    line('entra', 'rate_limited', 1),
    line('entra', 'failed', 2),
    line('unknown', 'not_found', 1),
  ]);
});
