// Signing in from a click: first the browser's question whether the server may be reached, then the background's window.
// Knows their order and what can come of it; no screen.
import { useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../lib/messages.ts';
import { originPattern } from '../lib/server-address.ts';
import { forget, write } from '../lib/storage.ts';

export type SignInState =
  | { readonly kind: 'idle' }
  /** The browser asks, or the server's page is open. */
  | { readonly kind: 'asking' | 'signing_in' }
  | { readonly kind: 'cancelled' | 'failed'; readonly message: string };

export interface SignIn {
  readonly state: SignInState;
  /**
   * Call it straight from a click: an `await` before loses the browser's question. `confirm` may still call it off, once
   * the server may be reached.
   */
  begin(server: string, confirm?: () => Promise<boolean>): void;
}

export function useSignIn(): SignIn {
  const [state, setState] = useState<SignInState>({ kind: 'idle' });
  const begin: SignIn['begin'] = (server, confirm = async () => true) => {
    // The question may close this page; the background then goes on by what is kept.
    void write({ draftServer: server, signInWanted: { server, at: Date.now() } });
    const allowed = browser.permissions.request({ origins: [originPattern(server)] });
    setState({ kind: 'asking' });
    void finish(server, allowed, confirm, setState).catch(() =>
      setState({ kind: 'failed', message: 'The browser did not open a window. Try again.' }),
    );
  };
  return { state, begin };
}

async function finish(
  server: string,
  allowed: Promise<boolean>,
  confirm: () => Promise<boolean>,
  tell: (state: SignInState) => void,
): Promise<void> {
  if (!(await allowed)) {
    await forget('signInWanted');
    const { host } = new URL(server);
    return tell({
      kind: 'failed',
      message: `The browser was not allowed to reach ${host}. Press the button again and choose Allow; no other site is included.`,
    });
  }
  if (!(await confirm())) {
    await forget('signInWanted');
    return tell({ kind: 'idle' });
  }
  tell({ kind: 'signing_in' });
  const { problem, cancelled } = await ask({ type: 'sign-in', server });
  await forget('signInWanted');
  if (problem !== null) return tell({ kind: 'failed', message: problem });
  if (cancelled) tell({ kind: 'cancelled', message: 'You were not signed in. Nothing was changed.' });
  else tell({ kind: 'idle' });
}
