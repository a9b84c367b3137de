// `npm run screenshots [-- part-of-a-name…]`: pictures of every screen and state, light and dark, into docs/screenshots.
// Knows how to take them; which there are, screens.ts does.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { allowServer } from '../helpers/allow-server.ts';
import { openExtensionBrowser } from '../helpers/extension-browser.ts';
import { startLarkspur } from '../helpers/larkspur.ts';
import { screens } from './screens.ts';
import type { Screen, Stage } from './stage.ts';

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
  const page = await browser.context.newPage();
  try {
    await picture(screen, page, { org, browser, page });
  } catch (error) {
    failed.push(`${screen.name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await page.close();
    await screen.after?.({ org, browser, page });
    await browser.signIn(org.account);
  }
}
await browser.close();
await org.close();
process.stdout.write(`${wanted.length - failed.length} of ${wanted.length} screens in docs/screenshots.\n`);
if (failed.length > 0) {
  process.stderr.write(`${failed.join('\n')}\n`);
  process.exitCode = 1;
}

async function picture(screen: Screen, page: Page, stage: Stage): Promise<void> {
  await page.setViewportSize(screen.size);
  await screen.before?.(stage);
  const path = typeof screen.path === 'string' ? screen.path : screen.path(stage);
  await page.goto(`${stage.browser.origin}/${path}`);
  page.setDefaultTimeout(8000);
  await screen.arrange(stage);
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
      colorScheme,
    );
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${screen.name}-${colorScheme}.png`) });
  }
}
