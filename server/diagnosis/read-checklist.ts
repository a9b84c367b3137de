// The checklist of a connection's set-up as clients see it: joins what was seen, ticked and found. No step by its name.
import type { Checklist } from '../../shared/setup-checklist.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { actorNames } from '../members/actor-store.ts';
import { countManagedMembers } from '../members/member-store.ts';
import { type ConnectionWithTokens, findConnection } from '../provisioning/connection-store.ts';
import { attributeShares } from './attribute-shares.ts';
import { arrivedGroups, findConsoleIds, listTicks, newestPeople } from './checklist-store.ts';
import { checklistSteps } from './checklist-steps.ts';
import { consoleHref } from './console-links.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { setups } from './setups.ts';
import { withArrivals } from './wire-evidence.ts';

/** People whose attributes are looked at: the newest, because they came by the mapping as it is. */
const sample = 2000;

export interface ChecklistDeps {
  readonly db: Db;
  readonly database: Database;
  readonly now: () => number;
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
  const { kind } = await connectionOf(db, orgId, connectionId);
  const setup = setups[kind];
  const console = await findConsoleIds(db, orgId, connectionId);
  const people = await newestPeople(database.scans, orgId, connectionId, sample);
  const attributes = attributeShares(
    setup.attributes,
    people.map((person) => JSON.parse(person.attributes) as object),
  );
  const oldest = people.at(-1);
  const evidence = withArrivals(await gatherEvidence(deps, orgId, connectionId), {
    people: oldest
      ? { count: await countManagedMembers(db, orgId, connectionId), firstAt: oldest.created_at }
      : null,
    groups: await arrivedGroups(database.scans, orgId, connectionId),
  });
  const steps = checklistSteps(setup, {
    evidence,
    attributes,
    newestAt: people[0]?.created_at ?? 0,
    findings: [],
    ticks: await namedTicks(db, orgId, connectionId),
    hrefOf: (stepId) => consoleHref(kind, stepId, console),
  });
  return {
    connectionId,
    kind,
    steps,
    done: steps.filter(({ state }) => state === 'done').length,
    attributes: attributes.map(({ wrong: _wrong, ...share }) => share),
    console,
  };
}

/**
 * The connection, if it is this org's.
 * @throws AppError `connection.not_found`
 */
export async function connectionOf(
  db: Db,
  orgId: string,
  connectionId: string,
): Promise<ConnectionWithTokens> {
  const connection = await findConnection(db, connectionId);
  if (connection?.org_id !== orgId) throw new AppError('connection.not_found', { connection: connectionId });
  return connection;
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
