// What signing in is waiting for, or what came of it. Knows words; a success needs none, because the page changes.
import classes from './connect-view.module.css';
import type { SignInState } from './use-sign-in.ts';

const waiting: Readonly<Partial<Record<SignInState['kind'], string>>> = {
  asking: 'Your browser asks whether Rollcall may reach this server. Choose Allow.',
  signing_in: 'Sign in in the window that has opened. This page goes on by itself.',
};

/** A live region that stands from the start, so that what comes into it is read out. */
export function SignInOutcome({ state }: { readonly state: SignInState }) {
  const text = 'message' in state ? state.message : waiting[state.kind];
  return (
    <div role="status">
      {text !== undefined && (
        <p className={classes.outcome} data-tone={state.kind}>
          {text}
        </p>
      )}
    </div>
  );
}
