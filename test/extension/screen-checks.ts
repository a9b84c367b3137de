// What holds of every screen that is pictured: accessible in light and dark, nothing cut off at twice the size or from right
// to left, and still where somebody asked for no motion. Knows no screen.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectAccessible } from '../helpers/accessible.ts';
import type { ExtensionBrowser } from '../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../helpers/larkspur.ts';
import { patience } from '../helpers/patience.ts';
import { borrowExtensionBrowser } from '../helpers/shared-browser.ts';
import { openScreen } from '../screenshots/open-screen.ts';
import { panel, popup, type Screen } from '../screenshots/stage.ts';
import { cutOff, notMirrored, placesOf } from './whole-screen.ts';

/** A test for each screen, all in one browser with one server. */
export function checkScreens(screens: readonly Screen[]): void {
  let browser: ExtensionBrowser;
  let org: Larkspur;
  beforeAll(async () => {
    [org, browser] = await Promise.all([startLarkspur(), borrowExtensionBrowser()]);
    await browser.signIn(org.account);
  });
  afterAll(async () => {
    await browser?.close();
    await org?.close();
  });

  test.each(screens)('$name', async (screen) => {
    const { page, leave } = await openScreen(screen, { org, browser });
    try {
      await expectNothing('what moves', () => moving(page));
      await expectNothing('what is cut off', () => cutOff(page));
      await expectMirrored(page);
      await page.setViewportSize(zoomed(screen.size));
      await expectNothing('what is cut off at 200 %', () => cutOff(page));
      await page.setViewportSize(screen.size);
      await expectAccessible(page);
    } finally {
      await leave();
    }
  });
}

/**
 * What is left of a window at 200 %. The browser makes a popup larger with what is in it, up to 800 by 600 of its own pixels;
 * a panel can be drawn wider.
 */
function zoomed(size: Screen['size']): Screen['size'] {
  if (size.width === popup.width) return { width: popup.width, height: popup.height / 2 };
  if (size.width === panel.width) return { width: 300, height: 450 };
  return { width: size.width / 2, height: size.height / 2 };
}

async function expectMirrored(page: Page): Promise<void> {
  const turn = (dir: string) =>
    page.evaluate((wanted) => {
      document.documentElement.dir = wanted;
      dispatchEvent(new Event('resize'));
    }, dir);
  const was = (await page.evaluate(() => document.documentElement.dir)) || 'ltr';
  const other = was === 'rtl' ? 'ltr' : 'rtl';
  await turn(other);
  await expectNothing('what is cut off from right to left', () => cutOff(page));
  // Both ways are measured anew each time: what comes later than the rest moves others.
  await expectNothing('what stays on its side', async () => {
    await turn(was);
    const before = await placesOf(page);
    await turn(other);
    return notMirrored(page, before);
  });
  await turn(was);
}

/** Waits a moment until nothing is found; whatever is found, the screen is looked at to its end. */
async function expectNothing(what: string, look: () => Promise<readonly string[]>): Promise<void> {
  let found: readonly string[] = [];
  const lookAgain = async () => {
    found = await look();
    if (found.length > 0) throw new Error(what);
  };
  await vi.waitFor(lookAgain, { timeout: patience }).catch(() => {});
  expect.soft(found, what).toEqual([]);
}

/** Motion that is not over at once. */
function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
      .map(({ effect }) =>
        (effect instanceof KeyframeEffect ? (effect.target?.outerHTML ?? '') : '').slice(0, 120),
      ),
  );
}
