// The findings of all connections in one order. Pure.
import { type Finding, type FindingSeverity, findingSeverities } from '../../shared/finding.ts';
import type { OrgSync } from '../../shared/sync-status.ts';

export type OpenFinding = Finding & { readonly connectionName: string };

/** Of all connections, what holds up the most first, and of that the latest. */
export function findingsOf({ connections }: OrgSync): readonly OpenFinding[] {
  const rank = (severity: FindingSeverity) => findingSeverities.indexOf(severity);
  return connections
    .flatMap(({ name, findings }) => findings.map((finding) => ({ ...finding, connectionName: name })))
    .sort((a, b) => rank(a.severity) - rank(b.severity) || b.lastSeenAt - a.lastSeenAt);
}
