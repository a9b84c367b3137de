// Everything that is wrong with provisioning, of all connections, the most urgent first; below it what was put aside and
// what went away. Knows the order and the states.
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { FindingSeverity } from '../../shared/finding.ts';
import { useTRPC } from '../lib/api.ts';
import { rememberWindow } from '../lib/open-page.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { FindingAside } from './finding-aside.tsx';
import classes from './finding-card.module.css';
import { FindingCard } from './finding-card.tsx';
import { findingsOf, type OpenFinding } from './finding-order.ts';

export function FindingsView() {
  const trpc = useTRPC();
  const sync = useQuery(trpc.sync.status.queryOptions());
  const kept = useQuery(trpc.findings.list.queryOptions());
  const closed = (kept.data ?? []).filter(({ state }) => state !== 'open');
  const body = useRef<HTMLElement>(null);
  const focusBody = () => body.current?.focus();
  useEffect(() => void rememberWindow(), []);
  return (
    <SectionPage title="Findings" {...(sync.data && { lead: leadOf(findingsOf(sync.data)) })} narrow>
      <QueryState query={sync} rows={4} height={72}>
        {(status) => {
          const findings = findingsOf(status);
          return (
            <section ref={body} className={classes.body} tabIndex={-1} aria-label="Open findings">
              {findings.length === 0 && (
                <NoFindings
                  connections={status.connections.length}
                  isAside={closed.some(({ state }) => state !== 'cleared')}
                />
              )}
              {findings.length > 0 && (
                <ul className={classes.list}>
                  {findings.map((finding) => (
                    <li key={finding.id}>
                      <FindingCard finding={finding} onGone={focusBody} />
                    </li>
                  ))}
                </ul>
              )}
            </section>
          );
        }}
      </QueryState>
      <FindingAside findings={closed} onTakenUp={focusBody} />
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

function NoFindings({ connections, isAside }: { readonly connections: number; readonly isAside: boolean }) {
  return (
    <StateScreen icon={<IconCircleCheck size={28} stroke={1.5} />} title={titleOf(connections, isAside)}>
      {connections === 0
        ? 'Connect an identity provider first. Rollcall then checks every request that it sends.'
        : isAside
          ? 'What is wrong has been put aside, and stands below.'
          : 'Every request is as it should be. What goes wrong stands here with the way to mend it.'}
    </StateScreen>
  );
}

function titleOf(connections: number, isAside: boolean): string {
  if (connections === 0) return 'Nothing to look at yet';
  return isAside ? 'Nothing needs you now' : 'Nothing is wrong';
}
