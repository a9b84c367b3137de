// Who is signed in where: switching, adding and dropping accounts. Knows what is kept, not how somebody signs in.
import { type Account, forget, frameKeys, read, write } from './storage.ts';

/** Tells accounts apart: somebody in one org of one server. */
export function accountKey({ server, org, member }: Account): string {
  return `${server} ${org.id} ${member.id}`;
}

/** The current account; undefined when nobody is signed in. */
export async function currentAccount(): Promise<Account | undefined> {
  return (await read('accounts')).accounts?.[0];
}

/** Puts an account first and remembers its server. */
export async function keepAccount(account: Account): Promise<void> {
  const { accounts = [], servers = [] } = await read('accounts', 'servers');
  await write({
    accounts: [account, ...without(accounts, account)],
    servers: [account.server, ...servers.filter((server) => server !== account.server)].slice(0, 10),
  });
  await forget('draftServer', 'signInWanted', ...frameKeys);
}

/** Drops an account with everything that was known through it. */
export async function dropAccount(account: Account): Promise<void> {
  const { accounts = [] } = await read('accounts');
  await write({ accounts: without(accounts, account) });
  await forgetDropped(account);
}

/** Forgets what was known through an account that is dropped: a page may have kept it while it was being dropped. */
export async function forgetDropped(account: Account): Promise<void> {
  const { accounts = [], ...known } = await read('accounts', 'lastKnown', ...frameKeys);
  if (without(accounts, account).length < accounts.length) return;
  for (const key of ['lastKnown', ...frameKeys] as const)
    if (known[key]?.account === accountKey(account)) await forget(key);
}

function without(accounts: readonly Account[], gone: Account): readonly Account[] {
  return accounts.filter((other) => accountKey(other) !== accountKey(gone));
}
