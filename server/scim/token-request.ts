// A token request as it comes: a form, and perhaps HTTP Basic. Knows RFC 6749 §2.3 and §4.4.2 and RFC 7521 §4.2; whether
// what it holds is right, others say.
import type { Proof } from '../provisioning/grant-access.ts';
import { OauthRefusal } from '../provisioning/oauth-refusal.ts';

/** What is read of a request. */
interface TokenRequest {
  readonly body: unknown;
  readonly headers: {
    readonly authorization?: string | undefined;
    readonly 'content-type'?: string | undefined;
  };
}

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** @throws OauthRefusal */
export function readTokenRequest({ body, headers }: TokenRequest): {
  readonly proof: Proof;
  readonly scope: string | undefined;
} {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || typeof body !== 'string')
    throw malformed('Send the request as a form: application/x-www-form-urlencoded.');
  const form = new URLSearchParams(body);
  const field = (name: string): string | undefined => {
    const values = form.getAll(name);
    if (values.length > 1) throw malformed(`The field ${name} came more than once. Send it once.`);
    return values[0] === '' ? undefined : values[0];
  };
  const grant = field('grant_type');
  if (grant === undefined) throw malformed('The field grant_type is missing. Send client_credentials.');
  if (grant !== 'client_credentials')
    throw new OauthRefusal(
      'unsupported_grant_type',
      'Only the grant_type client_credentials is served here. Choose it in the client.',
      'grant',
    );
  const scope = field('scope');
  return { proof: proofOf(field, headers.authorization), scope };
}

/** A client proves itself in one way. @see RFC 6749 §2.3 */
function proofOf(field: (name: string) => string | undefined, authorization: string | undefined): Proof {
  const clientId = field('client_id');
  const [secret, assertion] = [field('client_secret'), field('client_assertion')];
  const ways = [authorization, secret, assertion].filter((way) => way !== undefined);
  if (ways.length > 1)
    throw malformed('The client proves itself in more than one way. Send a secret or an assertion, once.');
  if (assertion !== undefined) {
    if (field('client_assertion_type') !== jwtBearer)
      throw malformed(`The field client_assertion_type has to be ${jwtBearer}.`);
    return { kind: 'assertion', clientId, assertion };
  }
  if (authorization !== undefined) return basicProof(authorization, clientId);
  if (clientId !== undefined && secret !== undefined) return { kind: 'secret', clientId, secret };
  throw new OauthRefusal(
    'invalid_client',
    'The client does not prove who it is. Send client_id with client_secret, HTTP Basic, or a client_assertion.',
    'request',
  );
}

/** The two halves are form-encoded before they are joined. @see RFC 6749 §2.3.1 */
function basicProof(authorization: string, clientId: string | undefined): Proof {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization.trim())?.[1];
  const [id, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':');
  const [name, secret] = [decoded(id ?? ''), decoded(rest.join(':'))];
  if (encoded === undefined || name === '' || secret === '')
    throw new OauthRefusal(
      'invalid_client',
      'The Authorization header is no HTTP Basic with client_id and client_secret. Correct it, or send both as fields.',
      'request',
    );
  if (clientId !== undefined && clientId !== name)
    throw malformed('The field client_id names another client than the Authorization header. Leave it out.');
  return { kind: 'secret', clientId: name, secret };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function malformed(description: string): OauthRefusal {
  return new OauthRefusal('invalid_request', description, 'request');
}
