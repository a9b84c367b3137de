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
  /** The popup, once something else than its button has opened it. */
  readonly popup: FirefoxView;
  /** Shows a page of the web in the tab. */
  openWebPage(url: string): Promise<FirefoxView>;
  /** Clicks with the right mouse button on what the selector finds in the tab; gives the extension's entries in the menu. */
  openContextMenu(selector: string): Promise<readonly string[]>;
  /** Chooses one of those entries. */
  chooseInContextMenu(entry: string): Promise<void>;
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
  const popup = view(`document.querySelector('.webextension-popup-browser')`);
  const contextMenu = `const menu = document.getElementById('contentAreaContextMenu');
    const entries = () =>
      [...menu.querySelectorAll('menuitem[id^="${widget}"]')].filter(({ hidden }) => !hidden);`;
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
      return popup;
    },
    popup,
    async openWebPage(url) {
      await send('Marionette:SetContext', { value: 'content' });
      await send('WebDriver:Navigate', { url });
      await send('Marionette:SetContext', { value: 'chrome' });
      return view('gBrowser.selectedBrowser');
    },
    async openContextMenu(selector) {
      await send('Marionette:SetContext', { value: 'content' });
      const found = await send('WebDriver:FindElement', { using: 'css selector', value: selector });
      const origin = (found as { value: Record<string, string> }).value;
      const actions = [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 2 },
        { type: 'pointerUp', button: 2 },
      ];
      await send('WebDriver:PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
      await send('Marionette:SetContext', { value: 'chrome' });
      return chrome(
        `${contextMenu}
        return new Promise((resolve) => {
          const told = () => resolve(entries().map(({ label }) => label));
          if (menu.state === 'open') told();
          else menu.addEventListener('popupshown', told, { once: true });
        });`,
      );
    },
    chooseInContextMenu: (entry) =>
      chrome(
        `${contextMenu} menu.activateItem(entries().find(({ label }) => label === arguments[0]));`,
        entry,
      ),
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
