// The failures that webhooks bring to the error catalogue.
import { type ErrorEntry, entry } from './error-entry.ts';

export const webhookErrors = {
  'webhook.not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'There is no such webhook endpoint any more. Load the list of endpoints again.',
  ),
  'webhook.too_many': entry<{ most: number }>(
    409,
    'CONFLICT',
    ({ most }) => `There are ${most} webhook endpoints already. Remove one that nobody needs first.`,
  ),
  'webhook.unusable_address': entry<{ sentence: string }>(400, 'BAD_REQUEST', ({ sentence }) => sentence),
  'webhook.disabled': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) => `"${name}" is disabled. Enable it first; you can choose then to send what it missed.`,
  ),
  'webhook.delivery_not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'This delivery is not kept any more, or was never there. Load the list of deliveries again.',
  ),
  'webhook.delivery_waits': entry<Record<never, never>>(
    409,
    'CONFLICT',
    () => 'This message is on its way already. Wait until it was delivered or given up.',
  ),
} as const satisfies Record<string, ErrorEntry<never>>;
