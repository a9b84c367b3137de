import { expect, test } from 'vitest';
import { createMetrics, watchCounter, watchGauge } from '../../../server/core/metrics.ts';

test('watched numbers are read each time they are asked for', async () => {
  const metrics = createMetrics();
  let [waiting, done] = [3, 10];
  watchGauge(metrics, 'jobs_waiting', 'Jobs.', () => waiting);
  watchCounter(metrics, 'jobs_done_total', 'Jobs.', () => done);
  expect(await metrics.metrics()).toContain('jobs_waiting 3');
  [waiting, done] = [1, 12];
  const numbers = await metrics.metrics();
  expect(numbers).toContain('jobs_waiting 1');
  expect(numbers).toContain('jobs_done_total 12');
});

test('two registries in one process share no number', async () => {
  const [one, two] = [createMetrics(), createMetrics()];
  watchGauge(one, 'rooms', 'Rooms.', () => 1);
  watchGauge(two, 'rooms', 'Rooms.', () => 2);
  expect(await one.metrics()).toContain('rooms 1');
  expect(await two.metrics()).toContain('rooms 2');
});

test('the numbers of the process are there only when asked for', async () => {
  const withProcess = await createMetrics({ process: true }).metrics();
  expect(withProcess).toContain('nodejs_eventloop_lag_seconds');
  expect(withProcess).toContain('process_resident_memory_bytes');
  expect(await createMetrics().metrics()).not.toContain('nodejs_');
});
