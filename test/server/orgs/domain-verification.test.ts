import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { createChallengeReader } from '../../../server/orgs/dns-challenge.ts';
import { checkOrgDomain, recheckDomains } from '../../../server/orgs/domain-verification.ts';
import { addOrgDomain, listOrgDomains, removeOrgDomain } from '../../../server/orgs/org-domains.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { type DnsServer, startDnsServer } from '../../helpers/dns-server.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { followMails, type QueuedMail } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

describe.each(databases)('verified domains, on %s', (database) => {
  let opened: Directory;
  let directory: Directory;
  let asked: AskedInOrg;
  let dns: DnsServer;
  let told: () => Promise<Told>;
  let mails: () => Promise<readonly QueuedMail[]>;
  let orgs = 0;
  let domain = '';
  beforeAll(async () => {
    opened = await openDirectory(database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    orgs += 1;
    domain = `org${orgs}.example`;
    directory = await opened.found(`Org ${orgs}`);
    asked = { orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'by Ada' };
    dns = await startDnsServer();
    told = await followHistory(directory.db, directory.orgId);
    mails = await followMails(directory.db, directory.orgId);
  });

  const deps = () => ({ ...directory.deps, readChallenge: createChallengeReader([dns.address], 100) });
  const publish = async () => {
    const { record } = await addOrgDomain(directory.deps, asked, domain);
    dns.zone.set(record.name, [record.value]);
    return record;
  };
  const check = () => checkOrgDomain(deps(), asked, domain);
  const only = async () => (await listOrgDomains(directory.db, directory.orgId))[0];

  test('claimed, and verified as soon as the record is there', async () => {
    const added = await addOrgDomain(directory.deps, asked, ` @${domain.toUpperCase()} `);
    expect(added).toMatchObject({
      domain,
      status: 'unverified',
      record: { name: `_rollcall-challenge.${domain}` },
      verifiedAt: null,
      checkedAt: null,
    });
    expect(await addOrgDomain(directory.deps, asked, domain)).toEqual(added);
    expect(await told()).toMatchObject({
      events: [{ type: 'org.domain_added', data: { domain } }],
      audit: [{ changes: { [`domains.${domain}`]: [null, 'unverified'] } }],
    });
    expect(await check()).toMatchObject({
      status: 'unverified',
      finding: 'no_domain',
      checkedAt: directory.clock.now,
    });
    expect(await told()).toEqual(nothingTold);
    dns.zone.set(added.record.name, [added.record.value]);
    expect(await check()).toMatchObject({
      status: 'verified',
      finding: 'found',
      verifiedAt: directory.clock.now,
    });
    expect(await told()).toMatchObject({
      events: [{ type: 'org.domain_verified', data: { domain } }],
      audit: [{ changes: { [`domains.${domain}`]: ['unverified', 'verified'] } }],
    });
    expect(await check()).toMatchObject({ status: 'verified' });
    expect(await told()).toEqual(nothingTold);
  });

  test('looked at once a day; gone for a week, it is not verified any more', async () => {
    const record = await publish();
    await check();
    const recheck = () => recheckDomains(deps());
    dns.asked.length = 0;
    await recheck();
    expect(dns.asked).toEqual([]);
    directory.clock.now += day;
    await recheck();
    expect(dns.asked.filter((asking) => asking.includes(domain))).toEqual([`TXT ${record.name}`]);
    await told();

    dns.zone.delete(record.name);
    directory.clock.now += day;
    const until = directory.clock.now + 7 * day;
    await recheck();
    expect(await only()).toMatchObject({ status: 'failing', failsAt: until });
    expect((await told()).events).toMatchObject([
      { type: 'org.domain_failing', by: 'domains', data: { domain, until } },
    ]);
    expect(await mails()).toMatchObject([
      { kind: 'domain-failing', to: 'ada@larkspur.example', data: { orgName: `Org ${orgs}`, domain, until } },
    ]);
    directory.clock.now = until - hour;
    await recheck();
    expect(await only()).toMatchObject({ status: 'failing' });
    expect([await told(), await mails()]).toEqual([nothingTold, []]);
    directory.clock.now += day;
    await recheck();
    expect(await only()).toMatchObject({ status: 'unverified', failsAt: null });
    expect(await told()).toMatchObject({
      events: [{ type: 'org.domain_lost', data: { domain } }],
      audit: [{ changes: { [`domains.${domain}`]: ['failing', 'unverified'] } }],
    });
  });

  test('back within the week, it recovers in silence', async () => {
    const record = await publish();
    await check();
    dns.zone.set(record.name, ['another value']);
    expect(await check()).toMatchObject({
      status: 'failing',
      finding: 'wrong_value',
      seen: ['another value'],
    });
    await told();
    dns.zone.set(record.name, [record.value]);
    expect(await check()).toMatchObject({ status: 'verified', failsAt: null });
    expect(await told()).toEqual(nothingTold);
  });

  test('name servers that fail never count against it, however long', async () => {
    const record = await publish();
    const { checkedAt } = await check();
    await told();
    dns.zone.set(record.name, 'SERVFAIL');
    directory.clock.now += 30 * day;
    await recheckDomains(deps());
    expect(await check()).toMatchObject({ status: 'verified', finding: 'unreachable', checkedAt });
    dns.zone.delete(record.name);
    await check();
    dns.zone.set(record.name, 'SERVFAIL');
    directory.clock.now += 30 * day;
    await recheckDomains(deps());
    expect(await only()).toMatchObject({ status: 'failing' });
    expect((await told()).events.map(({ type }) => type)).toEqual(['org.domain_failing']);
  });

  test('one org’s verified domain is no other’s', async () => {
    await publish();
    const other = await opened.found(`Neighbour ${orgs}`);
    const actor = { kind: 'member', id: other.ownerId } as const;
    const theirs = { orgId: other.orgId, actor, requestId: 'r' };
    const claim = await addOrgDomain(other.deps, theirs, domain);
    await check();
    dns.zone.set(claim.record.name, [claim.record.value]);
    const taken = { code: 'domain.taken' };
    await expect(checkOrgDomain({ ...deps(), ...other.deps }, theirs, domain)).rejects.toMatchObject(taken);
    await removeOrgDomain(other.deps, theirs, domain);
    await expect(addOrgDomain(other.deps, theirs, domain)).rejects.toMatchObject(taken);
    expect(await only()).toMatchObject({ status: 'verified' });
  });

  test('given up; unknown or impossible ones are refused', async () => {
    await publish();
    await check();
    await told();
    await removeOrgDomain(directory.deps, asked, domain);
    expect(await only()).toBeUndefined();
    expect((await told()).audit).toMatchObject([
      { action: 'org.domain_removed', changes: { [`domains.${domain}`]: ['verified', null] } },
    ]);
    const missing = { code: 'domain.not_found' };
    await expect(removeOrgDomain(directory.deps, asked, domain)).rejects.toMatchObject(missing);
    await expect(check()).rejects.toMatchObject(missing);
    await expect(addOrgDomain(directory.deps, asked, 'co.uk')).rejects.toMatchObject({
      code: 'domain.not_one',
      message: expect.stringContaining('the domain that your organisation registered'),
    });
  });
});
