// Lets the extension reach this machine's servers, as somebody does who chooses Allow: the browser's own question cannot be
// answered without a screen. The browser remembers, and answers with yes when it is asked. Knows the page of extensions.
import { chromiumExtension } from '../../shared/extension.ts';
import type { ExtensionBrowser } from './extension-browser.ts';

const origin = 'http://127.0.0.1/*';

export async function allowServer(browser: ExtensionBrowser): Promise<void> {
  const page = await browser.context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    async ([id, host]) => {
      const { developerPrivate } = (
        globalThis as unknown as {
          chrome: { developerPrivate: { addHostPermission(id: string, host: string): Promise<void> } };
        }
      ).chrome;
      await developerPrivate.addHostPermission(id, host);
    },
    [chromiumExtension.id, origin] as const,
  );
  await page.close();
}
