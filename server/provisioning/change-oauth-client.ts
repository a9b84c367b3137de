// Makes and removes OAuth clients and what they prove themselves by. Knows the rules of a change, no HTTP and no protocol.
import {
  type ClientOwner,
  type IssuedCredential,
  mostClients,
  mostLiveCredentials,
  type NewCredential,
  type NewOauthClient,
} from '../../shared/oauth-client.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';
import { hashToken, newId, newToken, tokenHint } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import type { Subject } from '../events/event-log.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { readPublicKeys } from './client-key.ts';
import { findConnection } from './connection-store.ts';
import {
  type ClientRow,
  type ClientWithCredentials,
  type CredentialRow,
  deleteClientRow,
  findClient,
  insertClient,
  insertCredential,
  listClientRows,
  revokeCredentialRow,
} from './oauth-client-store.ts';
import { findReader } from './reader-store.ts';
import { isLiveToken } from './token-state.ts';

/** What the commands about clients need of the server. */
export interface ClientDeps extends ChangeDeps {
  readonly outgoing: Outgoing;
}

/**
 * Makes a client; a secret is in the answer and nowhere else.
 * @throws AppError `connection.not_found`, `reader.not_found`, `client.too_many`, `client.unusable_key`,
 * `client.unusable_address`, `client.two_credentials`
 */
export async function createClient(
  deps: ClientDeps,
  asked: AskedInOrg,
  { ownerKind, ownerId, name, credential }: NewOauthClient,
): Promise<IssuedCredential> {
  const made = makeCredentials(deps, credential);
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    await lockOrg(trx, orgId);
    await ownerOrThrow(trx, orgId, { ownerKind, ownerId });
    if ((await listClientRows(trx, orgId, { ownerKind, ownerId })).length >= mostClients)
      throw new AppError('client.too_many', { most: mostClients });
    const client: ClientRow = {
      org_id: orgId,
      id: newId(),
      owner_kind: ownerKind,
      owner_id: ownerId,
      name,
      method: methodOf(credential),
      created_at: now,
    };
    await insertClient(trx, client);
    await recordChange(
      context,
      subjectOf(client),
      { name: [null, name], method: [null, client.method] },
      { type: 'client.created', data: { clientId: client.id, name } },
    );
    return addMade(context, { ...client, credentials: [] }, made);
  });
}

/**
 * Gives a client a further key or secret; the one before stays until it is revoked.
 * @throws AppError `client.not_found`, `client.other_method`, `client.two_credentials`, `client.unusable_key`,
 * `client.unusable_address`
 */
export async function addCredential(
  deps: ClientDeps,
  asked: AskedInOrg,
  { clientId, credential }: { readonly clientId: string; readonly credential: NewCredential },
): Promise<IssuedCredential> {
  const made = makeCredentials(deps, credential);
  return inChange(deps, asked, async (context) => {
    const client = await lockedClient(context, clientId);
    if (client.method !== methodOf(credential))
      throw new AppError('client.other_method', {
        name: client.name,
        signs: client.method === 'private_key_jwt',
      });
    const issued = await addMade(context, client, made);
    const { credentialIds } = issued;
    await recordChange(
      context,
      subjectOf(client),
      { credential: [null, credentialIds] },
      { type: 'client.credential_added', data: { clientId, name: client.name, credentialIds } },
    );
    return issued;
  });
}

/**
 * Ends a key or secret at once, and with it every token that was got by it.
 * @throws AppError `client.not_found`, `client.credential_not_found`
 */
export async function revokeCredential(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { clientId, credentialId }: { readonly clientId: string; readonly credentialId: string },
): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const client = await lockedClient(context, clientId);
    const credential = client.credentials.find(({ id }) => id === credentialId);
    if (credential === undefined || !isLiveToken(credential, context.now))
      throw new AppError('client.credential_not_found', {});
    await revokeCredentialRow(context.trx, context.orgId, credentialId, context.now);
    await recordChange(
      context,
      subjectOf(client),
      { credential: [credentialId, null] },
      { type: 'client.credential_revoked', data: { clientId, name: client.name, credentialId } },
    );
  });
}

/**
 * Removes a client, and with it every token that it got.
 * @throws AppError `client.not_found`
 */
