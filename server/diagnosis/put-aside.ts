// What people decide about a finding: to hear of it later, or no more until there is new evidence. Tells history and audit.
import type { KeptFinding } from '../../shared/finding.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Database } from '../db/database.ts';
import { listConnections } from '../provisioning/connection-store.ts';
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { diagnosticRules } from './diagnostic-rules.ts';
import { keptFindings } from './find-findings.ts';
import { evidenceMarks, type PutAside } from './finding-life.ts';
import { holdLook, type StoredFinding, saveFinding, storedFindings } from './finding-store.ts';
import { findingId } from './look-at-connection.ts';
import { connectionOf } from './read-checklist.ts';

type Deps = ChangeDeps & { readonly database: Database };
type About = AskedInOrg & { readonly findingId: string };

const longestSnoozeMs = 366 * 24 * 60 * 60 * 1000;

/** Every finding that is remembered, of one connection or of all; @throws AppError `connection.not_found` */
export async function listFindings(
  deps: Deps,
  orgId: string,
  connectionId?: string,
): Promise<readonly KeptFinding[]> {
  const connections =
    connectionId === undefined
      ? await listConnections(deps.db, orgId)
      : [await connectionOf(deps.db, orgId, connectionId)];
  const findings: KeptFinding[] = [];
  for (const connection of connections) findings.push(...(await keptFindings(deps, orgId, connection)));
  return findings;
}

/**
 * Puts a finding aside until a time (Unix ms).
 * @throws AppError `finding.not_found`, `finding.snooze_over`, `connection.not_found`
 */
export function snoozeFinding(deps: Deps, about: About & { readonly until: number }): Promise<KeptFinding> {
  const { until } = about;
  return putAside(deps, about, (one, { actor: by, now: at }) => {
    if (until <= at || until > at + longestSnoozeMs) throw new AppError('finding.snooze_over', {});
    return { by, at, until, reason: null, marks: evidenceMarks(one.seen) };
  });
}

/**
 * Puts a finding aside until there is evidence that was not known yet.
 * @throws AppError `finding.not_found`, `connection.not_found`
 */
export function dismissFinding(deps: Deps, about: About & { readonly reason: string }): Promise<KeptFinding> {
  const { reason } = about;
  return putAside(deps, about, (one, { actor: by, now: at }) => {
    return { by, at, until: null, reason, marks: evidenceMarks(one.seen) };
  });
}

/** Takes back that a finding was put aside. @throws AppError `finding.not_found`, `connection.not_found` */
export function takeUpFinding(deps: Deps, about: About): Promise<KeptFinding> {
  return putAside(deps, about, () => null);
}

async function putAside(
  deps: Deps,
  about: About,
  decide: (one: StoredFinding, context: ChangeContext) => PutAside | null,
): Promise<KeptFinding> {
  const { orgId } = about;
  const { rule, connectionId } = partsOf(about.findingId);
  await inChange(deps, about, async (context) => {
    const { trx } = context;
    await holdLook(trx, orgId, connectionId);
    const one = (await storedFindings(trx, orgId, connectionId)).find((finding) => finding.rule === rule.id);
    if (one === undefined) throw notFound(about);
    const aside = decide(one, context);
    if (aside === null && one.putAside === null) return;
    await saveFinding(trx, orgId, connectionId, { ...one, severity: rule.severity, putAside: aside });
    await recordChange(
      context,
      { kind: 'connection', id: connectionId },
      { [rule.id]: [decisionOf(one.putAside), decisionOf(aside)] },
      eventOf({ findingId: findingId(rule.id, connectionId), title: rule.title }, aside),
    );
  });
  const kept = await listFindings(deps, orgId, connectionId);
  const finding = kept.find(({ id }) => id === about.findingId);
  if (finding === undefined) throw notFound(about);
  return finding;
}

function decisionOf(aside: PutAside | null) {
  return aside && { until: aside.until, reason: aside.reason };
}

function eventOf(fault: { readonly findingId: string; readonly title: string }, aside: PutAside | null) {
  if (aside === null) return { type: 'finding.taken_up', data: fault } as const;
  const { until, reason } = aside;
  if (until === null) return { type: 'finding.dismissed', data: { ...fault, reason: reason ?? '' } } as const;
  return { type: 'finding.snoozed', data: { ...fault, until } } as const;
}

/** "token.expiring:0199…" → the rule and the connection. */
function partsOf(id: string): { readonly rule: DiagnosticRule; readonly connectionId: string } {
  const [ruleId, connectionId = ''] = id.split(':');
  const rule = diagnosticRules.find((one) => one.id === ruleId);
  if (rule === undefined) throw notFound({ findingId: id });
  return { rule, connectionId };
}

function notFound({ findingId: finding }: { readonly findingId: string }): AppError {
  return new AppError('finding.not_found', { finding });
}
