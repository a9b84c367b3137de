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
    const browser = await onEveryCore(() => openExtensionBrowser());
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
  const jumps: number[] = [];
  const row = Math.floor(members * 0.9);
  for (let turn = 0; turn <= turns; turn++) {
    const page = await browser.openTab('members.html#/people');
    const first = await firstEntry(page, 'element');
    const jump = await jumpTo(page, row);
    if (turn > 0) rows.push(first);
    if (turn > 0) jumps.push(jump);
    await page.close();
  }
  const of = members.toLocaleString('en');
  return [
    {
      name: `members page, first rows of ${of}`,
      value: median(rows),
      unit: 'ms',
      target: { of: 'value', atMost: targets.rows },
    },
    {
      name: `jump to row ${row.toLocaleString('en')}`,
      value: median(jumps),
      unit: 'ms',
      target: { of: 'value', atMost: targets.jump },
    },
  ];
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
