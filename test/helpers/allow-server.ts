// Lets the extension reach this machine's servers, as somebody does who chooses Allow: the browser's own question cannot be
// answered without a screen. Knows the page of extensions.
import { chromiumExtension } from '../../shared/extension.ts';
import type { ExtensionBrowser } from './extension-browser.ts';

const origin = 'http://127.0.0.1/*';

/** Answers the browser's question beforehand: when the extension asks for these addresses, it is told yes. */
export async function answerAllow(browser: ExtensionBrowser, pattern = origin): Promise<void> {
  const page = await browser.context.newPage();
  // Its address is enough: what is drawn there takes seconds, and nobody looks at it.
  await page.goto('chrome://extensions', { waitUntil: 'commit' });
  await page.evaluate(
    async ([id, host]) => {
      const { developerPrivate } = (
        globalThis as unknown as {
          chrome: { developerPrivate: { addHostPermission(id: string, host: string): Promise<void> } };
        }
      ).chrome;
      await developerPrivate.addHostPermission(id, host);
    },
    [chromiumExtension.id, pattern] as const,
  );
  await page.close();
}

/** Has the extension ask too, so that it may reach the server from now on. */
export async function allowServer(browser: ExtensionBrowser): Promise<void> {
  await answerAllow(browser);
  const page = await browser.context.newPage();
  await page.goto(`${browser.origin}/popup.html`, { waitUntil: 'commit' });
  const allowed = await page.evaluate((host) => chrome.permissions.request({ origins: [host] }), origin);
  await page.close();
  if (!allowed) throw new Error('The extension may not reach this machine.');
}
