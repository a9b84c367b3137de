// What of an org needs somebody's attention, in numbers and as a list to be notified of. Changes nothing.
import type { Attention } from '../../shared/sync-status.ts';
import { addUp, tallyOf } from '../members/member-tally-store.ts';
import { listConnections } from '../provisioning/connection-store.ts';
import { type Hold, listHolds } from '../provisioning/hold-list.ts';
import { findFindings } from './find-findings.ts';
import type { DiagnosisDeps } from './finding-evidence.ts';

/** More open holds than connections there are none. */
const mostHolds = 100;

/** Pending invitations, findings of every connection, and removals that wait for an admin. */
export async function readAttention(deps: DiagnosisDeps, orgId: string): Promise<Attention> {
  const { db } = deps.database;
  const connections = await listConnections(db, orgId);
  const findings = [];
  for (const connection of connections) findings.push(...(await findFindings(deps, orgId, connection)));
  const holds = await listHolds(db, orgId, { openOnly: true, limit: mostHolds });
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
