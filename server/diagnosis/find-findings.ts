// The findings about a connection as clients see them: names the people and the clicks, the most urgent first. No rule
// by its name.
import { type ConsolePath, type Finding, findingSeverities, type KeptFinding } from '../../shared/finding.ts';
import { actorNames } from '../members/actor-store.ts';
import { findMembers } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import { findConsoleIds } from './checklist-store.ts';
import { type ConsoleIds, consoleHref } from './console-links.ts';
import type { DiagnosticRule, Remedy } from './diagnostic-rule.ts';
import { diagnosticRules } from './diagnostic-rules.ts';
import type { DiagnosisDeps } from './finding-evidence.ts';
import { stateOfFinding } from './finding-life.ts';
import { type StoredFinding, storedFindings } from './finding-store.ts';
import { findingId, lookIfDue } from './look-at-connection.ts';
import { setups } from './setups.ts';

/** So many of the people whom a finding touches are named. */
const namedPeople = 3;

/** What is wrong with a connection and not put aside, the most urgent first. */
export async function findFindings(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<readonly Finding[]> {
  const kept = await keptFindings(deps, orgId, connection);
  return kept.flatMap(({ state, returns, clearedAt, putAside, ...finding }) =>
    state === 'open' ? [finding] : [],
  );
}

/** Every finding of a connection that is remembered, put aside and cleared ones included, the most urgent first. */
export async function keptFindings(
  deps: DiagnosisDeps,
  orgId: string,
  connection: ConnectionWithTokens,
): Promise<readonly KeptFinding[]> {
  await lookIfDue(deps, orgId, connection);
  const { db } = deps.database;
  const stored = await storedFindings(db, orgId, connection.id);
  if (stored.length === 0) return [];
  const ids = await findConsoleIds(db, orgId, connection.id);
  const named = new Set(stored.flatMap(({ seen }) => seen.people.slice(0, namedPeople)));
  const rows = named.size === 0 ? [] : await findMembers(db, orgId, [...named]);
  const names = new Map(rows.map((row) => [row.id, personOf(row).name]));
  const actors = stored.flatMap(({ putAside }) => (putAside === null ? [] : [putAside.by]));
  const nameOf = await actorNames(db, orgId, actors);
  const now = deps.now();
  return diagnosticRules
    .flatMap((rule) => {
      const one = stored.find((finding) => finding.rule === rule.id);
      if (one === undefined) return [];
      const { putAside } = one;
      return [
        {
          ...findingOf(connection, rule, one, ids, names),
          state: stateOfFinding(one, now),
          returns: one.returns,
          clearedAt: one.clearedAt,
          putAside: putAside && {
            by: nameOf(putAside.by),
            at: putAside.at,
            until: putAside.until,
            reason: putAside.reason,
          },
        },
      ];
    })
    .sort((a, b) => findingSeverities.indexOf(a.severity) - findingSeverities.indexOf(b.severity));
}

function findingOf(
  connection: ConnectionWithTokens,
  rule: DiagnosticRule,
  { seen, firstSeenAt, lastSeenAt }: StoredFinding,
  ids: ConsoleIds,
  names: ReadonlyMap<string, string>,
): Finding {
  const remedy = rule.kinds[connection.kind] ?? null;
  const { sentence, detail, people, count } = seen;
  return {
    id: findingId(rule.id, connection.id),
    rule: rule.id,
    severity: rule.severity,
    connectionId: connection.id,
    sentence,
    detail,
    count,
    firstSeenAt,
    lastSeenAt,
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
