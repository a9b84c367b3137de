// What a test of single sign-on found, line by line, each with what mends it. Knows how it looks; what is wrong, the server
// says.
import { Button } from '@mantine/core';
import type { SsoCheck, SsoTest } from '../../shared/single-sign-on.ts';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import classes from './setting-section.module.css';

const states: Readonly<Record<SsoCheck['state'], readonly [tone: Tone, word: string]>> = {
  passed: ['ok', 'In order'],
  failed: ['bad', 'Not in order'],
  unknown: ['quiet', 'Shown by a sign-in'],
};

export function SsoChecks({
  test,
  onTake,
}: {
  readonly test: SsoTest;
  /** Takes the issuer that is probably meant. */
  readonly onTake: (issuer: string) => void;
}) {
  return (
    <ul className={classes.rows} aria-label="What the test found">
      {test.checks.map(({ id, state, sentence, remedy, meant }) => {
        const [tone, word] = states[state];
        return (
          <li key={id} className={classes.row}>
            <StatusMark tone={tone}>{word}</StatusMark>
            <p>{sentence}</p>
            {remedy !== null && <p className={classes.quiet}>{remedy}</p>}
            {meant !== null && (
              <div className={classes.record}>
                <span className={classes.quiet}>Meant</span>
                <code className={classes.code} dir="ltr">
                  {meant}
                </code>
                <Button size="compact-sm" onClick={() => onTake(meant)}>
                  Use this one
                </Button>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
