// A state as a shape in its colour with its word: never colour alone. Knows shapes and tones, not what a state means.
import type { ReactNode } from 'react';
import classes from './status-mark.module.css';

export type Tone = 'ok' | 'waiting' | 'attention' | 'bad' | 'paused' | 'quiet';

const shapes: Readonly<Record<Tone, ReactNode>> = {
  ok: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  waiting: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
    </>
  ),
  attention: <path d="M6 1 11.5 11h-11z" fill="currentColor" />,
  bad: <path d="M6 1 11.5 11h-11z" fill="currentColor" />,
  paused: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  quiet: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** The shape with its word; `pill` gives it a ground of its own. */
export function StatusMark({
  tone,
  children,
  pill = false,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly pill?: boolean;
}) {
  return (
    <span className={classes.mark} data-tone={tone} data-pill={pill || undefined}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}
