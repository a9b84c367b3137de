// Who is signed in, changed for the pages, which may be closed meanwhile. Knows what is kept and what the server is told;
// how somebody proves who they are, it does not.
import { accountKey, dropAccount, keepAccount } from '../lib/account.ts';
import type { MessageAnswer } from '../lib/messages.ts';
import { read } from '../lib/storage.ts';
import { runSignIn } from './sign-in-flow.ts';

const running = new Map<string, Promise<MessageAnswer>>();

/** Signs in at a server and keeps the account; who asks while a window is open gets the answer of that one. */
export function signIn(server: string): Promise<MessageAnswer> {
  const known = running.get(server);
  if (known !== undefined) return known;
  const answer = signInOnce(server).finally(() => running.delete(server));
  running.set(server, answer);
  return answer;
}

async function signInOnce(server: string): Promise<MessageAnswer> {
  const outcome = await runSignIn(server);
  if (outcome.kind === 'failed') return { problem: outcome.problem };
  if (outcome.kind === 'cancelled') return { problem: null, cancelled: true };
  await keepAccount(outcome.account);
  return { problem: null };
}

/** Forgets an account at once and ends its session at the server, if that can be reached. */
export async function signOut(key: string): Promise<MessageAnswer> {
  const { accounts = [] } = await read('accounts');
  const account = accounts.find((each) => accountKey(each) === key);
  if (account === undefined) return { problem: null };
  await dropAccount(account);
  try {
    const { ok } = await fetch(`${account.server}/extension/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: account.token }),
      credentials: 'omit',
    });
    if (ok) return { problem: null };
  } catch {
    // Said below; the token is gone from here either way.
  }
  return {
    problem: `You are signed out here, but ${new URL(account.server).host} could not be told. End the session there, among your sessions.`,
  };
}
