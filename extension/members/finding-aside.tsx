// The findings that nobody hears of for now, with who put them aside and why, and those that went away by themselves.
// Knows how they are listed and taken up again.
import { Button } from '@mantine/core';
import type { KeptFinding } from '../../shared/finding.ts';
import { useNow } from '../lib/now.ts';
import { asideSentence } from '../parts/put-aside-words.ts';
import { useRights } from '../parts/rights.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { usePutAside } from '../parts/use-put-aside.ts';
import { useConnectionNames } from './connection-names.ts';
import classes from './finding-aside.module.css';

export function FindingAside({
  findings,
  onTakenUp,
}: {
  /** Put aside, or gone. */
  readonly findings: readonly KeptFinding[];
  readonly onTakenUp: () => void;
}) {
  const aside = findings.filter(({ state }) => state === 'snoozed' || state === 'dismissed');
  const gone = findings.filter(({ state }) => state === 'cleared');
  const { takeUp, isPending } = usePutAside();
  const may = useRights()('put findings aside');
  const nameOf = useConnectionNames();
  const now = useNow();
  return (
    <>
      {aside.length > 0 && (
        <section aria-labelledby="findings-aside">
          <h2 id="findings-aside" className={classes.heading}>
            Put aside
          </h2>
          <ul className={classes.list}>
            {aside.map((finding) => (
              <li key={finding.id} className={classes.line}>
                <div className={classes.words}>
                  <p className={classes.sentence}>{finding.sentence}</p>
                  <p className={classes.quiet}>
                    {nameOf(finding.connectionId)} · {asideSentence(finding, now)}
                  </p>
                  {finding.putAside?.reason != null && (
                    <p className={classes.reason}>“{finding.putAside.reason}”</p>
                  )}
                </div>
                {may && (
                  <Button
                    variant="default"
                    size="compact-md"
                    aria-label={`Take up again: ${finding.sentence}`}
                    disabled={isPending}
                    onClick={() => void takeUp(finding).then((isOpen) => isOpen && onTakenUp())}
                  >
                    Take up again
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {gone.length > 0 && (
        <section aria-labelledby="findings-gone">
          <h2 id="findings-gone" className={classes.heading}>
            Gone in the last 24 hours
          </h2>
          <ul className={classes.list}>
            {gone.map((finding) => (
              <li key={finding.id} className={classes.line}>
                <div className={classes.words}>
                  <p className={classes.sentence}>{finding.sentence}</p>
                  <p className={classes.quiet}>
                    {nameOf(finding.connectionId)} · first seen <TimeAgo at={finding.firstSeenAt} />, last{' '}
                    <TimeAgo at={finding.lastSeenAt} />
                    {finding.returns > 0 && `, and came back ${timesOf(finding.returns)} between`}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString()} times`;
}
