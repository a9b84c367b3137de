// Looks at a connection: asks every rule, and keeps what became of each finding. Evidence is what was recorded, what
// happened in the org, and the time; nobody looks again before one of them has moved. Knows no rule by its name.
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { appendEvent } from '../events/event-log.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import type { DiagnosticRule, FindingEvidence, Observation } from './diagnostic-rule.ts';
import { diagnosticRules } from './diagnostic-rules.ts';
import { type EvidenceReach, evidenceReach } from './evidence-marks-store.ts';
import { type DiagnosisDeps, findingEvidence } from './finding-evidence.ts';
import { type FindingLife, nextTurn, nextTurnAt, type Turn } from './finding-life.ts';
import {
  deleteFinding,
  holdLook,
  lastLook,
  type StoredFinding,
  saveFinding,
  saveLook,
  storedFindings,
} from './finding-store.ts';

/** However quiet it is: what was refused long ago stops counting one day. */
const longestPause = 24 * 60 * 60 * 1000;

/** The name that people know a finding by for ever: the same fault of the same connection has the same one. */
export function findingId(rule: string, connectionId: string): string {
  return `${rule}:${connectionId}`;
}

/** Looks, unless nothing has moved since the last look; says whether it looked. */
export async function lookIfDue(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<boolean> {
  const { db } = deps.database;
  const reach = await evidenceReach(db, orgId, connection.id);
  const last = await lastLook(db, orgId, connection.id);
  const isFresh =
    last !== undefined &&
    last.record_seq >= reach.recordSeq &&
    last.event_seq >= reach.eventSeq &&
    last.next_look_at > deps.now();
  if (isFresh) return false;
  await look(deps, orgId, connection, reach);
  return true;
}

async function look(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
  reach: EvidenceReach,
): Promise<void> {
  const evidence = await findingEvidence(deps, orgId, connection);
  const { now } = evidence;
  const observations = observe(evidence);
  await inTransaction(deps.database.db, async (trx) => {
    const last = await holdLook(trx, orgId, connection.id);
    // Somebody else has looked meanwhile and saw at least as much.
    if (last === undefined || last.looked_at > now || isBeyond(last, reach)) return;
    const before = new Map((await storedFindings(trx, orgId, connection.id)).map((one) => [one.rule, one]));
    const times = [now + longestPause];
    for (const rule of diagnosticRules) {
      const expected = observations.get(rule.id);
      const seen = expected && expected.firstSeenAt <= now ? expected : undefined;
      const was = before.get(rule.id);
      const turn = nextTurn(was, seen, now);
      times.push(...timesOf(expected, turn.life).filter((at) => at > now));
      await keepTurn(trx, { orgId, connectionId: connection.id, rule, was, now }, turn);
    }
    await saveLook(trx, {
      org_id: orgId,
      connection_id: connection.id,
      looked_at: now,
      record_seq: reach.recordSeq,
      event_seq: reach.eventSeq,
      next_look_at: Math.min(...times),
    });
  });
}

function isBeyond(last: { record_seq: number; event_seq: number }, reach: EvidenceReach): boolean {
  return last.record_seq > reach.recordSeq || last.event_seq > reach.eventSeq;
}

function timesOf(expected: Observation | undefined, life: FindingLife | undefined): readonly number[] {
  return [expected?.firstSeenAt, expected?.changesAt, life && nextTurnAt(life)].filter((at) => at != null);
}

async function keepTurn(
  trx: Db,
  of: {
    readonly orgId: string;
    readonly connectionId: string;
    readonly rule: DiagnosticRule;
    readonly was: StoredFinding | undefined;
    readonly now: number;
  },
  { life, told }: Turn,
): Promise<void> {
  const { orgId, connectionId, rule, was, now } = of;
  if (life === undefined) {
    if (was !== undefined) await deleteFinding(trx, orgId, connectionId, rule.id);
    return;
  }
  const next = { rule: rule.id, ...life };
  if (JSON.stringify(next) !== JSON.stringify(was))
    await saveFinding(trx, orgId, connectionId, { ...next, severity: rule.severity });
  if (told === undefined) return;
  const fault = { findingId: findingId(rule.id, connectionId), title: rule.title };
  const about = {
    at: now,
    actor: { kind: 'server', id: 'diagnosis' },
    subject: { kind: 'connection', id: connectionId },
  } as const;
  if (told === 'cleared') await appendEvent(trx, orgId, { ...about, type: 'finding.cleared', data: fault });
  else {
    const data = { ...fault, again: told === 'opened again' };
    await appendEvent(trx, orgId, { ...about, type: 'finding.opened', data });
  }
}

/** What each rule sees, or is going to see if nothing happens until then, by its id. */
export function observe(evidence: FindingEvidence): ReadonlyMap<string, Observation> {
  const seen = new Map<string, Observation>();
  for (const rule of diagnosticRules) {
    if (!(evidence.connection.kind in rule.kinds)) continue;
    const observation = rule.evaluate(evidence);
    if (observation !== undefined) seen.set(rule.id, observation);
  }
  return seen;
}
