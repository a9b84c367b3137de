// What became of a nudge, person by person. Knows answers and their words, not how they came about.
import { Button } from '@mantine/core';
import type { Nudged } from '../../shared/invitation.ts';
import { useNow } from '../lib/now.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import classes from './form.module.css';
import { type NudgePerson, nudgedWords, peopleCount } from './nudge-readiness.ts';

/** So many lines; more tell nobody more. */
const longestList = 200;

export function NudgeOutcomes({
  people,
  nudged,
  left,
  onClose,
}: {
  readonly people: readonly NudgePerson[];
  readonly nudged: readonly Nudged[];
  /** Sentences on those who were not asked for. */
  readonly left: readonly string[];
  readonly onClose: () => void;
}) {
  const now = useNow();
  const names = new Map(people.map(({ memberId, name }) => [memberId, name]));
  const sent = nudged.filter(({ outcome }) => outcome === 'nudged').length;
  const missed = nudged.filter(({ outcome }) => outcome !== 'nudged');
  const lines = [...missed, ...nudged.filter(({ outcome }) => outcome === 'nudged')];
  return (
    <div className={classes.form}>
      <div className={classes.body}>
        <p className={classes.outcome} role="status">
          <StatusMark tone={sent > 0 ? 'ok' : 'attention'}>
            {sent === 0 ? 'Nobody was nudged' : `${peopleCount(sent)} ${sent === 1 ? 'is' : 'are'} nudged`}
          </StatusMark>
        </p>
        <ul className={classes.notes}>
          {lines.slice(0, longestList).map((each) => (
            <li key={each.memberId}>
              <span className={classes.name}>{names.get(each.memberId) ?? 'Somebody'}</span>{' '}
              {nudgedWords(each, now)}
            </li>
          ))}
          {left.slice(0, longestList).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <div className={classes.actions}>
        <Button autoFocus data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
