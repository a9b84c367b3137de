// A real Chromium for tests of pages, and how accessible a page is. Knows browsers, no page.
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath } from './chromium-path.ts';

/** A browser, one for each test file. */
export interface TestBrowser {
  /** A page of a visitor who has no cookie yet. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the Chromium of CHROME_PATH, or whichever there is; that there is none fails the test. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return {
    visit: async (options) => (await browser.newContext(options)).newPage(),
    close: () => browser.close(),
  };
}

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** All that the dark can change. */
const rulesOnColour = ['color-contrast', 'link-in-text-block'];

/** Holds a page against WCAG 2.2 AA, in light and in dark, and leaves it in light. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page })
      // One frame is all there is: no second page has to gather results, and only what is wrong is told.
      .setLegacyMode()
      .options({ resultTypes: ['violations'] });
    const { violations } = await (colorScheme === 'dark'
      ? axe.withRules(rulesOnColour)
      : axe.withTags(levels)
    ).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(found, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}
