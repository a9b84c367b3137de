// One finding: what is wrong, what comes of it, whom it touches, the way to the setting that mends it, and putting it
// aside.
import { Anchor, Button } from '@mantine/core';
import type { Finding, FindingSeverity } from '../../shared/finding.ts';
import { openPanel } from '../lib/open-page.ts';
import { PutAsideActions } from '../parts/put-aside-actions.tsx';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './finding-card.module.css';
import type { OpenFinding } from './finding-order.ts';
import { RemedyPath } from './remedy-path.tsx';
import { hashOf } from './route.ts';

const severities: Readonly<Record<FindingSeverity, readonly [tone: Tone, word: string]>> = {
  blocks: ['bad', 'Blocks the set-up'],
  wrong_data: ['attention', 'Spoils data'],
  warning: ['waiting', 'Can wait'],
};

export function FindingCard({
  finding,
  onGone,
}: {
  readonly finding: OpenFinding;
  /** After it has been put aside. */
  readonly onGone: () => void;
}) {
  const { severity, sentence, detail, remedy, people, connectionId, connectionName, stepId } = finding;
  const [tone, word] = severities[severity];
  return (
    <article className={classes.card} data-severity={severity}>
      <p className={classes.top}>
        <StatusMark tone={tone} pill>
          {word}
        </StatusMark>
        <span className={classes.quiet}>{connectionName}</span>
      </p>
      <h2 className={classes.sentence}>{sentence}</h2>
      {detail !== null && <p className={classes.detail}>{detail}</p>}
      {remedy !== null && (
        <p className={classes.remedy}>
          <RemedyPath {...remedy} />
        </p>
      )}
      {people.total > 0 && <p className={classes.quiet}>{peopleIn(finding)}</p>}
      <p className={classes.quiet}>
        Seen {finding.count === 1 ? 'once, ' : `${finding.count.toLocaleString()} times, last `}
        <TimeAgo at={finding.lastSeenAt} />
        {finding.count > 1 && (
          <>
            , first <TimeAgo at={finding.firstSeenAt} />
          </>
        )}
      </p>
      <div className={classes.actions}>
        <Button onClick={() => openPanel({ connectionId, stepId })}>Show me</Button>
        {remedy?.href != null && (
          <Button component="a" variant="default" href={remedy.href} target="_blank" rel="noreferrer">
            Open {remedy.console}
          </Button>
        )}
        {connectionId !== null && (
          <Anchor href={hashOf('provisioning', { connection: connectionId, failed: '1' })}>
            See what failed
          </Anchor>
        )}
        <div className={classes.aside}>
          <PutAsideActions finding={finding} onGone={onGone} />
        </div>
      </div>
    </article>
  );
}

function peopleIn({ people: { total, first } }: Finding): string {
  const names = first.map(({ name }) => name).join(', ');
  const more = total - first.length;
  return `Touches ${names}${more > 0 ? ` and ${more.toLocaleString()} more` : ''}.`;
}
