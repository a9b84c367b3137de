// Signing in at a server: its own page in a window, a code in the way back, and a token for the code. Knows OAuth's words
// and the browser's; what is kept afterwards, it does not. @see RFC 6749 §4.1
import { browser } from 'wxt/browser';
import { extensionClientId } from '../../shared/extension.ts';
import type { Account } from '../lib/storage.ts';
import { challengeOf, randomText } from './proof-key.ts';

/** How it ended; `cancelled` when somebody closed the window or chose not to let the extension in. */
export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly account: Account }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: string };

const failed = (problem: string): SignInOutcome => ({ kind: 'failed', problem });

/** Opens the server's page and sees it through; never throws. */
export async function runSignIn(server: string): Promise<SignInOutcome> {
  const { host } = new URL(server);
  const redirectUri = browser.identity.getRedirectURL('signed-in');
  const [verifier, state] = [randomText(), randomText(16)];
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: extensionClientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  });
  let answer: URLSearchParams;
  try {
    const url = `${server}/extension/authorize?${asked}`;
    const back = await browser.identity.launchWebAuthFlow({ url, interactive: true });
    if (back === undefined) return { kind: 'cancelled' };
    answer = new URL(back).searchParams;
  } catch (error) {
    return isUnloaded(error)
      ? failed(`The sign-in page of ${host} did not open. Check that the server runs, then try again.`)
      : { kind: 'cancelled' };
  }
  if (answer.get('state') !== state)
    return failed('The answer that came back belongs to another sign-in. Try again.');
  if (answer.get('error') === 'access_denied') return { kind: 'cancelled' };
  const code = answer.get('code');
  if (code === null) return failed(`${host} did not let the extension in. Try again.`);
  return tradeCode(server, { code, redirect_uri: redirectUri, code_verifier: verifier });
}

/** A closed window and a page that does not load are told apart by the browser's words alone. */
function isUnloaded(error: unknown): boolean {
  return error instanceof Error && /could not be loaded/i.test(error.message);
}

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly org: Account['org'];
  readonly member: Account['member'];
}

async function tradeCode(server: string, proof: Readonly<Record<string, string>>): Promise<SignInOutcome> {
  const { host } = new URL(server);
  const fields = { grant_type: 'authorization_code', client_id: extensionClientId, ...proof };
  try {
    const response = await fetch(`${server}/extension/token`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      credentials: 'omit',
    });
    const body = (await response.json()) as Partial<TokenAnswer> & { error_description?: string };
    const { access_token: token, expires_in: seconds, org, member } = body;
    if (!response.ok || !token || !seconds || !org || !member)
      return failed(body.error_description ?? `${host} did not let the extension in. Try again.`);
    return {
      kind: 'signed_in',
      account: { server, token, expiresAt: Date.now() + seconds * 1000, org, member },
    };
  } catch {
    return failed(`${host} stopped answering before you were signed in. Nothing was kept; try again.`);
  }
}