export async function removeClient(deps: ChangeDeps, asked: AskedInOrg, clientId: string): Promise<void> {
  await inChange(deps, asked, async (context) => {
    const client = await lockedClient(context, clientId);
    await deleteClientRow(context.trx, context.orgId, clientId);
    await recordChange(
      context,
      subjectOf(client),
      { name: [client.name, null] },
      { type: 'client.removed', data: { clientId, name: client.name } },
    );
  });
}

/** @throws AppError `connection.not_found`, `reader.not_found` */
export async function ownerOrThrow(
  db: Db,
  orgId: string,
  { ownerKind, ownerId }: ClientOwner,
): Promise<void> {
  if (ownerKind === 'connection') {
    const connection = await findConnection(db, ownerId);
    if (connection?.org_id !== orgId) throw new AppError('connection.not_found', { connection: ownerId });
    return;
  }
  const reader = await findReader(db, ownerId);
  if (reader?.org_id !== orgId) throw new AppError('reader.not_found', {});
}

/** Two changes of one org wait for each other, so that no client ends up with a third live credential. */
async function lockedClient({ trx, orgId }: ChangeContext, clientId: string): Promise<ClientWithCredentials> {
  await lockOrg(trx, orgId);
  const client = await findClient(trx, orgId, clientId);
  if (client === undefined) throw new AppError('client.not_found', {});
  return client;
}

type MadeCredential = Pick<CredentialRow, 'kind' | 'hash' | 'hint' | 'jwk' | 'jwks_uri'>;

interface Made {
  readonly credentials: readonly MadeCredential[];
  readonly secret: string | null;
  readonly days: number | null;
}

function makeCredentials({ outgoing }: ClientDeps, credential: NewCredential): Made {
  const nothing = { hash: null, jwk: null, jwks_uri: null };
  if (credential.kind === 'secret') {
    const secret = newToken();
    const made = {
      ...nothing,
      kind: 'secret',
      hash: hashToken(secret),
      hint: tokenHint(secret).last4,
    } as const;
    return { credentials: [made], secret, days: credential.days };
  }
  if (credential.kind === 'jwks_uri') {
    checkAddress(outgoing, credential.url);
    const made = { ...nothing, kind: 'jwks_uri', hint: credential.url, jwks_uri: credential.url } as const;
    return { credentials: [made], secret: null, days: null };
  }
  const credentials = readPublicKeys(credential.publicKey).map(({ jwk, kid, algorithms }) => ({
    ...nothing,
    kind: 'key' as const,
    hint: kid ?? algorithms.join(', '),
    jwk: JSON.stringify({
      ...jwk,
      ...(kid !== undefined && { kid }),
      ...(algorithms.length === 1 && { alg: algorithms[0] }),
    }),
  }));
  return { credentials, secret: null, days: null };
}

function checkAddress(outgoing: Outgoing, url: string): void {
  try {
    outgoing.check(url);
  } catch (error) {
    if (!(error instanceof OutgoingRefusal)) throw error;
    throw new AppError('client.unusable_address', { sentence: error.message }, { cause: error });
  }
}

const day = 24 * 60 * 60 * 1000;

async function addMade(
  { trx, orgId, now }: ChangeContext,
  client: ClientWithCredentials,
  { credentials, secret, days }: Made,
): Promise<IssuedCredential> {
  const live = client.credentials.filter((credential) => isLiveToken(credential, now));
  if (live.length + credentials.length > mostLiveCredentials)
    throw new AppError('client.two_credentials', { name: client.name, most: mostLiveCredentials });
  const expiresAt = days === null ? null : now + days * day;
  const credentialIds: string[] = [];
  for (const credential of credentials) {
    const id = newId();
    credentialIds.push(id);
    await insertCredential(trx, {
      ...credential,
      org_id: orgId,
      id,
      client_id: client.id,
      created_at: now,
      expires_at: expiresAt,
      revoked_at: null,
      last_used_at: null,
    });
  }
  return { clientId: client.id, credentialIds, secret, expiresAt };
}

function methodOf({ kind }: NewCredential): ClientRow['method'] {
  return kind === 'secret' ? 'client_secret' : 'private_key_jwt';
}

/** What happens to a connection's clients stands in its history; readers have none of their own. */
function subjectOf({ owner_kind, owner_id, org_id }: ClientRow): Subject {
  return owner_kind === 'connection' ? { kind: 'connection', id: owner_id } : { kind: 'org', id: org_id };
}
