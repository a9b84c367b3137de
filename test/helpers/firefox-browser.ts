// A real Firefox with the built extension in it. Knows how to reach its pages, no screen.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { geckoExtension } from '../../shared/extension.ts';
import { builtExtension, type TestAccount } from './extension-browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface FirefoxBrowser {
  readonly browser: Browser;
  /** A page of the extension in a tab: `popup.html`, `sidepanel.html`. */
  open(path: string): Promise<Page>;
  /** Puts an account into the extension's storage, as signing in does; a page of the extension has to be open. */
  signIn(page: Page, account: TestAccount): Promise<void>;
}

/** Starts a browser of its own with a fresh profile. */
export async function openFirefox(): Promise<FirefoxBrowser> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/ensure-firefox.mjs'], {
    cwd: root,
  });
  const uuid = randomUUID();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: stdout.trim(),
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      // Otherwise the address of the extension's pages would be known to nobody but Firefox.
      'extensions.webextensions.uuids': JSON.stringify({ [geckoExtension.id]: uuid }),
    },
  });
  await browser.installExtension(await builtExtension('firefox'));
  return {
    browser,
    async open(path) {
      const page = await browser.newPage();
      // The page loads, but the event for it never comes.
      await page.goto(`moz-extension://${uuid}/${path}`, { timeout: 1500 }).catch(() => {});
      await page.waitForFunction(() => document.querySelector('main') !== null, { timeout: 60_000 });
      return page;
    },
    async signIn(page, account) {
      const kept = {
        ...account,
        expiresAt: Date.now() + 3_600_000,
        member: { email: null, ...account.member },
      };
      await page.evaluate(
        (value) => chrome.storage.local.set({ accounts: [value], servers: [value.server] }),
        kept,
      );
    },
  };
}
