// Public keys of OAuth clients: read from what people paste and what addresses serve, and refused when they are no public
// keys or weak ones. Pure; it verifies nothing.
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { AppError } from '../core/app-error.ts';

/** The algorithms that an assertion may be signed with; no shared secrets, and never none. */
export const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type AssertionAlgorithm = (typeof assertionAlgorithms)[number];

/** A public key that this server verifies with. */
export interface ClientKey {
  readonly kid: string | undefined;
  readonly jwk: JsonWebKey;
  /** What the key can have signed with: a key is never used with another kind of algorithm. */
  readonly algorithms: readonly AssertionAlgorithm[];
}

/** Members of a JWK that only who signs has. @see RFC 7518 §6.2.2, §6.3.2, §6.4 */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a PEM public key or certificate, a JWK or a JWK set.
 * @throws AppError `client.unusable_key`
 */
export function readPublicKeys(text: string): readonly ClientKey[] {
  if (text.includes('PRIVATE KEY')) throw privateKey();
  if (text.startsWith('-----BEGIN')) return [keyFrom(jwkOfPem(text))];
  const parsed = parseJson(text);
  const jwks = Array.isArray(parsed?.keys) ? (parsed.keys as readonly unknown[]) : [parsed];
  if (jwks.length === 0) throw unusable('This key set is empty. Paste one that holds a public key.');
  return jwks.map((jwk) => {
    if (!isObject(jwk)) throw unusable(whatToPaste);
    if (privateMembers.some((name) => name in jwk)) throw privateKey();
    return keyFrom(jwk);
  });
}

/** The keys of a served key set that can be used; others in it are somebody else's business. */
export function usableKeys(body: unknown): readonly ClientKey[] {
  const keys = isObject(body) && Array.isArray(body.keys) ? (body.keys as readonly unknown[]) : [];
  return keys.slice(0, 50).flatMap((jwk) => {
    if (!isObject(jwk) || (jwk.use !== undefined && jwk.use !== 'sig')) return [];
    if (privateMembers.some((name) => name in jwk)) return [];
    try {
      return [keyFrom(jwk)];
    } catch {
      return [];
    }
  });
}

const whatToPaste =
  'This is no public key that can be read. Paste one as PEM (it begins with "-----BEGIN PUBLIC KEY-----"), as a JWK, or as a JWK set.';

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    throw unusable(whatToPaste);
  }
}

function jwkOfPem(text: string): Record<string, unknown> {
  try {
    return { ...createPublicKey(text).export({ format: 'jwk' }) };
  } catch {
    throw unusable(whatToPaste);
  }
}

function keyFrom(jwk: Readonly<Record<string, unknown>>): ClientKey {
  const { kty, crv, n, e, x, y, kid, alg } = jwk;
  const algorithms = algorithmsOf(kty, crv).filter((one) => alg === undefined || alg === one || alg === crv);
  if (algorithms.length === 0)
    throw unusable(
      `This key is of a kind that cannot be used here. Use RSA with at least 2048 bits, EC on P-256, or Ed25519 (${assertionAlgorithms.join(', ')}).`,
    );
  const clean = Object.fromEntries(
    Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => typeof value === 'string'),
  ) as JsonWebKey;
  if (kty === 'RSA' && bitsOf(clean) < 2048)
    throw unusable('This RSA key is shorter than 2048 bits. Make a longer one.');
  if (!canBeRead(clean)) throw unusable(whatToPaste);
  return {
    kid: typeof kid === 'string' && kid !== '' ? kid.slice(0, 200) : undefined,
    jwk: clean,
    algorithms,
  };
}

function algorithmsOf(kty: unknown, crv: unknown): readonly AssertionAlgorithm[] {
  if (kty === 'RSA') return ['RS256', 'PS256'];
  if (kty === 'EC' && crv === 'P-256') return ['ES256'];
  return kty === 'OKP' && crv === 'Ed25519' ? ['EdDSA'] : [];
}

function bitsOf(jwk: JsonWebKey): number {
  const modulus = Buffer.from(jwk.n ?? '', 'base64url');
  const leading = modulus.findIndex((byte) => byte !== 0);
  return leading === -1 ? 0 : (modulus.length - leading) * 8;
}

function canBeRead(jwk: JsonWebKey): boolean {
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function privateKey(): AppError<'client.unusable_key'> {
  return unusable(
    'This is a private key, which nobody but the client may have. It was not kept. Paste the public key that belongs to it, and make a new pair if this one left its place.',
  );
}

function unusable(sentence: string): AppError<'client.unusable_key'> {
  return new AppError('client.unusable_key', { sentence });
}
