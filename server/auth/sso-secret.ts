// The client secret that an org's identity provider gave it, and what a sign-in under way keeps to itself: sealed and read
// again. Knows no protocol.
import { seal, unseal } from '../core/seal.ts';

const purposes = {
  'client secret': 'single sign-on client secret',
  flow: 'single sign-on under way',
  'id token': 'single sign-on id token',
} as const;
type Sealed = keyof typeof purposes;

export function sealSso(secret: Buffer, what: Sealed, text: string): string {
  return seal(secret, purposes[what], text);
}

/** Undefined when the server's key is another one than it was sealed with. */
export function unsealSso(secret: Buffer, what: Sealed, sealed: string): string | undefined {
  return unseal(secret, purposes[what], sealed);
}
