// How soon an admin sees something: the real popup, opened over the toolbar button, beside an empty React popup in the
// same browser; and how much each page loads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { inviteFromText } from '../server/invitations/invite-from-text.ts';
import { chromiumExtension } from '../shared/extension.ts';
import {
  builtExtension,
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../test/helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../test/helpers/larkspur.ts';
import { bundleSizes } from './bundle-size.ts';
import { onEveryCore } from './child-process.ts';
import { type Figure, median } from './figure.ts';
import type { Sizes } from './sizes.ts';

/** In milliseconds from the popup's navigation; `data` is when the first name was painted. */
interface Opening {
  readonly paint: number;
  readonly data: number;
}

export function benchExtension(sizes: Sizes): Promise<readonly Figure[]> {
  return onEveryCore(() => measure(sizes));
}

async function measure({ rounds }: Sizes): Promise<readonly Figure[]> {
  const opens = rounds * 4;
  const empty = await withEmptyPopup((browser) => openings(browser, opens));
  const org = await startLarkspur();
  try {
    const cold = await coldOpenings(org, rounds);
    const warm = await withExtension(org, (browser) => openings(browser, opens));
    await inviteThousand(org);
    const crowded = await withExtension(org, (browser) => openings(browser, opens));
    return [
      { name: 'empty React popup: first paint', value: empty.paint, unit: 'ms' },
      ...figuresOf('warm', warm, empty),
      ...figuresOf('with 1,000 pending', crowded, empty),
      { name: 'cold: first paint', value: cold.paint, unit: 'ms' },
      { name: 'cold: data shown', value: cold.data, unit: 'ms' },
      ...bundleSizes(await builtExtension('chrome')),
    ];
  } finally {
    await org.close();
  }
}

function figuresOf(name: string, opened: Opening, empty: Opening): readonly Figure[] {
  const beside = { name: 'empty popup', value: empty.paint, unit: 'ms' };
  const painted = { name: 'first paint', value: opened.paint, unit: 'ms' };
  return [
    {
      name: `${name}: first paint`,
      value: opened.paint,
      unit: 'ms',
      beside,
      target: { of: 'ratio', atMost: 1.5 },
    },
    {
      name: `${name}: data shown`,
      value: opened.data,
      unit: 'ms',
      beside: painted,
      target: { of: 'ratio', atMost: 1.2 },
    },
  ];
}

async function inviteThousand({ deps, asked }: Larkspur): Promise<void> {
  const door = { db: deps.database.db, now: deps.now, secret: deps.secret };
  const text = Array.from({ length: 1000 }, (_, n) => `Person ${n} <person.${n}@larkspur.example>`).join(
    '\n',
  );
  await inviteFromText(door, asked, { text, role: 'member' }, ['member']);
}

/** The middle of so many openings, after one that fills the caches and keeps the last known data. */
async function openings(browser: ExtensionBrowser, count: number): Promise<Opening> {
  const all: Opening[] = [];
  for (let turn = 0; turn <= count; turn++) {
    const popup = await browser.openPopup();
    const opening = await timesOf(popup);
    if (turn === 0) await popup.waitForTimeout(1000);
    else all.push(opening);
    await popup.close();
  }
  return middle(all);
}

/** The first popup of a browser that has just started, with last known data from the time before. */
async function coldOpenings(org: Larkspur, count: number): Promise<Opening> {
  const all: Opening[] = [];
  for (let turn = 0; turn < count; turn++)
    all.push(await withExtension(org, async (browser) => timesOf(await browser.openPopup())));
  return middle(all);
}

function middle(all: readonly Opening[]): Opening {
  return { paint: median(all.map(({ paint }) => paint)), data: median(all.map(({ data }) => data)) };
}

/** The browser's own clock: when it painted anything, and when it painted the element that is marked for this. */
async function timesOf(popup: Page): Promise<Opening> {
  return {
    paint: await firstEntry(popup, 'paint', 'first-contentful-paint'),
    data: await firstEntry(popup, 'element'),
  };
}

/** When the first such entry began, in milliseconds from the page's navigation. */
export function firstEntry(page: Page, type: 'paint' | 'element', name?: string): Promise<number> {
  return page.evaluate(
    ([wanted, called]) =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntries().find((each) => called === undefined || each.name === called);
          if (entry !== undefined) resolve(entry.startTime);
        }).observe({ type: wanted, buffered: true });
      }),
    [type, name] as const,
  );
}

async function withExtension<Result>(
  org: Larkspur,
  work: (browser: ExtensionBrowser) => Promise<Result>,
): Promise<Result> {
  const browser = await openExtensionBrowser();
  try {
    await browser.signIn(org.account);
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** The least that is a popup in React: what the browser and React take of the time. */
async function withEmptyPopup<Result>(work: (browser: ExtensionBrowser) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-empty-'));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Empty',
      version: '1',
      key: chromiumExtension.key,
      action: { default_popup: 'popup.html' },
      background: { service_worker: 'background.js' },
    }),
  );
  writeFileSync(join(folder, 'background.js'), '');
  writeFileSync(
    join(folder, 'popup.html'),
    '<!doctype html><div id="root"></div><script type="module" src="popup.js"></script>',
  );
  const program = `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.getElementById('root')).render(createElement('p', { elementtiming: 'person' }, 'Ada Holm'));`;
  await build({
    stdin: { contents: program, resolveDir: process.cwd() },
    outfile: join(folder, 'popup.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const browser = await openExtensionBrowser({ folder });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
