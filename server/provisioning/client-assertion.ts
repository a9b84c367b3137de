// Whether a signed assertion proves that an OAuth client is who it says. Knows RFC 7521 and 7523, no storage: whether an
// assertion was used before is its caller's question.
import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { type AssertionAlgorithm, assertionAlgorithms, type ClientKey } from './client-key.ts';
import { OauthRefusal } from './oauth-refusal.ts';

/** How far a client's clock may be off, and how long an assertion may be good for, in seconds. */
export const clockSkew = 60;
export const longestAssertion = 600;

const longestJti = 256;

/** A key of a client, and by which of its credentials it is there. */
export interface CandidateKey extends ClientKey {
  readonly credentialId: string;
}

/** What an assertion proves. */
export interface ProvenAssertion {
  readonly credentialId: string;
  readonly jti: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** Whom an assertion says it is from; nothing is verified. Undefined for what is no JWT. */
export function assertedClient(assertion: string): string | undefined {
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

/** The id of the key that an assertion says it is signed with; of its header, nothing else is looked at. */
export function assertedKid(assertion: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(assertion);
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Verifies an assertion. A key that comes with it is ignored: only what the client registered counts.
 * @throws OauthRefusal `invalid_client` with what to change
 * @see RFC 7523 §3
 */
export async function verifyAssertion(
  assertion: string,
  expected: {
    readonly clientId: string;
    /** The issuer and the token endpoint. */
    readonly audiences: readonly string[];
    readonly keys: readonly CandidateKey[];
    /** Unix milliseconds. */
    readonly now: number;
  },
): Promise<ProvenAssertion> {
  const { alg, kid } = headerOf(assertion);
  const { key, claims } = await signedBy(assertion, alg, kid, expected);
  const { jti, exp, iat, aud } = claims;
  const now = Math.floor(expected.now / 1000);
  if (exp === undefined)
    throw refused('The assertion has no "exp". Let it end a few minutes after it is made.');
  if (exp > now + longestAssertion + clockSkew)
    throw refused(
      `The assertion is good for too long. Let its "exp" be at most ${longestAssertion / 60} minutes ahead, and see that the client's clock is right.`,
    );
  if (iat !== undefined && iat > now + clockSkew)
    throw refused('The assertion was made in the future ("iat"). Set the client\'s clock.');
  if (![aud].flat().every((one) => expected.audiences.includes(String(one))))
    throw refused('The assertion is meant for others too. Let its "aud" be the issuer alone.');
  if (typeof jti !== 'string' || jti === '' || jti.length > longestJti)
    throw refused(
      `The assertion has no usable "jti". Give each one a new random id of at most ${longestJti} characters.`,
    );
  return { credentialId: key.credentialId, jti, expiresAt: exp };
}

function headerOf(assertion: string): { readonly alg: AssertionAlgorithm; readonly kid: string | undefined } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(assertion);
  } catch {
    throw refused('The assertion is no signed JSON Web Token. Send one in its compact form.');
  }
  const alg = assertionAlgorithms.find((one) => one === header.alg);
  if (alg === undefined)
    throw refused(
      `The assertion is signed with an algorithm that is not accepted. Use ${assertionAlgorithms.join(', ')}.`,
    );
  return { alg, kid: typeof header.kid === 'string' ? header.kid : undefined };
}

type Claims = Awaited<ReturnType<typeof jwtVerify>>['payload'];

/** Tries the keys that can have signed it; one by another id is never tried. */
async function signedBy(
  assertion: string,
  alg: AssertionAlgorithm,
  kid: string | undefined,
  { clientId, audiences, keys, now }: Parameters<typeof verifyAssertion>[1],
): Promise<{ readonly key: CandidateKey; readonly claims: Claims }> {
  const fitting = keys.filter((key) => key.algorithms.includes(alg));
  const named = fitting.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid);
  for (const key of named) {
    try {
      const { payload } = await jwtVerify(assertion, createPublicKey({ key: key.jwk, format: 'jwk' }), {
        algorithms: [alg],
        issuer: clientId,
        subject: clientId,
        audience: [...audiences],
        clockTolerance: clockSkew,
        currentDate: new Date(now),
      });
      return { key, claims: payload };
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw explained(error, audiences);
    }
  }
  throw refused(
    named.length === 0
      ? 'None of the client\'s live keys fits this assertion ("kid" and "alg"). Add the public key that it signs with, or sign with one that is registered.'
      : "The assertion's signature does not fit any live key of the client. Sign with the private half of a registered key.",
  );
}

/** What jose says, in words for whoever runs the client. */
function explained(error: unknown, audiences: readonly string[]): unknown {
  if (error instanceof errors.JWTExpired)
    return refused("The assertion has expired. Make a new one for each request, and set the client's clock.");
  if (error instanceof errors.JWTClaimValidationFailed) return refused(claimFaults(error.claim, audiences));
  if (error instanceof errors.JOSEError)
    return refused(
      'The assertion cannot be verified. Send a plain signed JSON Web Token in its compact form.',
    );
  return error;
}

function claimFaults(claim: string, audiences: readonly string[]): string {
  switch (claim) {
    case 'aud':
      return `The assertion is meant for somebody else. Let its "aud" be ${audiences[0]}.`;
    case 'iss':
    case 'sub':
      return `The assertion's "${claim}" is not the client's id. Let "iss" and "sub" both be the client_id.`;
    case 'nbf':
      return 'The assertion is not good yet ("nbf"). Set the client\'s clock.';
    default:
      return `The assertion's "${claim}" cannot be used. Let it be a number of seconds since 1970.`;
  }
}

function refused(description: string): OauthRefusal {
  return new OauthRefusal('invalid_client', description, 'assertion');
}
