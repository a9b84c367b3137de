// What the members page can do without for a moment is loaded once its first rows stand there, and not before.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

test('menus, filters, messages and the drawer are asked for after the first rows have been drawn', async () => {
  const page = await stage.browser.context.newPage();
  await page.addInitScript(noteOrder);
  await page.goto(`${stage.browser.origin}/members.html#/people`);
  await page.getByRole('row', { name: /Ada Pell/ }).waitFor();
  const order = () => page.evaluate(() => (window as unknown as { order: string[] }).order);
  const parts = ['choice-menu', 'people-filters', 'view-menu', 'message-area', 'member-drawer'];
  await expect.poll(order).toEqual(expect.arrayContaining(parts));
  const seen = (await order()).filter((what) => what === 'rows' || parts.includes(what));
  expect(seen[0]).toBe('rows');
  await page.close();
});

/** In the page: notes the first rows and every part that is asked for, in their order, with patience without an end. */
function noteOrder(): void {
  const order: string[] = [];
  Object.assign(window, { order });
  const { setTimeout, requestIdleCallback } = window;
  const patienceMs = 1000;
  Object.assign(window, {
    setTimeout: (call: () => void, ms?: number) => (ms === patienceMs ? 0 : setTimeout(call, ms)),
    requestIdleCallback: (call: () => void) => requestIdleCallback(call),
  });
  const isDrawn = () => document.querySelector('#root > :not([inert]) tr[data-index]') !== null;
  new MutationObserver((changes) => {
    if (!order.includes('rows') && isDrawn()) order.push('rows');
    for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(added instanceof HTMLLinkElement) || document.readyState === 'loading') continue;
      const [, part] = /\/chunks\/(.+)-.{8}\.js$/.exec(added.href) ?? [];
      if (part !== undefined && added.parentElement === document.head) order.push(part);
    }
  }).observe(document, { childList: true, subtree: true });
}
