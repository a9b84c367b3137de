// Counts SCIM requests by kind of connection and outcome. The labels are closed lists: no id can become one.
import { Counter, type Registry } from 'prom-client';
import type { ConnectionKind } from '../../shared/provisioning.ts';

/** Statuses with a meaning of their own; the others count by their class. */
const outcomes = new Map([
  [401, 'unauthorized'],
  [404, 'not_found'],
  [409, 'conflict'],
  [412, 'precondition_failed'],
  [413, 'too_large'],
  [429, 'rate_limited'],
]);

function outcomeOf(status: number): string {
  return outcomes.get(status) ?? (status < 400 ? 'success' : status < 500 ? 'refused' : 'failed');
}

/** Counts one answered request; `unknown` is the kind of a connection that does not exist. */
export type CountScimRequest = (kind: ConnectionKind | 'unknown', status: number) => void;

/** Adds the counter to the registry and gives what counts. */
export function scimRequestCounter(registry: Registry): CountScimRequest {
  const requests = new Counter({
    name: 'rollcall_scim_requests_total',
    help: 'SCIM requests by the kind of the connection and what became of them.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  return (kind, status) => requests.inc({ kind, outcome: outcomeOf(status) });
}
