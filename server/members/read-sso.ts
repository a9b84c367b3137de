// How single sign-on of an org stands, as admins see it: addresses to give away, the client without its secret, and what came
// of the latest sign-ins. Changes nothing.
import type { SingleSignOn } from '../../shared/single-sign-on.ts';
import { ssoAddresses } from '../auth/sso-addresses.ts';
import { listAttempts } from '../auth/sso-attempt-store.ts';
import { findIdentityOf } from '../auth/sso-identity-store.ts';
import { findSso } from '../auth/sso-store.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findOrg } from '../orgs/org-store.ts';
import { findMembers } from './member-store.ts';
import { personOf } from './person-of.ts';

interface Deps {
  readonly db: Db;
  readonly now: () => number;
  readonly publicUrl: () => string;
}

/** @throws AppError `org.not_found` */
export async function readSso(
  { db, now, publicUrl }: Deps,
  orgId: string,
  askedBy: string,
): Promise<SingleSignOn> {
  const org = await findOrg(db, orgId);
  if (org === undefined) throw new AppError('org.not_found', { org: orgId });
  // Before anything is looked at: what comes later than it was not seen.
  const asOf = now();
  const sso = await findSso(db, orgId);
  const own = sso && (await findIdentityOf(db, orgId, askedBy, sso.issuer));
  const attempts = await listAttempts(db, orgId);
  const ids = new Set(attempts.flatMap(({ member_id: id }) => (id === null ? [] : [id])));
  const members = ids.size === 0 ? [] : await findMembers(db, orgId, [...ids]);
  const people = new Map(members.map((row) => [row.id, { id: row.id, name: personOf(row).name }]));
  return {
    asOf,
    addresses: ssoAddresses(publicUrl(), org.slug),
    version: sso?.version ?? 0,
    client:
      sso === undefined
        ? null
        : {
            issuer: sso.issuer,
            clientId: sso.client_id,
            kind: sso.kind,
            joining: sso.joining,
            required: sso.required === 1,
            changedAt: sso.changed_at,
            provenAt: sso.proven_at,
            provenByYou: own?.client_version === sso.client_version,
          },
    attempts: attempts.map(({ at, outcome, sentence, member_id: id }) => ({
      at,
      outcome,
      sentence,
      member: (id !== null && people.get(id)) || null,
    })),
  };
}
