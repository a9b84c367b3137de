// Keeps what must be read again later but by nobody else: texts sealed with the server's key. Knows no product words.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { newNonce } from './secrets.ts';

const algorithm = 'aes-256-gcm';

/** A key of its own for each purpose, so that a text sealed for one cannot be passed off as another's. */
function keyFor(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `rollcall ${purpose}`, 32));
}

/** The text, encrypted and authenticated: base64url of nonce, tag and ciphertext. */
export function seal(secret: Buffer, purpose: string, text: string): string {
  const nonce = newNonce();
  const cipher = createCipheriv(algorithm, keyFor(secret, purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed, or undefined when another key sealed it or somebody changed it. */
export function unseal(secret: Buffer, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, keyFor(secret, purpose), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
