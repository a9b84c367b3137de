// A real Chromium with the built extension in it: its pages in tabs, its real popup and its real side panel. Knows how
// to reach them, no screen.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { chromiumExtension } from '../../shared/extension.ts';
import { chromiumArgs } from './chromium-args.ts';
import { chromiumPath } from './chromium-path.ts';
import { patience } from './patience.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An account as the extension keeps it. */
export interface TestAccount {
  readonly server: string;
  readonly token: string;
  readonly org: { readonly id: string; readonly name: string };
  readonly member: { readonly id: string; readonly name: string; readonly role: string };
}

export interface ExtensionBrowser {
  readonly context: BrowserContext;
  /** Where the extension's pages stand. */
  readonly origin: string;
  /** The background, where `chrome.*` can be called. */
  worker(): Promise<Worker>;
  /** Puts an account into the extension's storage, as signing in does. */
  signIn(account: TestAccount): Promise<void>;
  /** A page of the extension in a tab: `popup.html`, `sidepanel.html`, `members.html#/people`. */
  openTab(path: string): Promise<Page>;
  /**
   * The popup over the toolbar button. Reaching it takes the browser's time and sets what it emulates, so that a popup that
   * is measured is left alone for some milliseconds first.
   */
  openPopup(aloneForMs?: number): Promise<Page>;
  /** The panel beside the page, once somebody's click has opened it. */
  panel(): Promise<Page>;
  /** Closes every page but an empty one. */
  tidy(): Promise<void>;
  /**
   * Whether a popup or a panel has been reached: the second connection that this takes leaves the browser without what
   * the first one had set, such as downloads and being offline.
   */
  isReached(): boolean;
  close(): Promise<void>;
}

const origin = `chrome-extension://${chromiumExtension.id}`;

/** Starts a browser of its own with a fresh profile. `folder` replaces the built extension. */
export async function openExtensionBrowser(
  options: { readonly folder?: string; readonly isMeasured?: boolean } = {},
): Promise<ExtensionBrowser> {
  const folder = options.folder ?? (await builtExtension('chrome'));
  const profile = mkdtempSync(join(tmpdir(), 'rollcall-browser-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    headless: true,
    viewport: null,
    args: [
      ...chromiumArgs(options),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      '--enable-unsafe-extension-debugging',
      `--remote-debugging-port=${port}`,
      '--window-size=1280,900',
    ],
  });
  context.setDefaultTimeout(patience);
  const late: Browser[] = [];
  const worker = async () => {
    const [running] = context.serviceWorkers();
    if (running !== undefined) return running;
    const started = context.waitForEvent('serviceworker', { timeout: patience });
    // One that went idle before anybody looked starts again when it is spoken to.
    const page = await context.newPage();
    await page.goto(`${origin}/sidepanel.html`);
    await page.evaluate(() => void chrome.runtime.sendMessage({}).catch(() => {}));
    const found = context.serviceWorkers()[0] ?? (await started);
    started.catch(() => {});
    await page.close();
    return found;
  };
  /** A connection made after a popup or panel opened lists it as a page; one made before never does. */
  const reach = async (path: string): Promise<Page> => {
    for (let attempt = 0; attempt < 40; attempt++) {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const found = browser
        .contexts()
        .flatMap((each) => each.pages())
        .find((page) => page.url().startsWith(`${origin}/${path}`));
      if (found) {
        found.setDefaultTimeout(patience);
        late.push(browser);
        return found;
      }
      await browser.close();
    }
    throw new Error(`${path} did not open.`);
  };
  return {
    context,
    origin,
    worker,
    async signIn(account) {
      const kept = { ...account, expiresAt: Date.now() + 30 * 24 * 3_600_000 };
      const background = await worker();
      await background.evaluate(
        (value) => chrome.storage.local.set({ accounts: [value], servers: [value.server] }),
        { ...kept, member: { email: null, ...kept.member } },
      );
    },
    async openTab(path) {
      const page = await context.newPage();
      await page.goto(`${origin}/${path}`);
      await hasDrawn(page);
      return page;
    },
    async openPopup(aloneForMs = 0) {
      const background = await worker();
      await background.evaluate(() => chrome.action.openPopup());
      if (aloneForMs > 0) await pause(aloneForMs);
      return reach('popup.html');
    },
    panel: () => reach('sidepanel.html'),
    async tidy() {
      const before = context.pages();
      await context.newPage();
      for (const page of before) await page.close();
    },
    isReached: () => late.length > 0,
    async close() {
      for (const browser of late) await browser.close().catch(() => {});
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Waits for what the page's program draws: before, its last frame may stand there, in which nothing can be done. */
async function hasDrawn(page: Page): Promise<void> {
  await page.locator('#root > :not([inert])').first().waitFor({ state: 'attached' });
}

/** The folder of the extension, built when its sources have changed. */
export async function builtExtension(browser: 'chrome' | 'firefox' | 'edge'): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/ensure-extension.mjs', browser], {
    cwd: root,
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
