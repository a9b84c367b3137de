// Gives access tokens to OAuth clients that prove who they are, and says whether one that comes back lets in. Knows the
// grant of RFC 6749 §4.4 and what is kept of it, no HTTP.
import { accessTokenSeconds, type ClientOwner } from '../../shared/oauth-client.ts';
import { hashToken, newToken, sameHash } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { insertAccessToken, noteCredentialUse, purgeEnded, spendAssertion } from './access-token-store.ts';
import { clientAddresses } from './client-addresses.ts';
import {
  assertedClient,
  assertedKid,
  type CandidateKey,
  clockSkew,
  type ProvenAssertion,
  verifyAssertion,
} from './client-assertion.ts';
import { readPublicKeys } from './client-key.ts';
import { type ClientWithCredentials, type CredentialRow, findClient } from './oauth-client-store.ts';
import { OauthRefusal } from './oauth-refusal.ts';
import { type RemoteKeys, UnreachableKeys } from './remote-keys.ts';
import { isLiveToken } from './token-state.ts';

export interface GrantDeps {
  readonly db: Db;
  readonly now: () => number;
  readonly publicUrl: () => string;
  readonly remoteKeys: RemoteKeys;
}

/** What a client proves itself by in one request. */
export type Proof =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string | undefined; readonly assertion: string };

/** A connection or reader, and whose it is. */
export interface OwnerInOrg extends ClientOwner {
  readonly orgId: string;
}

/**
 * Checks the proof and issues a token.
 * @throws OauthRefusal
 */
export async function grantAccess(
  deps: GrantDeps,
  owner: OwnerInOrg,
  request: { readonly proof: Proof; readonly scope: string | undefined },
): Promise<{ readonly accessToken: string; readonly expiresIn: number }> {
  const { proof, scope } = request;
  const client = await clientOf(deps, owner, proof);
  const proven =
    proof.kind === 'secret'
      ? { credentialId: bySecret(client, proof.secret, deps.now()) }
      : await byAssertion(deps, owner, client, proof.assertion);
  // Said to nobody but the client itself.
  if (scope?.split(' ').some((one) => one !== 'scim'))
    throw new OauthRefusal(
      'invalid_scope',
      'A client can have the scope scim and nothing broader. Ask for scim, or leave the scope out.',
      'scope',
    );
  const accessToken = newToken();
  await inTransaction(deps.db, (trx) => writeGrant(trx, client, proven, hashToken(accessToken), deps.now()));
  return { accessToken, expiresIn: accessTokenSeconds };
}

async function clientOf({ db }: GrantDeps, owner: OwnerInOrg, proof: Proof): Promise<ClientWithCredentials> {
  const asserted = proof.kind === 'assertion' ? assertedClient(proof.assertion) : undefined;
  const clientId = proof.clientId ?? asserted;
  if (proof.kind === 'assertion' && clientId === undefined)
    throw new OauthRefusal(
      'invalid_client',
      'The assertion names no client. Let its iss and sub both be the client_id.',
      'assertion',
    );
  const client = isId(clientId) ? await findClient(db, owner.orgId, clientId) : undefined;
  if (client?.owner_kind !== owner.ownerKind || client.owner_id !== owner.ownerId)
    throw new OauthRefusal(
      'invalid_client',
      'There is no such client here. Copy the client_id and the token endpoint from Rollcall again, both from the same place.',
      'unknown',
    );
  const method = proof.kind === 'secret' ? 'client_secret' : 'private_key_jwt';
  if (client.method !== method)
    throw new OauthRefusal(
      'invalid_client',
      client.method === 'client_secret'
        ? 'This client has a secret. Send it as client_secret, or by HTTP Basic.'
        : 'This client signs with a key. Send a client_assertion.',
      'method',
    );
  return client;
}

/** Anything else is nobody's id, and some of it is no text for a database. */
function isId(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{1,100}$/.test(text);
}

/** Hashes are compared in constant time, all of them each time. */
function bySecret({ credentials }: ClientWithCredentials, secret: string, now: number): string {
  const hash = hashToken(secret);
  const [known] = credentials.filter((one) => one.hash !== null && sameHash(one.hash, hash));
  if (known && isLiveToken(known, now)) return known.id;
  throw new OauthRefusal(
    'invalid_client',
    known === undefined
      ? 'The client_secret is not known. Copy it again, whole, or make a new one in Rollcall.'
      : `The secret ending in ${known.hint} ${known.revoked_at === null ? 'has expired' : 'was revoked'}. Make a new one in Rollcall.`,
    'secret',
  );
}

async function byAssertion(
  deps: GrantDeps,
  owner: OwnerInOrg,
  client: ClientWithCredentials,
  assertion: string,
): Promise<ProvenAssertion> {
  const { issuer, tokenEndpoint } = clientAddresses(deps.publicUrl(), owner);
  const live = client.credentials.filter((one) => isLiveToken(one, deps.now()));
  const kid = assertedKid(assertion);
  const keys = (await Promise.all(live.map((one) => keysOf(deps.remoteKeys, one, kid)))).flat();
  const unreachable = keys.find((key) => key instanceof UnreachableKeys);
  const candidates = keys.filter((key) => 'jwk' in key);
  if (candidates.length === 0 && unreachable !== undefined)
    throw new OauthRefusal('invalid_client', unreachable.message, 'assertion');
  return verifyAssertion(assertion, {
    clientId: client.id,
    audiences: [issuer, tokenEndpoint],
    keys: candidates,
    now: deps.now(),
  });
}

/** A client's keys by one credential. One address that fails does not take the others' keys away. */
async function keysOf(
  remote: RemoteKeys,
  { id: credentialId, jwk, jwks_uri: url }: CredentialRow,
  kid: string | undefined,
): Promise<readonly (CandidateKey | UnreachableKeys)[]> {
  if (jwk !== null) return readPublicKeys(jwk).map((key) => ({ ...key, credentialId }));
  if (url === null) return [];
  try {
    return (await remote.at(url, kid)).map((key) => ({ ...key, credentialId }));
  } catch (error) {
    if (error instanceof UnreachableKeys) return [error];
    throw error;
  }
}

const day = 24 * 60 * 60 * 1000;

/** Uses the assertion up and keeps the token, or neither; tokens that ended stay for a day, to be explained. */
async function writeGrant(
  trx: Db,
  { org_id: orgId, id: clientId }: ClientWithCredentials,
  proven: { readonly credentialId: string } & Partial<ProvenAssertion>,
  hash: string,
  now: number,
): Promise<void> {
  const { credentialId, jti, expiresAt = 0 } = proven;
  if (jti !== undefined) {
    const assertion = {
      org_id: orgId,
      client_id: clientId,
      jti_hash: hashToken(jti),
      expires_at: (expiresAt + clockSkew) * 1000,
    };
    if (!(await spendAssertion(trx, assertion)))
      throw new OauthRefusal(
        'invalid_client',
        'This assertion was used before. Make a new one with a new jti for each request.',
        'replay',
      );
  }
  await insertAccessToken(trx, {
    org_id: orgId,
    hash,
    client_id: clientId,
    credential_id: credentialId,
    expires_at: now + accessTokenSeconds * 1000,
  });
  await noteCredentialUse(trx, orgId, credentialId, now);
  await purgeEnded(trx, orgId, clientId, { tokensUntil: now - day, assertionsUntil: now });
}
