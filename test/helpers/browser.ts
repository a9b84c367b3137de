// A real Chromium for tests of pages. Knows browsers, no page.
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumArgs } from './chromium-args.ts';
import { chromiumPath } from './chromium-path.ts';
import { patience } from './patience.ts';

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
    args: [...chromiumArgs()],
  });
  return {
    async visit(options) {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(patience);
      return context.newPage();
    },
    close: () => browser.close(),
  };
}
