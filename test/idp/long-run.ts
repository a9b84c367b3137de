// Two companies for weeks: an Okta and an Entra, each with an org of its own on one server whose jobs and watches run on
// simulated time. Knows how they are put together, not what happens to them.
import { startScheduler } from '../../server/core/scheduler.ts';
import { watchFindings } from '../../server/diagnosis/finding-watch.ts';
import { changeOrg } from '../../server/invitations/change-org.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import { createConnection, rotateToken } from '../../server/provisioning/change-connection.ts';
import { baseUrlOf } from '../../server/provisioning/connection-address.ts';
import { retentionJob } from '../../server/provisioning/retention.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';
import {
  type DatabaseName,
  operator,
  type ScimServer,
  scimClient,
  startOfTime,
  startScimServer,
} from '../helpers/scim-server.ts';
import { type CompanyLife, openCompanyLife } from './company-life.ts';
import { type DirectoryTruth, readDirectory } from './directory-truth.ts';
import { mendedEntra } from './entra-settings.ts';
import { mendedOkta } from './okta-settings.ts';
import { openSimulatedEntra, type SimulatedEntra } from './simulated-entra.ts';
import { openSimulatedOkta, type SimulatedOkta } from './simulated-okta.ts';
import { advance, day, type Ticking } from './simulated-time.ts';
import { simulatedTimers } from './simulated-timers.ts';

/** One company, its provider and its org. */
export interface Side<Idp> {
  readonly idp: Idp;
  readonly life: CompanyLife;
  readonly orgId: string;
  readonly connectionId: string;
  /** What the server says it holds, asked with the provider's own token. */
  directory(): Promise<DirectoryTruth>;
  /** Makes a second token; the older one ends in so many days. Gives the new one. */
  rotate(overlapDays: number): Promise<string>;
  /** The history of findings, in order: "day 13: opened token.expiring". */
  told(): Promise<readonly string[]>;
}

export interface LongRun {
  readonly server: ScimServer;
  readonly okta: Side<SimulatedOkta>;
  readonly entra: Side<SimulatedEntra>;
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly oktaTokenDays: number;
  readonly entraTokenDays: number;
  readonly retention?: OrgSettings['retention'];
  readonly env?: Readonly<Record<string, string>>;
}

export async function openLongRun(database: DatabaseName, options: Options): Promise<LongRun> {
  const { oktaTokenDays, entraTokenDays, retention, env = {} } = options;
  const server = await startScimServer({ database, env: { LOG_LEVEL: 'warn', ...env } });
  const { deps, clock } = server;
  const door = { db: deps.database.db, now: deps.now, secret: deps.secret };
  const now = () => clock.now;

  const sideOf = async <Idp extends SimulatedOkta | SimulatedEntra>(
    kind: Idp['kind'],
    company: { readonly name: string; readonly domain: string; readonly tokenDays: number },
    openIdp: (baseUrl: string, token: string) => Idp,
  ): Promise<Side<Idp>> => {
    const { name, domain, tokenDays } = company;
    const { id: orgId } = await setUpOrg(door, { ...operator, name, ownerEmail: `ada@${domain}` });
    if (retention !== undefined) await changeOrg(door, { ...operator, orgId }, { retention });
    const request = { ...operator, orgId, kind, mode: 'tolerant', name: `Our ${kind}`, tokenDays } as const;
    const { connection, token } = await createConnection(door, request);
    const baseUrl = baseUrlOf(server.url, connection.id);
    const idp = openIdp(baseUrl, token);
    return {
      idp,
      life: openCompanyLife(idp, { domain, seed: name }),
      orgId,
      connectionId: connection.id,
      directory: () => {
        const settings = idp.settings();
        const current = 'token' in settings ? settings.token : settings.secretToken;
        return readDirectory(scimClient(baseUrl, current));
      },
      rotate: async (overlapDays) => {
        const asked = { ...operator, orgId, connectionId: connection.id, tokenDays: 365, overlapDays };
        return (await rotateToken(door, asked)).token;
      },
      told: async () => {
        const events = await door.db
          .selectFrom('events')
          .select(['type', 'at', 'data'])
          .where('org_id', '=', orgId)
          .where('type', 'like', 'finding.%')
          .orderBy('seq')
          .execute();
        return events.map(({ type, at, data }) => {
          const [rule] = (JSON.parse(data) as { readonly findingId: string }).findingId.split(':');
          return `day ${Math.floor((at - startOfTime) / day)}: ${type.replace('finding.', '')} ${rule}`;
        });
      },
    };
  };
  const okta = await sideOf(
    'okta',
    { name: 'Quarry & Sons', domain: 'quarry.example', tokenDays: oktaTokenDays },
    (baseUrl, token) => openSimulatedOkta({ now, settings: mendedOkta('oin', baseUrl, token) }),
  );
  const entra = await sideOf(
    'entra',
    { name: 'Harbour Lane Pottery', domain: 'harbourlane.example', tokenDays: entraTokenDays },
    (baseUrl, token) => openSimulatedEntra({ now, settings: mendedEntra(baseUrl, token, true) }),
  );

  const [forFindings, forJobs] = [simulatedTimers(clock), simulatedTimers(clock)];
  const findings = watchFindings({ ...deps, timers: forFindings });
  const scheduler = startScheduler([retentionJob(deps)], deps.log, forJobs);
  const recorded = ({ nextDueAt, tick }: Ticking): Ticking => ({
    nextDueAt,
    tick: async () => {
      await tick();
      await deps.provisioningLog.flush();
    },
  });
  const waiting = [recorded(okta.idp), recorded(entra.idp), forFindings, forJobs];
  return {
    server,
    okta,
    entra,
    pass: (ms) => advance(clock, waiting, ms),
    close: async () => {
      await findings.stop();
      await scheduler.stop();
      await server.close();
    },
  };
}
