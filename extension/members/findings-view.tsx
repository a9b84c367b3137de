// Everything that is wrong with provisioning, of all connections, the most urgent first. Knows the order and the states.
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { FindingSeverity } from '../../shared/finding.ts';
import { useTRPC } from '../lib/api.ts';
import { rememberWindow } from '../lib/open-page.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './finding-card.module.css';
import { FindingCard } from './finding-card.tsx';
import { findingsOf, type OpenFinding } from './finding-order.ts';

export function FindingsView() {
  const trpc = useTRPC();
  const sync = useQuery(trpc.sync.status.queryOptions());
  useEffect(() => void rememberWindow(), []);
  return (
    <SectionPage title="Findings" {...(sync.data && { lead: leadOf(findingsOf(sync.data)) })} narrow>
      <QueryState query={sync} rows={4} height={72}>
        {(status) => {
          const findings = findingsOf(status);
          if (findings.length === 0) return <NoFindings connections={status.connections.length} />;
          return (
            <ul className={classes.list}>
              {findings.map((finding) => (
                <li key={finding.id}>
                  <FindingCard finding={finding} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryState>
    </SectionPage>
  );
}

function leadOf(findings: readonly OpenFinding[]): string {
  const count = (severity: FindingSeverity) => findings.filter((each) => each.severity === severity).length;
  const parts = [
    [count('blocks'), 'blocks a set-up', 'block a set-up'],
    [count('wrong_data'), 'spoils data', 'spoil data'],
    [count('warning'), 'can wait', 'can wait'],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number.toLocaleString()} ${number === 1 ? one : many}`);
  return told.length === 0
    ? 'Rollcall looks at every request and names what an identity provider has got wrong.'
    : `${told.join(', ')}. A finding goes by itself when the next requests are right.`;
}

function NoFindings({ connections }: { readonly connections: number }) {
  return (
    <StateScreen
      icon={<IconCircleCheck size={28} stroke={1.5} />}
      title={connections === 0 ? 'Nothing to look at yet' : 'Nothing is wrong'}
    >
      {connections === 0
        ? 'Connect an identity provider first. Rollcall then checks every request that it sends.'
        : 'Every request is as it should be. What goes wrong stands here with the way to mend it.'}
    </StateScreen>
  );
}
