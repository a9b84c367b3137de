// `npm run screenshots [-- part-of-a-name…]`: pictures of every screen and state, light and dark, into docs/screenshots.
// Knows how to take them; which there are, screens.ts does.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { allowServer } from '../helpers/allow-server.ts';
import { openExtensionBrowser } from '../helpers/extension-browser.ts';
import { startLarkspur } from '../helpers/larkspur.ts';
import { openScreen } from './open-screen.ts';
import { screens } from './screens.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const asked = process.argv.slice(2);
const wanted = screens.filter(({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)));

const org = await startLarkspur({ people: 281 });
const browser = await openExtensionBrowser();
await allowServer(browser);
await browser.signIn(org.account);
mkdirSync(folder, { recursive: true });
const failed: string[] = [];
for (const screen of wanted) {
  try {
    const { page, leave } = await openScreen(screen, { org, browser });
    await picture(page, screen.name).finally(leave);
  } catch (error) {
    failed.push(`${screen.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
await browser.close();
await org.close();
process.stdout.write(`${wanted.length - failed.length} of ${wanted.length} screens in docs/screenshots.\n`);
if (failed.length > 0) {
  process.stderr.write(`${failed.join('\n')}\n`);
  process.exitCode = 1;
}

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
      colorScheme,
    );
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}
