// A whole screen for a state that is not the usual one: what it means, what to do, one button. Knows how it looks only.
import type { ReactNode } from 'react';
import classes from './state-screen.module.css';

export function StateScreen({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <section className={classes.screen} aria-labelledby="state-title">
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <h2 id="state-title" className={classes.title}>
        {title}
      </h2>
      <div className={classes.text}>{children}</div>
      {action}
    </section>
  );
}
