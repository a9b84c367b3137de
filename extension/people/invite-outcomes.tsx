// What became of pasted addresses, one by one: first what came to nothing, with the way to mend it. Knows answers and words.
import { Button } from '@mantine/core';
import type { InviteAnswer, InvitedAddress } from '../../shared/invitation.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import classes from './form.module.css';
import { peopleCount } from './nudge-readiness.ts';
import { invitedSentence } from './pasted-words.ts';

/** So many lines of each sort; more tell nobody more. */
const longestList = 200;

export function InviteOutcomes({
  answer,
  onClose,
  onCorrect,
}: {
  readonly answer: InviteAnswer;
  readonly onClose: () => void;
  /** Takes back to the text with what can be mended in it. */
  readonly onCorrect?: () => void;
}) {
  const invited = answer.people.filter(({ outcome }) => outcome === 'invited');
  const others = answer.people.filter(({ outcome }) => outcome !== 'invited');
  return (
    <div className={classes.form}>
      <div className={classes.body}>
        <p className={classes.outcome} role="status">
          <StatusMark tone={invited.length > 0 ? 'ok' : 'attention'}>
            {invited.length === 0
              ? 'Nobody was invited'
              : `${peopleCount(invited.length)} ${invited.length === 1 ? 'is' : 'are'} invited`}
          </StatusMark>
        </p>
        <Sentences people={others} title="Not invited" />
        <Sentences people={invited} title="Invited" />
        {answer.repeated > 0 && (
          <p className={classes.recognised}>
            {answer.repeated.toLocaleString()} more stood in the text twice and got one mail.
          </p>
        )}
      </div>
      <div className={classes.actions}>
        {onCorrect && (
          <Button autoFocus data-autofocus onClick={onCorrect}>
            Correct the rest
          </Button>
        )}
        <Button
          {...(onCorrect ? { variant: 'subtle' } : { autoFocus: true, 'data-autofocus': true })}
          onClick={onClose}
        >
          Done
        </Button>
      </div>
    </div>
  );
}

function Sentences({
  people,
  title,
}: {
  readonly people: readonly InvitedAddress[];
  readonly title: string;
}) {
  if (people.length === 0) return null;
  return (
    <section>
      <h2 className={classes.heading}>{title}</h2>
      <ul className={classes.notes}>
        {people.slice(0, longestList).map((each) => (
          <li key={`${each.line} ${each.column}`}>{invitedSentence(each)}</li>
        ))}
        {people.length > longestList && <li>And {peopleCount(people.length - longestList)} more.</li>}
      </ul>
    </section>
  );
}
