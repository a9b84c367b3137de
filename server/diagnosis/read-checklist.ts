// The checklist of a connection's set-up as clients see it: joins what was seen, ticked and found. No step by its name.
import type { Checklist } from '../../shared/setup-checklist.ts';
import { orgUserType } from '../attributes/org-user-type.ts';
import { ssoAddresses } from '../auth/sso-addresses.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { actorNames } from '../members/actor-store.ts';
import { countManagedMembers, findMembers } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import { findOrg } from '../orgs/org-store.ts';
import {
  type ConnectionWithTokens,
  type FoundConnection,
  findConnection,
} from '../provisioning/connection-store.ts';
import { attributeShares } from './attribute-shares.ts';
import { checklistSteps } from './checklist-steps.ts';
import { arrivedGroups, findConsoleIds, listTicks, newestPeople } from './checklist-store.ts';
import { consoleHref } from './console-links.ts';
import { findFindings } from './find-findings.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { withOwnAttributes } from './own-attribute-mapping.ts';
import { setups } from './setups.ts';
import { signInStanding } from './sign-in-evidence-store.ts';
import type { SignInFacts } from './step-progress.ts';
import { withArrivals } from './wire-evidence.ts';

/** People whose attributes are looked at: the newest, because they came by the mapping as it is. */
const sample = 1000;

export interface ChecklistDeps {
  readonly db: Db;
  readonly database: Database;
  readonly now: () => number;
  readonly publicUrl: () => string;
}

/**
 * The checklist as it stands now.
 * @throws AppError `connection.not_found`
 */
export async function readChecklist(
  deps: ChecklistDeps,
  orgId: string,
  connectionId: string,
): Promise<Checklist> {
  const { db, database } = deps;
  const connection = await connectionOf(db, orgId, connectionId);
  const { kind } = connection;
  const { custom } = await orgUserType(db, orgId, connection.attributesVersion);
  const setup = withOwnAttributes(setups[kind], kind, custom);
  const console = await findConsoleIds(db, orgId, connectionId);
  const people = await newestPeople(database.scans, orgId, connectionId, sample);
  const attributes = attributeShares(
    setup.attributes,
    people.map((person) => JSON.parse(person.attributes) as object),
  );
  const [newest, oldest] = [people[0], people.at(-1)];
  const count = await countManagedMembers(db, orgId, connectionId);
  const evidence = withArrivals(await gatherEvidence(deps, orgId, connectionId), {
    people: oldest ? { count, firstAt: oldest.created_at } : null,
    groups: await arrivedGroups(database.scans, orgId, connectionId),
  });
  const steps = checklistSteps(setup, {
    evidence,
    attributes,
    arrivals: { newestAt: newest?.created_at ?? 0, all: count <= people.length },
    findings: await findFindings(deps, orgId, connection),
    signIn: await namedSignIn(db, orgId, connection),
    ticks: await namedTicks(db, orgId, connectionId),
    hrefOf: (stepId) => consoleHref(kind, stepId, console),
  });
  return {
    connectionId,
    kind,
    steps,
    done: steps.filter(({ state }) => state === 'done').length,
    attributes: attributes.map(({ wrong: _wrong, ...share }) => share),
    signIn: ssoAddresses(deps.publicUrl(), (await findOrg(db, orgId))?.slug ?? ''),
    console,
  };
}

/**
 * The connection, if it is this org's.
 * @throws AppError `connection.not_found`
 */
export async function connectionOf(db: Db, orgId: string, connectionId: string): Promise<FoundConnection> {
  const connection = await findConnection(db, connectionId);
  if (connection?.org_id !== orgId) throw new AppError('connection.not_found', { connection: connectionId });
  return connection;
}

async function namedSignIn(
  db: Db,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<SignInFacts | undefined> {
  const standing = await signInStanding(db, orgId, connection);
  if (standing === undefined) return undefined;
  const { proven, failing } = standing;
  const [member] = proven?.memberId == null ? [] : await findMembers(db, orgId, [proven.memberId]);
  return { failing, proven: proven && { at: proven.at, who: member ? personOf(member).name : null } };
}

async function namedTicks(db: Db, orgId: string, connectionId: string) {
  const ticks = await listTicks(db, orgId, connectionId);
  const nameOf = await actorNames(
    db,
    orgId,
    ticks.map(({ by }) => by),
  );
  return new Map(ticks.map(({ stepId, by, at }) => [stepId, { by: nameOf(by), at }]));
}
