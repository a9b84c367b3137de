// Goes on with signing in after the browser's question about a server, which may have closed the popup that asked. Knows
// what was asked for there; how the browser asks, it does not.
import { originPattern } from '../lib/server-address.ts';
import { forget, read } from '../lib/storage.ts';
import { signIn } from './session-change.ts';

/** Longer ago, nobody expects a sign-in window any more; in milliseconds. */
const patience = 10 * 60_000;

/** Signs in when the server that was just allowed is the one that somebody is connecting to. */
export async function resumeSignIn(origins: readonly string[]): Promise<void> {
  const { signInWanted: wanted } = await read('signInWanted');
  if (wanted === undefined || !origins.includes(originPattern(wanted.server))) return;
  await forget('signInWanted');
  if (Date.now() - wanted.at < patience) await signIn(wanted.server);
}
