// What stands between the extension and its server: nobody signed in, no network, no server, no permission, another
// version.
import type { AddressInfo } from 'node:net';
import { apiVersion, apiVersionHeader } from '../../shared/extension.ts';
import { allowServer } from '../helpers/allow-server.ts';
import { popup, type Screen, type Stage } from './stage.ts';

const keep =
  (values: object) =>
  async ({ browser }: Stage) =>
    (await browser.worker()).evaluate(async (kept) => {
      await chrome.storage.local.clear();
      await chrome.storage.local.set(kept);
    }, values);
const heading =
  (name: string) =>
  ({ page }: Stage) =>
    page.getByRole('heading', { name }).waitFor();

let listenAgain = async (): Promise<void> => {};

async function stopListening({ org }: Stage): Promise<void> {
  const { server } = org.app;
  const { port } = server.address() as AddressInfo;
  server.close();
  server.closeAllConnections();
  listenAgain = () => new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
}

const requests = /\/trpc\//;

/** Has the server speak another version; what it says in it is not read any more. */
async function answerAs({ browser }: Stage, version: number): Promise<void> {
  const headers = {
    [apiVersionHeader]: String(version),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': apiVersionHeader,
  };
  await browser.context.route(requests, (route) => route.fulfill({ headers, json: [] }));
}

export const troubleScreens: readonly Screen[] = [
  {
    name: 'connect',
    path: 'popup.html',
    size: popup,
    before: keep({}),
    arrange: ({ page }) => page.getByLabel('Server address').waitFor(),
  },
  {
    name: 'connect-checked',
    path: 'popup.html',
    size: popup,
    before: keep({}),
    arrange: async ({ page, org }) => {
      await page.getByLabel('Server address').fill(org.url.replace('http://', ''));
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'connect-mistyped',
    path: 'popup.html',
    size: popup,
    before: keep({ servers: ['https://rollcall.larkspur.example', 'https://people.brightwater.example'] }),
    arrange: async ({ page }) => {
      await page.getByLabel('Server address').fill('rollcall larkspur');
      await page.keyboard.press('Enter');
      await page.locator('input[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'connect-rtl',
    path: 'popup.html?dir=rtl',
    size: popup,
    before: keep({ servers: ['https://rollcall.larkspur.example', 'https://people.brightwater.example'] }),
    arrange: ({ page }) => page.getByText('Connected before').waitFor(),
  },
  {
    name: 'connect-another',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'Larkspur Foundry' }).click();
      await page.getByRole('menuitem', { name: 'Add a server…' }).click();
      await page.getByRole('heading', { name: 'Connect another organisation' }).waitFor();
    },
  },
  {
    name: 'connect-preset',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await keep({})(stage);
      // What an IT department sets, without the right to write where this machine's browsers look for it.
      await stage.page.addInitScript(() => {
        const rules = { server: 'https://rollcall.larkspur.example', org: 'Larkspur Foundry' };
        chrome.storage.managed.get = (async () => rules) as typeof chrome.storage.managed.get;
      });
    },
    arrange: heading('Sign in to Larkspur Foundry'),
  },
  {
    name: 'trouble-stale',
    path: 'popup.html',
    size: popup,
    arrange: async (stage) => {
      await stage.page.getByText('Noor Haddad').first().waitFor();
      await stage.page.waitForFunction(
        async () => 'lastKnown' in (await chrome.storage.local.get('lastKnown')),
      );
      await stopListening(stage);
      await stage.page.getByText('Not connected. Shown as of').waitFor();
    },
    after: () => listenAgain(),
  },
  {
    name: 'trouble-no-access',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await (await stage.browser.worker()).evaluate(() =>
        chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] }),
      );
      await stopListening(stage);
    },
    arrange: heading('Rollcall may not reach its server'),
    after: async ({ browser }) => {
      await listenAgain();
      await allowServer(browser);
    },
  },
  {
    name: 'trouble-offline',
    path: 'popup.html',
    size: popup,
    before: ({ browser }) => browser.context.setOffline(true),
    arrange: heading('You are offline'),
    after: ({ browser }) => browser.context.setOffline(false),
  },
  {
    name: 'trouble-server-down',
    path: 'popup.html',
    size: popup,
    before: stopListening,
    arrange: heading('The server does not answer'),
    after: () => listenAgain(),
  },
  {
    name: 'trouble-version',
    path: 'popup.html',
    size: popup,
    before: (stage) => answerAs(stage, apiVersion + 1),
    arrange: heading('This extension is too old'),
    after: ({ browser }) => browser.context.unroute(requests),
  },
  {
    name: 'trouble-older-server',
    path: 'popup.html',
    size: popup,
    before: (stage) => answerAs(stage, apiVersion - 1),
    arrange: heading('The server is older than this extension'),
    after: ({ browser }) => browser.context.unroute(requests),
  },
  {
    name: 'trouble-signed-out',
    path: 'popup.html',
    size: popup,
    before: async ({ browser, org }) => {
      await browser.signIn({ ...org.account, token: 'ended' });
    },
    arrange: heading('You are signed out'),
  },
];
