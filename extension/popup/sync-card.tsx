// One connection: its state, when it was here and when it is due, how soon changes show, its last day, and the finding
// that matters most.
import { Button } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Finding } from '../../shared/finding.ts';
import type { ConnectionSync } from '../../shared/sync-status.ts';
import { useNow } from '../lib/now.ts';
import { openPanel } from '../lib/open-page.ts';
import { exactTime, upcoming } from '../lib/time-words.ts';
import { PutAsideActions } from '../parts/put-aside-actions.tsx';
import { SyncStateMark } from '../parts/sync-state-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { ActivityChart } from './activity-chart.tsx';
import { inSync } from './header-sentence.ts';
import classes from './sync-card.module.css';

export function SyncCard({ connection }: { readonly connection: ConnectionSync }) {
  const { connectionId, name, state, people, groups, activity, findings } = connection;
  const [finding] = findings;
  const card = useRef<HTMLElement>(null);
  return (
    <article ref={card} className={classes.card} aria-label={name} tabIndex={-1}>
      <div className={classes.top}>
        <h2 className={classes.name}>{name}</h2>
        <SyncStateMark state={state} pill />
        <span className={classes.numbers}>{inSync(people, groups, ' · ')}</span>
      </div>
      <p className={classes.contact}>
        <Contact connection={connection} />
      </p>
      {connection.lastContactAt === null ? (
        <div>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => openPanel({ connectionId, stepId: null })}
          >
            Go on setting up
          </Button>
        </div>
      ) : (
        <ActivityChart activity={activity} />
      )}
      {finding && (
        <TopFinding
          key={finding.id}
          finding={finding}
          others={findings.length - 1}
          connectionId={connectionId}
          onGone={() => card.current?.focus()}
        />
      )}
    </article>
  );
}

function Contact({ connection }: { readonly connection: ConnectionSync }) {
  const { state, sentence, lastContactAt, nextExpectedAt, expectation, changeTime } = connection;
  const now = useNow();
  const isCalm = state === 'healthy' || state === 'attention';
  return (
    <>
      {!isCalm && `${sentence} `}
      {lastContactAt !== null && (
        <>
          Last contact <TimeAgo at={lastContactAt} />.{' '}
        </>
      )}
      {nextExpectedAt !== null && nextExpectedAt > now ? (
        <>
          Next expected by{' '}
          <time dateTime={new Date(nextExpectedAt).toISOString()} title={exactTime(nextExpectedAt)}>
            {upcoming(nextExpectedAt, now)}
          </time>
          .
        </>
      ) : (
        // What was measured says it better.
        changeTime.withinMs === null && expectation
      )}
      {changeTime.withinMs !== null && <span title={changeTime.detail}> {changeTime.sentence}</span>}
    </>
  );
}

function TopFinding({
  finding,
  others,
  connectionId,
  onGone,
}: {
  readonly finding: Finding;
  readonly others: number;
  readonly connectionId: string;
  readonly onGone: () => void;
}) {
  return (
    <section className={classes.finding} data-severity={finding.severity} aria-label="Finding">
      <IconAlertTriangleFilled size={16} aria-hidden="true" className={classes.sign} />
      <div className={classes.words}>
        <p className={classes.sentence}>{finding.sentence}</p>
        {finding.detail !== null && <p className={classes.detail}>{finding.detail}</p>}
        {others > 0 && <p className={classes.detail}>And {others.toLocaleString()} more.</p>}
      </div>
      <Button
        variant="default"
        size="compact-md"
        className={classes.show ?? ''}
        onClick={() => openPanel({ connectionId, stepId: finding.stepId })}
      >
        Show me
      </Button>
      <div className={classes.aside}>
        <PutAsideActions finding={finding} onGone={onGone} />
      </div>
    </section>
  );
}
