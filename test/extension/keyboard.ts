// Somebody who has only a keyboard: goes on from stop to stop, and sees at each where they are. Knows keys, no screen.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any way on one page. */
const longestWay = 80;

export interface Keyboard {
  /** Goes on with Tab until the target has the focus. */
  tabTo(target: Locator): Promise<void>;
  /** As `tabTo`, and presses Enter there. */
  choose(target: Locator): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits until the focus has come there by itself. */
  isOn(target: Locator): Promise<void>;
}

export function keyboardOn(page: Page): Keyboard {
  const tabTo = async (target: Locator) => {
    await target.waitFor();
    for (let stops = 0; stops < longestWay; stops++) {
      if (await hasFocus(target)) return;
      await page.keyboard.press('Tab');
      expect(await page.evaluate(focusFault), 'how the focus is seen').toBe('');
    }
    throw new Error(`No way leads to ${target}.`);
  };
  return {
    tabTo,
    async choose(target) {
      await tabTo(target);
      await page.keyboard.press('Enter');
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    isOn: (target) => expect.poll(() => hasFocus(target), { message: `${target} has the focus` }).toBe(true),
  };
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** In the page: what is wrong with how the focus is seen; '' for nothing. */
function focusFault(): string {
  const focused = document.activeElement;
  // Between the last stop and the first one, the browser has the focus.
  if (focused === null || focused === document.body) return '';
  // What is drawn in the place of a field that is not seen itself.
  const hidden = focused.getBoundingClientRect().width <= 1 || getComputedStyle(focused).opacity === '0';
  const seen = hidden ? (focused.parentElement ?? focused) : focused;
  const active = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
  const isRinged = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
    outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  const ringed = [focused, focused.nextElementSibling, active].some(
    (element) =>
      element !== null &&
      (isRinged(getComputedStyle(element)) || isRinged(getComputedStyle(element, '::after'))),
  );
  const told = focused.outerHTML.slice(0, 200);
  if (!ringed) return `No ring: ${told}`;
  const { left, top, width, height } = seen.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + Math.min(height, innerHeight) / 2];
  const there = document.elementFromPoint(x, y);
  if (there === null) return `Out of sight: ${told}`;
  const isThere = seen.contains(there) || there.contains(seen);
  return isThere ? '' : `Behind ${there.outerHTML.slice(0, 100)}: ${told}`;
}
