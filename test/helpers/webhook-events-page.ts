// docs/webhook-events.md, written from the catalogue of `shared/webhook-event.ts`. Knows the page's shape, no event.
import { type WebhookEventWords, webhookEvents } from '../../shared/webhook-event.ts';

export function webhookEventsPage(): string {
  const rows = Object.entries(webhookEvents).map(([type, { says, details }]: [string, WebhookEventWords]) => {
    const fields = Object.entries(details).map(([name, meaning]) => `\`${name}\`: ${meaning}`);
    return `| \`${type}\` | ${says} | ${fields.join('; ') || '–'} |`;
  });
  return `# Webhook events

What Rollcall tells other systems, by \`type\`; [webhooks.md](webhooks.md) says how. A test writes this page from
\`shared/webhook-event.ts\` (\`npx vitest run test/server/webhooks/webhook-catalogue.test.ts -u\`).

| Type | What happened | \`data.details\` |
| --- | --- | --- |
${rows.join('\n')}
`;
}
