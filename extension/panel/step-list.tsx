// The steps one below the other, one of them open: arrow keys go from title to title, Esc closes. Knows how a step's line
// looks in each state, not what it says when it is open.
import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import classes from './step-list.module.css';
import { StepMark } from './step-mark.tsx';
import { StepTime } from './step-time.tsx';
import { ToldSentence } from './told-sentence.tsx';

export type Tick = (step: ChecklistStep, ticked: boolean) => void;

export function stepHeaderId(stepId: string): string {
  return `step-${stepId}`;
}

export function StepList({
  steps,
  openId,
  onChoose,
  onTick,
  body,
}: {
  readonly steps: readonly ChecklistStep[];
  readonly openId: string | undefined;
  /** Opens a step, or closes it when it is open. */
  readonly onChoose: (stepId: string) => void;
  /** Missing for those who may only look. */
  readonly onTick?: Tick;
  readonly body: (step: ChecklistStep) => ReactNode;
}) {
  const list = useRef<HTMLOListElement>(null);
  useKeptFocus(list, openId);
  const move = (event: KeyboardEvent<HTMLOListElement>) => {
    if (event.key === 'Escape' && openId !== undefined && !event.defaultPrevented) {
      onChoose(openId);
      document.getElementById(stepHeaderId(openId))?.focus();
      return;
    }
    const headers = [...event.currentTarget.querySelectorAll<HTMLElement>('button[aria-expanded]')];
    const at = headers.indexOf(event.target as HTMLElement);
    if (at === -1) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: headers.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    headers[(to + headers.length) % headers.length]?.focus();
  };
  return (
    <ol ref={list} className={classes.list} aria-label="Steps" onKeyDown={move}>
      {steps.map((step) => (
        <li key={step.id} className={classes.step} data-open={step.id === openId || undefined}>
          <StepLine
            step={step}
            isOpen={step.id === openId}
            onToggle={() => onChoose(step.id)}
            {...(onTick && { onTick })}
          />
          {step.id === openId && (
            <section
              id={`${stepHeaderId(step.id)}-body`}
              className={classes.body}
              aria-labelledby={stepHeaderId(step.id)}
            >
              {body(step)}
            </section>
          )}
        </li>
      ))}
    </ol>
  );
}

function StepLine({
  step,
  isOpen,
  onToggle,
  onTick,
}: {
  readonly step: ChecklistStep;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onTick?: Tick;
}) {
  const { id, title, state, proof, progress, ticked, note } = step;
  const isByHand = state === 'unprovable' || (ticked !== null && proof === null);
  const since = proof?.at ?? ticked?.at;
  const told = proof?.sentence ?? (state === 'in_progress' || state === 'unprovable' ? note : null);
  return (
    <div className={classes.line}>
      <StepMark step={step} />
      <h2 className={classes.title}>
        <button
          type="button"
          id={stepHeaderId(id)}
          className={classes.toggle}
          aria-expanded={isOpen}
          {...(isOpen && { 'aria-controls': `${stepHeaderId(id)}-body` })}
          onClick={onToggle}
        >
          {title}
          <span className={classes.hidden}> ({stateWords[state]})</span>
        </button>
      </h2>
      <div className={classes.end}>
        {progress !== null && state !== 'done' && progress.done > 0 && (
          <span>
            {progress.done} of {progress.of}
          </span>
        )}
        {state === 'done' && since !== undefined && <StepTime at={since} />}
        {isByHand && state !== 'problem' && (
          <Checkbox
            className={classes.tick ?? ''}
            aria-label={`“${title}” is done`}
            checked={state === 'done'}
            disabled={onTick === undefined}
            onChange={(event) => onTick?.(step, event.currentTarget.checked)}
          />
        )}
      </div>
      {!isOpen && told !== null && (
        <p className={classes.told}>
          <ToldSentence>{told}</ToldSentence>
        </p>
      )}
      {!isOpen && proof === null && ticked !== null && <p className={classes.told}>Ticked by {ticked.by}</p>}
    </div>
  );
}

const stateWords: Readonly<Record<ChecklistStep['state'], string>> = {
  done: 'done',
  in_progress: 'under way',
  problem: 'has a problem',
  unprovable: 'to be ticked by hand',
  todo: 'to do',
};

/** When a step that holds the focus closes by itself, the focus goes to the one that opens. */
function useKeptFocus(list: React.RefObject<HTMLOListElement | null>, openId: string | undefined): void {
  const held = useRef(false);
  useLayoutEffect(() => {
    const note = () => {
      held.current = list.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [list]);
  useLayoutEffect(() => {
    if (!held.current || document.activeElement !== document.body) return;
    const target = openId === undefined ? null : document.getElementById(stepHeaderId(openId));
    (target ?? list.current?.querySelector<HTMLElement>('button[aria-expanded]'))?.focus();
  }, [openId, list]);
}
