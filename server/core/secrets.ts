// All randomness of the server, and how its secrets are compared and shown. Knows no product words and keeps nothing.
import { createHash, createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

let lastTime = 0;
let madeThen = 0;

/**
 * A new identifier: a UUID of version 7, so that later ones of this process sort after earlier ones: milliseconds, a
 * count within them, and the 62 random bits of a version 4, which Node.js draws in bulk.
 * @see RFC 9562 §5.7, §6.2 (method 1)
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastTime || madeThen === 0xfff) [lastTime, madeThen] = [Math.max(now, lastTime + 1), 0];
  else madeThen += 1;
  const time = lastTime.toString(16).padStart(12, '0');
  const count = madeThen.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${randomUUID().slice(18)}`;
}

/**
 * A new bearer token: `rollcall_` and 43 letters and digits that carry 256 random bits.
 * There is no `-` or `_` among them, so that a double click selects them whole.
 */
export function newToken(): string {
  return `rollcall_${Array.from({ length: 43 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
}

/** A new key of 256 random bits, as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A new code to type: so many digits, each as likely as the others. */
export function newCode(digits: number): string {
  return Array.from({ length: digits }, () => randomInt(10)).join('');
}

/** Twelve random bytes, for one use of AES-GCM. */
export function newNonce(): Buffer {
  return randomBytes(12);
}

/** The SHA-256 of a token in 64 lower-case hex digits; a token of 256 random bits needs no slower hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The HMAC-SHA-256 of a text under the server's key, as 64 lower-case hex digits: for what is too short to be hashed
 * without a key. A hash made for one purpose is none for another.
 */
export function keyedHash(secret: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`rollcall ${purpose}\n${text}`).digest('hex');
}

/** Whether two hashes are equal, found in a time that does not tell where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The text with every token of Rollcall in it hidden: people paste them where they do not belong. */
export function withoutTokens(text: string): string {
  return text.replace(/rollcall_[A-Za-z0-9]{43}/g, '[hidden]');
}

/** What may be shown of a token. */
export interface TokenHint {
  /** In characters. */
  readonly length: number;
  /** The last four characters, or nothing when the token is so short that they would give it away. */
  readonly last4: string;
}

/** What may be shown of a token, so that its owner recognises it: its length and its end. */
export function tokenHint(token: string): TokenHint {
  return { length: token.length, last4: token.length < 20 ? '' : token.slice(-4) };
}

/** A number of milliseconds near `ms`, at most a tenth away: what failed together does not come back together. */
export function aboutAsLong(ms: number): number {
  return Math.round(ms * (0.9 + randomInt(0, 200_001) / 1_000_000));
}
