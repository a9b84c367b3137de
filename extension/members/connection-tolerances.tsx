// The departures from the standard that Rollcall puts up with for a connection, by name, with what each means and what can
// be switched. Knows how they are listed only.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Tolerance } from '../../shared/sync-history.ts';
import { counted } from '../parts/activity-bars.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './connection-history.module.css';
import type { SpanChoice } from './connection-span-words.ts';

/** So many are listed before somebody asks for all. */
const shownAtFirst = 3;

export function ConnectionTolerances({
  tolerances,
  choice,
}: {
  readonly tolerances: readonly Tolerance[];
  readonly choice: SpanChoice;
}) {
  const [isAll, setAll] = useState(false);
  const countOf = ({ inDay, inMonth }: Tolerance) => (choice === 'hours' ? inDay : inMonth);
  const seen = tolerances.filter((one) => countOf(one) > 0).sort((a, b) => countOf(b) - countOf(a));
  if (seen.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>What Rollcall puts up with</h3>
      <ul className={classes.tolerances}>
        {(isAll ? seen : seen.slice(0, shownAtFirst)).map((one) => (
          <li key={one.name} className={classes.tolerance}>
            <span className={classes.title}>{one.title}</span>
            <span className={classes.quiet}>
              {counted(countOf(one), 'request')}, last <TimeAgo at={one.lastAt} />
            </span>
            <p className={classes.meaning}>
              {one.meaning}
              {one.path !== null && (
                <>
                  {' '}
                  Last seen in <code className={classes.code}>{one.path}</code>.
                </>
              )}
              {one.hint !== null && ` ${one.hint}`}
            </p>
          </li>
        ))}
      </ul>
      {seen.length > shownAtFirst && (
        <Button
          className={classes.open ?? ''}
          variant="subtle"
          size="compact-sm"
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
        >
          {isAll ? 'Show fewer' : `Show all ${seen.length}`}
        </Button>
      )}
    </>
  );
}
