// Proves that domains are an org's by a record in DNS, and goes on looking: what is gone for a week is not verified any
// more. Knows the grace, not how DNS is asked.
import type { CheckedDomain } from '../../shared/domain.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { adminsToTell } from './admin-store.ts';
import type { ChallengeAnswer, ChallengeReader } from './dns-challenge.ts';
import { type DomainRow, findDomain, listDomainsToCheck, lockDomain, noteCheck } from './domain-store.ts';
import { domainGrace, orgDomain, refuseTaken, tellOfDomain } from './org-domains.ts';
import { orgInForce } from './org-in-force.ts';

/** What checking needs besides what changing needs. */
export interface DomainDeps extends ChangeDeps {
  readonly readChallenge: ChallengeReader;
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Asks DNS now, and keeps what follows from the answer.
 * @throws AppError `domain.not_found`, `domain.taken`, `database.busy`
 */
export async function checkOrgDomain(
  deps: DomainDeps,
  asked: AskedInOrg,
  domain: string,
): Promise<CheckedDomain> {
  const claimed = await findDomain(deps.db, asked.orgId, domain);
  if (!claimed) throw new AppError('domain.not_found', { domain });
  const answer = await deps.readChallenge(domain, claimed.challenge);
  const after = await inChange(deps, asked, (context) => applyAnswer(context, claimed, answer));
  return { ...orgDomain(after), ...answer };
}

/** So many name servers are asked at once. */
const together = 8;
/** So many domains a run; the longest unchecked come first. */
const perRun = 1000;

/** The recurring job: looks at every verified domain once a day. */
export async function recheckDomains(deps: DomainDeps): Promise<void> {
  const due = await listDomainsToCheck(deps.db, deps.now() - day + hour, perRun);
  const actor = { kind: 'server', id: 'domains' } as const;
  const check = async ({ org_id: orgId, domain }: DomainRow) => {
    try {
      await checkOrgDomain(deps, { orgId, actor, requestId: 'domains' }, domain);
    } catch (error) {
      // Somebody has just given it up.
      if (!(error instanceof AppError && error.code === 'domain.not_found')) throw error;
    }
  };
  for (let at = 0; at < due.length; at += together)
    await Promise.all(due.slice(at, at + together).map(check));
}

async function applyAnswer(
  context: ChangeContext,
  claimed: DomainRow,
  { finding }: ChallengeAnswer,
): Promise<DomainRow> {
  const { domain } = claimed;
  const before = await lockDomain(context.trx, context.orgId, domain);
  if (before?.challenge !== claimed.challenge) throw new AppError('domain.not_found', { domain });
  // Silence of the name servers says nothing about the record.
  if (finding === 'unreachable') return before;
  const checked = { ...before, checked_at: context.now };
  const after = finding === 'found' ? await confirm(context, checked) : await miss(context, checked);
  await noteCheck(context.trx, before, after);
  return after;
}

async function confirm(context: ChangeContext, row: DomainRow): Promise<DomainRow> {
  const { domain } = row;
  if (row.verified_at !== null) return { ...row, failing_since: null };
  await refuseTaken(context, domain);
  const event = { type: 'org.domain_verified', data: { domain } } as const;
  await tellOfDomain(context, domain, ['unverified', 'verified'], event);
  return { ...row, verified_at: context.now, failing_since: null };
}

async function miss(context: ChangeContext, row: DomainRow): Promise<DomainRow> {
  const { domain, verified_at, failing_since } = row;
  if (verified_at === null) return row;
  if (failing_since === null) {
    const until = context.now + domainGrace;
    const event = { type: 'org.domain_failing', data: { domain, until } } as const;
    await tellOfDomain(context, domain, ['verified', 'failing'], event);
    await warnAdmins(context, domain, until);
    return { ...row, failing_since: context.now };
  }
  if (context.now < failing_since + domainGrace) return row;
  const event = { type: 'org.domain_lost', data: { domain } } as const;
  await tellOfDomain(context, domain, ['failing', 'unverified'], event);
  return { ...row, verified_at: null, failing_since: null };
}

async function warnAdmins(context: ChangeContext, domain: string, until: number): Promise<void> {
  const { trx, orgId } = context;
  const { name: orgName } = await orgInForce(context);
  for (const { id, email } of await adminsToTell(trx, orgId)) {
    if (email === null) continue;
    const data = { orgName, domain, until };
    await enqueueMail(context, { orgId, memberId: id, address: email }, { kind: 'domain-failing', data });
  }
}
