// Brings a new page of the extension to one screen, and puts everything right after it. Knows how; which screens there are,
// screens.ts does.
import type { Page } from 'playwright-core';
import type { Screen, Stage } from './stage.ts';

export interface OpenScreen {
  readonly page: Page;
  /** Closes the page and leaves the browser as it was. */
  leave(): Promise<void>;
}

export async function openScreen(screen: Screen, around: Omit<Stage, 'page'>): Promise<OpenScreen> {
  const { browser, org } = around;
  const page = await browser.context.newPage();
  const stage: Stage = { ...around, page };
  const leave = async () => {
    await page.close();
    await screen.after?.(stage);
    await browser.signIn(org.account);
  };
  try {
    const background = await browser.worker();
    await background.evaluate(() => chrome.storage.local.remove('lastKnown'));
    await page.setViewportSize(screen.size);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await screen.before?.(stage);
    const path = typeof screen.path === 'string' ? screen.path : screen.path(stage);
    await page.goto(`${browser.origin}/${path}`);
    await screen.arrange(stage);
    await page.mouse.move(0, 0);
  } catch (error) {
    await leave();
    throw error;
  }
  return { page, leave };
}
