// The findings about a connection as they stand now: asks every rule and names the people and the clicks. No rule by name.
import { type ConsolePath, type Finding, findingSeverities } from '../../shared/finding.ts';
import { findMembers } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import { findConsoleIds } from './checklist-store.ts';
import { type ConsoleIds, consoleHref } from './console-links.ts';
import type { DiagnosticRule, FindingEvidence, Observation, Remedy } from './diagnostic-rule.ts';
import { diagnosticRules } from './diagnostic-rules.ts';
import { type DiagnosisDeps, findingEvidence } from './finding-evidence.ts';
import { setups } from './setups.ts';

/** So many of the people whom a finding touches are named. */
const namedPeople = 3;

/** What is wrong with a connection, the most urgent first. */
export async function findFindings(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<readonly Finding[]> {
  const { db } = deps.database;
  const seen = observe(await findingEvidence(deps, orgId, connection));
  if (seen.length === 0) return [];
  const ids = await findConsoleIds(db, orgId, connection.id);
  const named = new Set(seen.flatMap(({ observation }) => observation.people.slice(0, namedPeople)));
  const rows = named.size === 0 ? [] : await findMembers(db, orgId, [...named]);
  const names = new Map(rows.map((row) => [row.id, personOf(row).name]));
  return seen.map(({ rule, observation }) => findingOf(connection, rule, observation, ids, names));
}

/** What each rule sees, the most urgent first. */
export function observe(
  evidence: FindingEvidence,
): readonly { readonly rule: DiagnosticRule; readonly observation: Observation }[] {
  const seen = diagnosticRules.flatMap((rule) => {
    if (!(evidence.connection.kind in rule.kinds)) return [];
    const observation = rule.evaluate(evidence);
    return observation === undefined ? [] : [{ rule, observation }];
  });
  const urgency = ({ rule }: { readonly rule: DiagnosticRule }) => findingSeverities.indexOf(rule.severity);
  return seen.sort((a, b) => urgency(a) - urgency(b));
}

function findingOf(
  connection: ConnectionWithTokens,
  rule: DiagnosticRule,
  { people, ...observation }: Observation,
  ids: ConsoleIds,
  names: ReadonlyMap<string, string>,
): Finding {
  const remedy = rule.kinds[connection.kind] ?? null;
  return {
    id: `${rule.id}:${connection.id}`,
    rule: rule.id,
    severity: rule.severity,
    connectionId: connection.id,
    ...observation,
    people: {
      total: people.length,
      first: people.slice(0, namedPeople).flatMap((id) => {
        const name = names.get(id);
        return name === undefined ? [] : [{ id, name }];
      }),
    },
    stepId: remedy?.stepId ?? null,
    remedy: remedy && pathOf(connection, remedy, ids),
  };
}

/** The way to the setting in the console; null where the console is not known. */
function pathOf({ kind }: ConnectionWithTokens, remedy: Remedy, ids: ConsoleIds): ConsolePath | null {
  const { console, steps } = setups[kind];
  const labels = remedy.labels ?? steps.find(({ id }) => id === remedy.stepId)?.labels ?? [];
  return labels.length === 0 ? null : { console, labels, href: consoleHref(kind, remedy.stepId, ids) };
}
