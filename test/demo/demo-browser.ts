// Chromium with the demo's extension in it, signed in as the owner, on the admin page and the members page. Knows how to open
// it, and whether there is a screen to open it on.
import { join } from 'node:path';
import { chromium, type Worker } from 'playwright-core';
import { chromiumExtension } from '../../shared/extension.ts';
import { chromiumPath } from '../helpers/chromium-path.ts';
import { freePort, type TestAccount } from '../helpers/extension-browser.ts';

export interface DemoBrowser {
  /** Where its tabs can be driven from, by the DevTools protocol. */
  readonly devTools: string;
  close(): Promise<void>;
}

interface Options {
  readonly headless: boolean;
  /** The demo's own; the profile is kept in it. */
  readonly folder: string;
  readonly extension: string;
  readonly account: TestAccount;
  readonly adminUrl: string;
  /** When somebody has closed the window. */
  onClosed(): void;
}

/** Whether a window can be shown. */
export function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

export async function openDemoBrowser(options: Options): Promise<DemoBrowser> {
  const port = await freePort();
  const context = await chromium.launchPersistentContext(join(options.folder, 'browser'), {
    executablePath: await chromiumPath(),
    headless: options.headless,
    // The sandbox is not to be had by root, nor in many containers, where there is no screen either.
    chromiumSandbox: !options.headless && process.getuid?.() !== 0,
    viewport: null,
    // The demo closes it itself, in its order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ignoreDefaultArgs: ['--enable-automation'],
    args: [
      '--no-first-run',
      '--disable-dev-shm-usage',
      ...(options.headless ? ['--disable-gpu'] : []),
      `--disable-extensions-except=${options.extension}`,
      `--load-extension=${options.extension}`,
      '--enable-unsafe-extension-debugging',
      `--remote-debugging-port=${port}`,
      '--window-size=1360,940',
    ],
  });
  let isClosing = false;
  context.once('close', () => {
    if (!isClosing) options.onClosed();
  });
  const worker: Worker =
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 60_000 }));
  await worker.evaluate((value) => chrome.storage.local.set({ accounts: [value], servers: [value.server] }), {
    ...options.account,
    expiresAt: Date.now() + 90 * 24 * 3_600_000,
    member: { email: null, ...options.account.member },
  });
  const admin = context.pages()[0] ?? (await context.newPage());
  await admin.goto(options.adminUrl);
  const members = await context.newPage();
  await members.goto(`chrome-extension://${chromiumExtension.id}/members.html#/people`);
  return {
    devTools: `http://127.0.0.1:${port}`,
    close: async () => {
      isClosing = true;
      await context.close();
    },
  };
}
