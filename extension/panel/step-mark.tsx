// The state of a step as a shape in its colour. Decoration: the word stands in the step's title for those who listen.
import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react';
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import classes from './step-mark.module.css';

export function StepMark({ step }: { readonly step: ChecklistStep }) {
  const { state, findings } = step;
  const isBlocked = findings.some(({ severity }) => severity === 'blocks');
  return (
    <span
      className={classes.mark}
      data-state={state}
      data-blocked={isBlocked || undefined}
      aria-hidden="true"
    >
      {state === 'done' && <IconCheck size={12} stroke={3} />}
      {state === 'problem' && <IconAlertTriangleFilled size={11} />}
      {state === 'in_progress' && (
        <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
          <path d="M9 1a8 8 0 0 0 0 16z" fill="currentColor" />
          <circle cx="9" cy="9" r="8.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      )}
    </span>
  );
}
