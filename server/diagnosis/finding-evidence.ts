// Gathers what diagnostic rules look at: each thing by one query with an end. Knows where it is kept, no rule.
import type { Database } from '../db/database.ts';
import { listDomains } from '../orgs/domain-store.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import { listClientRows } from '../provisioning/oauth-client-store.ts';
import { lastTimes, tallySince } from '../provisioning/provisioning-tally-store.ts';
import { newestRefusals } from '../provisioning/refusal-store.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { isByHand } from './by-hand.ts';
import type { FindingEvidence } from './diagnostic-rule.ts';
import { entraRhythm, rhythmWindowMs } from './entra-rhythm.ts';
import {
  groupChanges,
  newestActivePeople,
  newestRequests,
  someOwners,
  waitingPeople,
} from './finding-evidence-store.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { goneGroupId, refusedGroup } from './group-rules.ts';
import { goneGroups, removedWhileActive } from './removed-evidence.ts';
import { setups } from './setups.ts';
import { signInIds } from './sign-in-evidence-store.ts';

/** What is older says nothing of how things stand; more than so many requests and people say nothing more. */
const requestsFrom = 7 * 24 * 60 * 60 * 1000;
const mostRefusals = 1000;
const mostRequests = 2000;
const mostPeople = 2000;

export interface DiagnosisDeps {
  readonly database: Database;
  readonly now: () => number;
}

/** Who calls through a connection, by the name that people know. */
export function callerOf({ kind, name }: Pick<ConnectionWithTokens, 'kind' | 'name'>): string {
  return kind === 'other' ? name : setups[kind].console;
}

/** What the rules look at, as it stands now. */
export async function findingEvidence(
  { database, now }: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<FindingEvidence> {
  const { db, scans } = database;
  const at = now();
  const refusals = (await newestRefusals(db, orgId, connection.id, mostRefusals)).filter(
    (refusal) => refusal.at > at - requestsFrom && !isByHand(refusal.client),
  );
  const requests = (await newestRequests(scans, orgId, connection.id, mostRequests)).filter(
    (request) => request.at > at - requestsFrom && !isByHand(request.client),
  );
  const groups = new Set(refusals.map(refusedGroup).filter((name) => name !== undefined));
  const gone = new Set(refusals.map(goneGroupId).filter((id) => id !== undefined));
  const proofs = (await gatherEvidence({ database, now }, orgId, connection.id)).seen;
  const changesNobody = connection.kind === 'entra' && !proofs.updated && !proofs.deactivated;
  const domains = await listDomains(db, orgId);
  const last = await lastTimes(db, orgId, connection.id);
  return {
    now: at,
    connection,
    clients: await listClientRows(db, orgId, { ownerKind: 'connection', ownerId: connection.id }),
    caller: callerOf(connection),
    refusals,
    requests,
    last,
    proofs,
    rhythmAt:
      connection.kind === 'entra' ? await rhythmOf(database, orgId, connection.id, last, at) : undefined,
    waiting: await waitingPeople(db, orgId, connection.id, mostPeople),
    people: await newestActivePeople(scans, orgId, connection.id, mostPeople),
    signInIds: await signInIds(db, orgId, connection, mostPeople),
    verifiedDomains: new Set(
      domains.filter(({ verified_at: at }) => at !== null).map(({ domain }) => domain),
    ),
    groupsChangedAt: await changesOf(database, orgId, [...groups]),
    goneGroups: await goneGroups(db, orgId, [...gone]),
    removedWhileActive: changesNobody ? await removedWhileActive(db, orgId, requests) : [],
    owners: await someOwners(db, orgId),
  };
}

async function changesOf(
  { db }: Database,
  orgId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await groupChanges(db, orgId, names.map(foldCase));
  const changedAt = new Map(rows.map((row) => [row.display_name_norm, row.updated_at]));
  return new Map(names.map((name) => [name, changedAt.get(foldCase(name)) ?? 0]));
}

async function rhythmOf(
  { db }: Database,
  orgId: string,
  connectionId: string,
  last: FindingEvidence['last'],
  now: number,
): Promise<FindingEvidence['rhythmAt']> {
  const tally = await tallySince(db, orgId, connectionId, now - rhythmWindowMs);
  return (at) => entraRhythm(tally, last, at);
}
