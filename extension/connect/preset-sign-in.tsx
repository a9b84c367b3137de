// Signing in where an IT department has set the server: one button. Knows what the policy says.
import { Button } from '@mantine/core';
import classes from './connect-view.module.css';
import { SignInOutcome } from './sign-in-outcome.tsx';
import { useSignIn } from './use-sign-in.ts';

export function PresetSignIn({ server, org }: { readonly server: string; readonly org: string }) {
  const { state, begin } = useSignIn();
  const { host } = new URL(server);
  const isBusy = state.kind === 'asking' || state.kind === 'signing_in';
  return (
    <div className={classes.form}>
      <div>
        <h1 className={classes.heading}>Sign in to {org === '' ? host : org}</h1>
        <p className={classes.lead}>
          {org === ''
            ? 'Your organisation has set this server for you.'
            : `Your organisation has set the server for you: ${host}.`}
        </p>
      </div>
      <Button size="md" onClick={() => begin(server)} loading={isBusy}>
        Sign in
      </Button>
      <SignInOutcome state={state} />
      <p className={classes.foot}>You sign in on the server’s own page. There is no password to type here.</p>
    </div>
  );
}
