// One Chromium with the extension for all test files of a worker, one after the other: starting one takes as long as most
// of what is seen in it. Knows what has to be as if it were new.
import { allowServer } from './allow-server.ts';
import { type ExtensionBrowser, openExtensionBrowser } from './extension-browser.ts';

let shared: ExtensionBrowser | undefined;

/**
 * The browser as if it had just been installed, except that the extension may reach this machine's servers. What a test
 * changes in the background itself, the next one would meet: such a test opens a browser of its own.
 */
export async function borrowExtensionBrowser(): Promise<ExtensionBrowser> {
  const browser = (await asIfNew()) ?? (await openAllowed());
  shared = browser;
  return { ...browser, close: () => giveBack(browser) };
}

/** The one that runs, unless none does or a test has left it in pieces. */
async function asIfNew(): Promise<ExtensionBrowser | undefined> {
  if (shared === undefined) return undefined;
  try {
    await renew(shared);
    return shared;
  } catch {
    await shared.close().catch(() => {});
    return undefined;
  }
}

async function giveBack(browser: ExtensionBrowser): Promise<void> {
  if (!browser.isReached()) return browser.tidy();
  shared = undefined;
  await browser.close();
}

/** Forgets what the extension keeps and what was asked of the browser. */
export async function renew(browser: ExtensionBrowser): Promise<void> {
  const { context } = browser;
  await browser.tidy();
  await context.setOffline(false);
  await context.unrouteAll();
  await context.clearPermissions();
  const background = await browser.worker();
  await background.evaluate(async () => {
    const { local, session, sync } = chrome.storage;
    for (const area of [local, session, sync]) await area.clear();
    for (const id of Object.keys(await chrome.notifications.getAll())) await chrome.notifications.clear(id);
  });
}

async function openAllowed(): Promise<ExtensionBrowser> {
  const browser = await openExtensionBrowser();
  await allowServer(browser);
  return browser;
}
