// What became of an action that did not go through for everybody: for whom not and why, and the way on. Knows outcomes.
import { Button, Modal } from '@mantine/core';
import { failureOf } from '../lib/api.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { peopleCount } from '../people/nudge-readiness.ts';
import classes from './action-outcome-dialog.module.css';
import { actionWords, doneSentence } from './member-actions.ts';
import type { Undertaking } from './use-member-action.ts';

/** So many are listed; more tell nobody more. */
const mostListed = 200;

export function ActionOutcomeDialog({
  undertaking: { action, people, result },
  onGoOn,
  onClose,
}: {
  readonly undertaking: Undertaking;
  /** Does the same to those it did not come to. */
  readonly onGoOn: (left: readonly { readonly id: string; readonly name: string }[]) => void;
  readonly onClose: () => void;
}) {
  const { done, refused, left, error } = result;
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const lines = refused.slice(0, mostListed).map(({ id, sentence }) => {
    const name = nameOf.get(id) ?? '';
    return { id, text: sentence.includes(name) ? sentence : `${name}: ${sentence}` };
  });
  const one = people.length === 1 ? people[0]?.name : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${actionWords[action.kind].verb}: what came of it`}
      centered
      size={480}
    >
      <div className={classes.body} role="status">
        {done > 0 && <StatusMark tone="ok">{doneSentence(action.kind, done, one)}</StatusMark>}
        {refused.length > 0 && (
          <section>
            <StatusMark tone="attention">{peopleCount(refused.length)} unchanged</StatusMark>
            <ul className={classes.lines}>
              {lines.map(({ id, text }) => (
                <li key={id}>{text}</li>
              ))}
            </ul>
            {refused.length > mostListed && <p>And {peopleCount(refused.length - mostListed)} more.</p>}
          </section>
        )}
        {left.length > 0 && (
          <section>
            <StatusMark tone="waiting">{peopleCount(left.length)} not reached</StatusMark>
            <p className={classes.left}>
              {error === undefined ? 'You stopped it before their turn.' : failureOf(error).message}
            </p>
          </section>
        )}
      </div>
      <div className={classes.actions}>
        {left.length > 0 && (
          <Button
            variant="default"
            onClick={() => onGoOn(left.map((id) => ({ id, name: nameOf.get(id) ?? '' })))}
          >
            Go on with {peopleCount(left.length)}
          </Button>
        )}
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </div>
    </Modal>
  );
}
