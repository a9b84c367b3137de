// What signs an endpoint's messages: made, sealed, and put to use. Knows the header and the secrets that hold now.
import { Webhook } from 'standardwebhooks';
import { seal, unseal } from '../core/seal.ts';
import { newSecret } from '../core/secrets.ts';
import type { EndpointRow } from './webhook-endpoint-store.ts';

const webhookSeal = 'webhook secret';

/** A new secret of 256 random bits. @see Standard Webhooks, "Signature scheme" */
export function newWebhookSecret(secret: Buffer): { readonly shown: string; readonly sealed: string } {
  const shown = `whsec_${Buffer.from(newSecret(), 'base64url').toString('base64')}`;
  return { shown, sealed: seal(secret, webhookSeal, shown) };
}

/**
 * The headers that prove where a message is from; during the overlap after a rotation, by the old secret too. Undefined
 * when the secret cannot be read: another key sealed it.
 */
export function signedHeaders(
  { secret_sealed, old_secret_sealed, old_secret_until }: EndpointRow,
  secret: Buffer,
  now: number,
  { id, body }: { readonly id: string; readonly body: string },
): Readonly<Record<string, string>> | undefined {
  const isOverlap = old_secret_until !== null && old_secret_until > now;
  const sealed =
    isOverlap && old_secret_sealed !== null ? [secret_sealed, old_secret_sealed] : [secret_sealed];
  const secrets = sealed.map((one) => unseal(secret, webhookSeal, one)).filter((one) => one !== undefined);
  if (secrets.length === 0) return undefined;
  const at = new Date(now);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, at, body)).join(' '),
  };
}
