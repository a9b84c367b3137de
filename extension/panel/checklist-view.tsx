// The steps of one set-up: which of them is open, whoever opens it: the reader, another page, the console that is followed,
// or the work that is left. Says aloud what ticks. Knows no step's content.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Checklist } from '../../shared/setup-checklist.ts';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { AllProven } from './all-proven.tsx';
import classes from './checklist-view.module.css';
import { choiceAfter, openStep, type StepChoice, spokenChanges } from './checklist-words.ts';
import { FollowCard } from './follow-card.tsx';
import { FreshTokenNote } from './fresh-token-note.tsx';
import type { FreshTokens } from './issued-tokens.ts';
import type { Connection } from './panel-connection.ts';
import type { PanelPlace } from './panel-place.ts';
import { StepBody } from './step-body.tsx';
import { StepList, stepHeaderId } from './step-list.tsx';
import { useTickStep } from './use-tick-step.ts';

export function ChecklistView({
  checklist,
  connection,
  place,
  tokens,
}: {
  readonly checklist: Checklist;
  readonly connection: Connection;
  readonly place: PanelPlace;
  readonly tokens: FreshTokens;
}) {
  const may = useRights()('change connections and tokens');
  const tick = useTickStep(connection.id);
  const { steps } = checklist;
  const { open, choose, show, spoken } = useOpenStep(checklist, place);
  const credentials = steps.find(({ shows }) => shows === 'credentials');
  const fresh = tokens.of(connection.id);
  return (
    <>
      <p className={classes.spoken} role="status">
        {spoken}
      </p>
      {steps.length > 0 && checklist.done === steps.length && <AllProven steps={steps} />}
      <div className={classes.notes}>
        <ReadOnlyNote right="change connections and tokens" />
      </div>
      {fresh !== undefined && !fresh.copied && open?.id !== credentials?.id && (
        <FreshTokenNote
          fresh={fresh}
          onCopied={() => tokens.markCopied(fresh.tokenId)}
          {...(credentials && { onShow: () => show(credentials.id) })}
        />
      )}
      <StepList
        steps={steps}
        openId={open?.id}
        onChoose={choose}
        {...(may && { onTick: tick })}
        body={(step) => (
          <StepBody {...{ step, checklist, connection, tokens }} {...(may && { onTick: tick })} />
        )}
      />
      <FollowCard checklist={checklist} openId={open?.id} mayRemember={may} onStep={show} />
    </>
  );
}

/** The open step. Nobody's choice is the step that wants attention, and so is a choice whose step has become done. */
function useOpenStep(checklist: Checklist, place: PanelPlace) {
  const { steps } = checklist;
  const [choice, setChoice] = useState<StepChoice>();
  const [spoken, setSpoken] = useState('');
  const [known, setKnown] = useState(checklist);
  // Before anything is drawn: a step that stays open keeps what has been begun in it.
  if (known !== checklist) {
    const said = spokenChanges(known, checklist);
    setKnown(checklist);
    setChoice(choiceAfter(choice, known, checklist));
    if (said !== '') setSpoken(said);
  }
  const open = openStep(steps, choice);

  const show = (stepId: string) => {
    setChoice({ stepId });
    // The step is drawn first: what opens above it moves it.
    requestAnimationFrame(() =>
      document.getElementById(stepHeaderId(stepId))?.closest('li')?.scrollIntoView({ block: 'nearest' }),
    );
  };

  const follow = useEffectEvent(({ stepId }: PanelPlace) => {
    if (stepId === null || !steps.some(({ id }) => id === stepId)) return;
    show(stepId);
    document.getElementById(stepHeaderId(stepId))?.focus({ preventScroll: true });
  });
  useEffect(() => follow(place), [place]);

  const choose = (stepId: string) => setChoice({ stepId: stepId === open?.id ? null : stepId });
  return { open, choose, show, spoken };
}
