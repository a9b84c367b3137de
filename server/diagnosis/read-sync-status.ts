// How the provisioning of an org stands: each connection's state, what it sent lately, what to expect. Changes nothing.
import type { Finding } from '../../shared/finding.ts';
import { type ConnectionSync, type OrgSync, type SyncState, syncStates } from '../../shared/sync-status.ts';
import { countManagedGroups } from '../groups/group-store.ts';
import { countManagedMembers } from '../members/member-store.ts';
import { type ConnectionWithTokens, listConnections } from '../provisioning/connection-store.ts';
import { type ClientWithCredentials, listClientRows } from '../provisioning/oauth-client-store.ts';
import { type LastTimes, lastTimes, tallySince } from '../provisioning/provisioning-tally-store.ts';
import { type EntraRhythm, entraRhythm, rhythmWindowMs } from './entra-rhythm.ts';
import { findFindings } from './find-findings.ts';
import { callerOf, type DiagnosisDeps } from './finding-evidence.ts';
import { hasWayIn } from './live-credential.ts';
import { activityFrom, syncActivity } from './sync-activity.ts';
import { syncChangeTime } from './sync-change-time.ts';
import { expectations, stateSentences } from './sync-sentences.ts';

/** Every connection of an org, oldest first, and the most urgent of their states. */
export async function readSyncStatus(deps: DiagnosisDeps, orgId: string): Promise<OrgSync> {
  const connections: ConnectionSync[] = [];
  for (const connection of await listConnections(deps.database.db, orgId))
    connections.push(await connectionSync(deps, orgId, connection));
  const urgency = connections.map(({ state }) => syncStates.indexOf(state));
  return { state: syncStates[Math.max(...urgency)] ?? 'waiting', connections };
}

async function connectionSync(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<ConnectionSync> {
  const { db } = deps.database;
  const { id, kind, name } = connection;
  const now = deps.now();
  const isEntra = kind === 'entra';
  const tally = await tallySince(db, orgId, id, isEntra ? now - rhythmWindowMs : activityFrom(now));
  const last = withTokenUse(await lastTimes(db, orgId, id), connection);
  const findings = await findFindings(deps, orgId, connection);
  const rhythm = isEntra ? entraRhythm(tally, last, now) : undefined;
  const clients = await listClientRows(db, orgId, { ownerKind: 'connection', ownerId: id });
  const state = stateOf({ connection, clients, last, findings, rhythm, now });
  const caller = callerOf(connection);
  return {
    connectionId: id,
    kind,
    name,
    state,
    sentence: stateSentences[state](caller),
    lastContactAt: last.contactAt,
    lastWriteAt: last.writeAt,
    nextExpectedAt: state === 'paused' ? null : (rhythm?.nextAt ?? null),
    expectation: expectations[kind][state](caller),
    changeTime: syncChangeTime({ kind, caller, state, tally, now }),
    people: await countManagedMembers(db, orgId, id),
    groups: await countManagedGroups(db, orgId, id),
    activity: syncActivity(tally, now),
    findings,
  };
}

/** Once the records of the last contact are gone, the token still knows when it was used. */
function withTokenUse(last: LastTimes, { tokens }: ConnectionWithTokens): LastTimes {
  if (last.contactAt !== null) return last;
  const used = Math.max(...tokens.map(({ last_used_at: at }) => at ?? 0));
  return used > 0 ? { ...last, contactAt: used } : last;
}

function stateOf({
  connection,
  clients,
  last,
  findings,
  rhythm,
  now,
}: {
  readonly connection: ConnectionWithTokens;
  readonly clients: readonly ClientWithCredentials[];
  readonly last: LastTimes;
  readonly findings: readonly Finding[];
  readonly rhythm: EntraRhythm | undefined;
  readonly now: number;
}): SyncState {
  // Whoever revokes the last token means it; one that runs out is a fault.
  const isPaused = !hasWayIn({ now, connection, clients }) && connection.tokens.at(-1)?.revoked_at != null;
  if (isPaused) return 'paused';
  if (rhythm?.state === 'quarantine') return 'quarantine';
  if (findings.some(({ severity }) => severity !== 'warning')) return 'attention';
  if (last.contactAt === null) return 'waiting';
  return rhythm?.state === 'silent' ? 'silent' : 'healthy';
}
