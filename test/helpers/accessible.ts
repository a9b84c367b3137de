// How accessible a page is, by axe. Knows the rules it is held against, no page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const engine = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** All that the dark can change. */
const rulesOnColour = ['color-contrast', 'link-in-text-block'];

/** Holds a page against WCAG 2.2 AA, in light and in dark, and leaves it in light. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(untilStill);
    const found = await violations(page, colorScheme === 'dark' ? rulesOnColour : levels);
    expect(found, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

/** In the page: waits until nothing fades in any more; a colour half-way to another is none that counts. */
async function untilStill(): Promise<void> {
  const isMoving = ({ playState, effect }: Animation) =>
    playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
  // Asked anew each frame: what promises to tell of a transition's end is not kept for one that another one replaces.
  do await new Promise(requestAnimationFrame);
  while (document.getAnimations().some(isMoving));
}

/** What offends against these rules or tags of axe, each with the elements it is about. */
async function violations(page: Page, runOnly: readonly string[]): Promise<readonly string[]> {
  // Half a megabyte, which the page keeps from one look to the next.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(engine);
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run({ runOnly: [...only], resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }, runOnly);
}
