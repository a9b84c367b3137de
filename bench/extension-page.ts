// The members page with a large directory behind it: from its address to the first rows, and to a row far down.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ExtensionBrowser, openExtensionBrowser } from '../test/helpers/extension-browser.ts';
import { onEveryCore } from './child-process.ts';
import { type Directory, withDirectory } from './directory.ts';
import { firstEntry } from './extension.ts';
import { type Figure, median } from './figure.ts';
import { giveStandings } from './members.ts';
import { ownerSessions } from './owner-sessions.ts';
import type { Sizes } from './sizes.ts';
import { startRollcall } from './subject.ts';

/** In milliseconds. */
const targets = { rows: 400, jump: 200 };

export async function benchExtensionPage({ large, rounds }: Sizes): Promise<readonly Figure[]> {
  return withDirectory(large, async (directory) => {
    const file = join(directory.dataDir, 'rollcall.db');
    giveStandings(file, directory);
    const [token = ''] = await ownerSessions(file, directory.orgId, 1);
    const rollcall = await startRollcall(directory, { dataDir: directory.dataDir });
    const browser = await onEveryCore(() => openExtensionBrowser({ isMeasured: true }));
    try {
      await browser.signIn({
        server: rollcall.process.url,
        token,
        org: { id: directory.orgId, name: 'Bench' },
        member: { id: 'owner', name: 'Ada Holm', role: 'owner' },
      });
      return await measure(browser, directory, rounds * 2);
    } finally {
      await browser.close();
      await rollcall.process.stop();
    }
  });
}

async function measure(
  browser: ExtensionBrowser,
  { members }: Directory,
  turns: number,
): Promise<readonly Figure[]> {
  const rows: number[] = [];
  const live: number[] = [];
  const jumps: number[] = [];
  const row = Math.floor(members * 0.9);
  for (let turn = 0; turn <= turns; turn++) {
    const page = await browser.openTab('members.html#/people');
    const first = await firstEntry(page, 'element');
    const drawn = await firstDrawn(page);
    // How the list stands is kept by then, for the next turn.
    await page.waitForTimeout(turn === 0 ? 3000 : 500);
    const jump = await jumpTo(page, row);
    await page.close();
    if (turn === 0) continue;
    rows.push(first);
    live.push(drawn);
    jumps.push(jump);
  }
  const of = members.toLocaleString('en');
  return [
    {
      name: `members page, first rows of ${of}`,
      value: median(rows),
      unit: 'ms',
      target: { of: 'value', atMost: targets.rows },
    },
    { name: 'the same rows, drawn by the program', value: median(live), unit: 'ms' },
    {
      name: `jump to row ${row.toLocaleString('en')}`,
      value: median(jumps),
      unit: 'ms',
      target: { of: 'value', atMost: targets.jump },
    },
  ];
}

/** When a row was painted that the last frame is not the picture of, in milliseconds from the page's navigation. */
function firstDrawn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          // What has left the page is told without its element.
          const drawn = list
            .getEntries()
            .find((entry) => (entry as unknown as { element: Element | null }).element !== null);
          if (drawn !== undefined) resolve(drawn.startTime);
        }).observe({ type: 'element', buffered: true });
      }),
  );
}

/** From dragging the scrollbar there until people stand in sight, in milliseconds. */
function jumpTo(page: Page, row: number): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const table = document.getElementById('people');
        const scroller = table?.parentElement;
        if (!table || !scroller) throw new Error('There is no table.');
        const rows = Number(table.getAttribute('aria-rowcount')) - 1;
        const began = performance.now();
        scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * wanted) / rows;
        new MutationObserver((_, observer) => {
          const shown = [...table.querySelectorAll<HTMLElement>('[data-index]')];
          if (!shown.some(({ dataset }) => Math.abs(Number(dataset.index) - wanted) < rows / 1000)) return;
          observer.disconnect();
          resolve(performance.now() - began);
        }).observe(table, {
          childList: true,
          subtree: true,
          attributes: true,
          attributeFilter: ['data-index'],
        });
      }),
    row,
  );
}
