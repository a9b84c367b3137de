// The domains that an org claims: which there are, claiming one, giving one up. Asks no name server.
import type { OrgDomain } from '../../shared/domain.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { type ChangeEvent, recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { newSecret } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { challengeRecord } from './dns-challenge.ts';
import { readDomain } from './domain-name.ts';
import {
  addDomain,
  type DomainRow,
  deleteDomain,
  findVerifiedOwner,
  listDomains,
  lockDomain,
} from './domain-store.ts';

/** For how long a verified domain's record may be gone, in milliseconds. */
export const domainGrace = 7 * 24 * 60 * 60 * 1000;

/** The domains that an org claims, by name. */
export async function listOrgDomains(db: Db, orgId: string): Promise<readonly OrgDomain[]> {
  return (await listDomains(db, orgId)).map(orgDomain);
}

/**
 * Claims a domain for the org; one that it claims already stays as it is, its record too.
 * @throws AppError `domain.not_one`, `domain.taken`, `database.busy`
 */
export async function addOrgDomain(deps: ChangeDeps, asked: AskedInOrg, text: string): Promise<OrgDomain> {
  const read = readDomain(text);
  if ('refused' in read) throw new AppError('domain.not_one', { domain: text, refusal: read.refused });
  const { domain } = read;
  return inChange(deps, asked, async (context) => {
    const known = await lockDomain(context.trx, context.orgId, domain);
    if (known) return orgDomain(known);
    await refuseTaken(context, domain);
    const row = {
      org_id: context.orgId,
      domain,
      challenge: newSecret(),
      created_at: context.now,
      verified_at: null,
      checked_at: null,
      failing_since: null,
    };
    await addDomain(context.trx, row);
    await tellOfDomain(context, domain, [null, 'unverified'], { type: 'org.domain_added', data: { domain } });
    return orgDomain(row);
  });
}

/**
 * Gives a domain up; whoever joined by it stays.
 * @throws AppError `domain.not_found`, `database.busy`
 */
export function removeOrgDomain(deps: ChangeDeps, asked: AskedInOrg, domain: string): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const row = await lockDomain(context.trx, context.orgId, domain);
    if (!row) throw new AppError('domain.not_found', { domain });
    await deleteDomain(context.trx, context.orgId, domain);
    const event = { type: 'org.domain_removed', data: { domain } } as const;
    await tellOfDomain(context, domain, [orgDomain(row).status, null], event);
  });
}

/** @throws AppError `domain.taken` when DNS has confirmed it for another org */
export async function refuseTaken({ trx, orgId }: ChangeContext, domain: string): Promise<void> {
  const owner = await findVerifiedOwner(trx, domain);
  if (owner !== undefined && owner !== orgId) throw new AppError('domain.taken', { domain });
}

/** Tells both histories of a domain: what it was for the org and what it is; null where it was or is not claimed. */
export function tellOfDomain(
  context: ChangeContext,
  domain: string,
  [before, after]: readonly [OrgDomain['status'] | null, OrgDomain['status'] | null],
  event: ChangeEvent,
): Promise<void> {
  const changes = { [`domains.${domain}`]: [before, after] } as const;
  return recordChange(context, { kind: 'org', id: context.orgId }, changes, event);
}

/** A domain as people see it. */
export function orgDomain(row: DomainRow): OrgDomain {
  const { domain, verified_at, failing_since } = row;
  return {
    domain,
    status: verified_at === null ? 'unverified' : failing_since === null ? 'verified' : 'failing',
    record: challengeRecord(domain, row.challenge),
    verifiedAt: verified_at,
    checkedAt: row.checked_at,
    failsAt: failing_since === null ? null : failing_since + domainGrace,
  };
}
