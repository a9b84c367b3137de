// Tests how an org would sign in, at once and without signing anybody in: everything that can be seen from here, in the
// order in which it is mended. Knows the order and what belongs to the org; what each answer means, others know.
import type { ServerMetadata } from 'openid-client';
import type { SsoClient, SsoTest } from '../../shared/single-sign-on.ts';
import { AppError } from '../core/app-error.ts';
import type { Outgoing } from '../core/outgoing.ts';
import type { Db } from '../db/database.ts';
import { listDomains } from '../orgs/domain-store.ts';
import { findOrg } from '../orgs/org-store.ts';
import { checkClient } from './check-client.ts';
import { checkIssuer } from './check-issuer.ts';
import { checkClock, checkFeatures, checkKeys } from './check-metadata.ts';
import { configure } from './oidc-provider.ts';
import { ssoAddresses } from './sso-addresses.ts';
import { unsealSso } from './sso-secret.ts';
import { findSso } from './sso-store.ts';

export interface CheckDeps {
  readonly db: Db;
  readonly outgoing: Outgoing;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly secret: Buffer;
  readonly publicUrl: () => string;
}

/**
 * Tests a client as it was entered; with no secret, by the one that is kept for this very client.
 * @throws AppError `org.not_found`
 */
export async function checkSso(deps: CheckDeps, orgId: string, client: SsoClient): Promise<SsoTest> {
  const { db, outgoing, publicUrl, now } = deps;
  const org = await findOrg(db, orgId);
  if (org === undefined) throw new AppError('org.not_found', { org: orgId });
  const domains = (await listDomains(db, orgId)).flatMap(({ domain, verified_at: at }) =>
    at === null ? [] : [domain],
  );
  const { issuer, clientId } = client;
  const { checks: first, document, date = null } = await checkIssuer(outgoing, issuer, domains);
  if (document === undefined) return testOf(first);
  const features = checkFeatures(document);
  const clock = checkClock(new URL(issuer).host, date, now());
  if (features.state === 'failed') return testOf([...first, features, clock]);
  const clientSecret = client.clientSecret ?? (await keptSecret(deps, orgId, client));
  const config = configure(deps, document as unknown as ServerMetadata, {
    clientId,
    // Without one, none is sent.
    clientSecret: clientSecret ?? 'not tried',
  });
  const { redirectUri } = ssoAddresses(publicUrl(), org.slug);
  return testOf([
    ...first,
    features,
    await checkKeys(outgoing, document),
    clock,
    ...(await checkClient(outgoing, { config, redirectUri, hasSecret: clientSecret !== undefined })),
  ]);
}

function testOf(checks: SsoTest['checks']): SsoTest {
  return { ok: checks.every(({ state }) => state !== 'failed'), checks };
}

/** A secret is sent to the issuer and for the client that it was entered for, and nowhere else. */
async function keptSecret(
  { db, secret }: CheckDeps,
  orgId: string,
  { issuer, clientId }: SsoClient,
): Promise<string | undefined> {
  const kept = await findSso(db, orgId);
  if (kept?.issuer !== issuer || kept.client_id !== clientId) return undefined;
  return unsealSso(secret, 'client secret', kept.client_secret_sealed);
}
