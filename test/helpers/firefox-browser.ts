// A real Firefox with the built extension in it: its popup over the toolbar button and its sidebar. Knows how to reach
// them, no screen.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { geckoExtension } from '../../shared/extension.ts';
import { builtExtension, type TestAccount } from './extension-browser.ts';
import { type FirefoxView, startMarionette } from './marionette.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What Firefox makes of the extension's id for the ids of its buttons and sidebars. */
const widget = geckoExtension.id.toLowerCase().replace(/[^a-z0-9_-]/g, '_');

export interface FirefoxBrowser {
  /** Clicks the toolbar button; gives the popup that opens. */
  openPopup(): Promise<FirefoxView>;
  /** The sidebar, once a click has opened it. */
  readonly sidebar: FirefoxView;
  /** The address of the page that the sidebar shows; null while it shows none. */
  sidebarAddress(): Promise<string | null>;
  /** Firefox opens the sidebar by itself when it installs the extension. */
  closeSidebar(): Promise<void>;
  /** Puts an account into the extension's storage, as signing in does. */
  signIn(page: FirefoxView, account: TestAccount): Promise<void>;
  close(): Promise<void>;
}

/** Starts a browser of its own with a fresh profile. */
export async function openFirefox(): Promise<FirefoxBrowser> {
  const [{ stdout: program }, path] = await Promise.all([
    promisify(execFile)(process.execPath, ['scripts/ensure-firefox.mjs'], { cwd: root }),
    builtExtension('firefox'),
  ]);
  const firefox = await startMarionette(program.trim());
  const { chrome, send, view } = firefox;
  const sidebar = `document.getElementById('sidebar').contentDocument.querySelector('browser')`;
  try {
    await send('Addon:Install', { path, temporary: true });
    // Otherwise the button stands behind the one for all extensions.
    await chrome('CustomizableUI.addWidgetToArea(arguments[0], "nav-bar");', `${widget}-browser-action`);
  } catch (error) {
    await firefox.close();
    throw error;
  }
  return {
    async openPopup() {
      const found = await send('WebDriver:FindElement', { using: 'css selector', value: `#${widget}-BAP` });
      const [id] = Object.values((found as { value: Record<string, string> }).value);
      await send('WebDriver:ElementClick', { id });
      return view(`document.querySelector('.webextension-popup-browser')`);
    },
    sidebar: view(sidebar),
    sidebarAddress: () =>
      chrome(
        `return SidebarController.isOpen && SidebarController.currentID === arguments[0]
          ? ${sidebar}?.currentURI.spec ?? null : null;`,
        `${widget}-sidebar-action`,
      ),
    closeSidebar: () => chrome('SidebarController.hide();'),
    async signIn(page, account) {
      const kept = {
        ...account,
        expiresAt: Date.now() + 3_600_000,
        member: { email: null, ...account.member },
      };
      await page.run(
        (value) => globalThis.chrome.storage.local.set({ accounts: [value], servers: [value.server] }),
        kept,
      );
    },
    close: firefox.close,
  };
}
