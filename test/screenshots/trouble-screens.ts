// What stands between the extension and its server: nobody signed in, no network, no server, no permission, another
// version.
import type { AddressInfo } from 'node:net';
import { apiVersion, apiVersionHeader } from '../../shared/extension.ts';
import { popup, type Screen, type Stage } from './stage.ts';

const keep =
  (values: object) =>
  async ({ browser }: Stage) =>
    (await browser.worker()).evaluate(async (kept) => {
      await chrome.storage.local.clear();
      await chrome.storage.local.set(kept);
    }, values);
const forgetData = async ({ browser }: Stage) =>
  (await browser.worker()).evaluate(() => chrome.storage.local.remove('lastKnown'));
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
      await page.waitForTimeout(800);
    },
  },
  {
    name: 'trouble-offline',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await forgetData(stage);
      await stage.browser.context.setOffline(true);
    },
    arrange: heading('You are offline'),
    after: ({ browser }) => browser.context.setOffline(false),
  },
  {
    name: 'trouble-server-down',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await forgetData(stage);
      await stopListening(stage);
    },
    arrange: heading('The server does not answer'),
    after: () => listenAgain(),
  },
  {
    name: 'trouble-version',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await forgetData(stage);
      await stage.browser.context.route(/\/trpc\/(?!live)/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({
          response,
          headers: { ...response.headers(), [apiVersionHeader]: String(apiVersion + 1) },
        });
      });
    },
    arrange: ({ page }) => page.getByRole('heading').first().waitFor(),
    after: ({ browser }) => browser.context.unroute(/\/trpc\/(?!live)/),
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
