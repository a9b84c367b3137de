// What of an org needs somebody's attention, in numbers and as a list to be notified of. Changes nothing.
import type { Attention } from '../../shared/sync-status.ts';
import { addUp, tallyOf } from '../members/member-tally-store.ts';
import { listConnections } from '../provisioning/connection-store.ts';
import { type Hold, listHolds } from '../provisioning/hold-list.ts';
import { listEndpoints } from '../webhooks/webhook-endpoint-store.ts';
import { findFindings } from './find-findings.ts';
import type { DiagnosisDeps } from './finding-evidence.ts';

/** More open holds than connections there are none. */
const mostHolds = 100;

/** Pending invitations, findings of every connection, removals that wait for an admin, and webhooks that nobody takes. */
export async function readAttention(deps: DiagnosisDeps, orgId: string): Promise<Attention> {
  const { db } = deps.database;
  const connections = await listConnections(db, orgId);
  const findings = [];
  for (const connection of connections) findings.push(...(await findFindings(deps, orgId, connection)));
  const holds = await listHolds(db, orgId, { openOnly: true, limit: mostHolds });
  const webhooks = (await listEndpoints(db, orgId)).filter(({ disabled_reason: reason }) => {
    return reason === 'gone' || reason === 'failing';
  });
  const serious = [
    ...findings
      .filter(({ severity }) => severity !== 'warning')
      .map(({ id, sentence, connectionId, stepId, firstSeenAt }) => {
        return { id, kind: 'finding', sentence, connectionId, stepId, at: firstSeenAt } as const;
      }),
    ...holds.map((hold) => {
      const sentence = holdSentence(hold);
      return {
        id: hold.id,
        kind: 'hold',
        sentence,
        connectionId: hold.connection.id,
        stepId: null,
        at: hold.openedAt,
      } as const;
    }),
    ...webhooks.map(({ id, name, disabled_at: disabledAt }) => {
      const sentence = `The webhook ${name} is disabled, because nothing gets through to its receiver.`;
      const at = disabledAt ?? 0;
      return { id: `${id} ${at}`, kind: 'webhook', sentence, connectionId: null, stepId: null, at } as const;
    }),
  ];
  return {
    pending: addUp(await tallyOf(db, orgId), { status: 'invited' }),
    findings: findings.length,
    holds: holds.length,
    serious: serious.sort((a, b) => b.at - a.at),
  };
}

function holdSentence({ connection, people, groups }: Hold): string {
  const of = [
    ...(people > 0 ? [people === 1 ? '1 person' : `${people} people`] : []),
    ...(groups > 0 ? [groups === 1 ? '1 group' : `${groups} groups`] : []),
  ].join(' and ');
  return `${connection.name ?? 'A connection that is deleted'} took away ${of}. Approve it, or bring them back.`;
}
