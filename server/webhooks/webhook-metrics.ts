// The numbers of the webhooks for Prometheus. Knows names, no endpoint: those are nobody's business outside their org.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { WebhookOutcome } from './deliver-webhook.ts';
import { countAllWaiting } from './webhook-delivery-store.ts';

/** Registers the numbers; gives what counts one attempt. */
export function countWebhooks(
  registry: Registry,
  { scans }: Pick<Database, 'scans'>,
): (result: WebhookOutcome['result']) => void {
  new Gauge({
    name: 'rollcall_webhook_messages_waiting',
    help: 'Webhook messages that wait for their turn or their next attempt',
    registers: [registry],
    async collect() {
      // A database that does not answer is told by other numbers, which must not be missing for it.
      const waiting = await countAllWaiting(scans).catch(() => undefined);
      if (waiting !== undefined) this.set(waiting);
    },
  });
  const attempts = new Counter({
    name: 'rollcall_webhook_attempts_total',
    help: 'Attempts to deliver a webhook message, by what came of them',
    labelNames: ['result'],
    registers: [registry],
  });
  return (result) => attempts.inc({ result });
}
