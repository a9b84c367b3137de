// Whether all of a page can be seen: what is cut off at its sides, clipped by what is around it or out of reach, and what
// keeps its side when the page is read from right to left. Knows boxes, no screen.
import type { Page } from 'playwright-core';

/** Elements that somebody cannot see whole, however they scroll. */
export function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const clips = (value: string) => value === 'hidden' || value === 'clip';
    const scrolls = (value: string) => value === 'auto' || value === 'scroll';
    const around = (element: Element) => {
      const all: Element[] = [];
      for (let each = element.parentElement; each !== null; each = each.parentElement) all.push(each);
      return all;
    };
    const told = (element: Element, why: string) => `${why}: ${element.outerHTML.slice(0, 160)}`;
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth + 1)
      found.push(`The page is ${root.scrollWidth} wide in ${innerWidth}.`);
    for (const element of document.body.querySelectorAll('*')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!hasText && !element.matches('button, input, select, textarea, svg')) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      // For screen readers only, or above the page until it has the focus.
      if (box.bottom <= 0 && getComputedStyle(element).position === 'fixed') continue;
      if (box.width <= 1 || box.height <= 1 || element.closest('[inert], [aria-hidden="true"]') !== null)
        continue;
      const style = getComputedStyle(element);
      const outer = around(element);
      const rolls = outer.some(
        (each) => scrolls(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth,
      );
      const sinks = outer.some((each) => {
        const { overflowY } = getComputedStyle(each);
        return (scrolls(overflowY) || each === root) && each.scrollHeight > each.clientHeight;
      });
      if (!rolls && (box.left < -1 || box.right > innerWidth + 1))
        found.push(told(element, 'beyond the side'));
      if (!sinks && (box.top < -1 || box.bottom > innerHeight + 1)) found.push(told(element, 'out of reach'));
      const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const isCovered = over !== null && !over.contains(element) && !element.contains(over);
      // What may cover others, and does so for a while: what opened above the page, or beside it where there is room.
      const isAbove =
        over !== null &&
        (over.closest('[data-portal], [role="dialog"], [role="menu"], [role="listbox"]') !== null ||
          [over, ...around(over)].some(
            (each) => getComputedStyle(each).position === 'fixed' && !each.contains(element),
          ));
      // A button that reaches over the row it stands in, and a sign that lets every press through.
      const isReach = over !== null && getComputedStyle(over, '::after').position === 'absolute';
      const isLetThrough = style.pointerEvents === 'none';
      if (
        !sinks &&
        !rolls &&
        isCovered &&
        !isAbove &&
        !isReach &&
        !isLetThrough &&
        style.display !== 'inline'
      )
        found.push(told(element, 'behind something'));
      if (style.textOverflow === 'ellipsis' || style.display === 'inline') continue;
      if (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        found.push(told(element, 'clipped'));
      if (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
        found.push(told(element, 'clipped'));
    }
    return found;
  });
}

const placed = 'button, input, select, textarea, h1, h2, h3, [role="tab"], [role="option"], th, li, p';

type Place = readonly [left: number, right: number];

/** How far each block stands from both sides of the window, in the order of the document. */
export function placesOf(page: Page): Promise<readonly Place[]> {
  return page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)].map((element) => {
        const { left, right } = element.getBoundingClientRect();
        return [Math.round(left), Math.round(innerWidth - right)] as const;
      }),
    placed,
  );
}

/** What does not stand as far from the other side as it did from its own. */
export function notMirrored(page: Page, before: readonly Place[]): Promise<readonly string[]> {
  return page.evaluate(
    ([selector, places]) =>
      [...document.querySelectorAll(selector)].flatMap((element, n) => {
        const [left, right] = places[n] ?? [0, 0];
        const box = element.getBoundingClientRect();
        const { display, direction } = getComputedStyle(element);
        // What measures a field as it grows stands beside the page, for nobody.
        const isForNobody = element.closest('[aria-hidden="true"]') !== null;
        if (box.width <= 1 || isForNobody || display === 'inline' || direction === 'ltr') return [];
        if (!element.checkVisibility()) return [];
        const off = Math.max(Math.abs(innerWidth - box.right - left), Math.abs(box.left - right));
        return off > 3 ? [`by ${Math.round(off)}: ${element.outerHTML.slice(0, 160)}`] : [];
      }),
    [placed, before] as const,
  );
}
