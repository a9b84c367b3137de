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

/** For so long nobody looks into a popup that opens: it is at rest by then, and what is to be kept of it is kept. */
const aloneForMs = 2000;

/** In milliseconds from the popup's navigation; `data` is when the first name was painted. */
interface Opening {
  readonly paint: number;
  readonly data: number;
}

export function benchExtension(sizes: Sizes): Promise<readonly Figure[]> {
  return onEveryCore(() => measure(sizes));
}

async function measure({ rounds }: Sizes): Promise<readonly Figure[]> {
  const [org, crowdedOrg] = await Promise.all([startLarkspur(), startLarkspur()]);
  await inviteThousand(crowdedOrg);
  const cold = await coldOpenings(org, rounds);
  const folder = await makeEmptyExtension();
  const browsers = [
    await openExtensionBrowser({ folder, isMeasured: true }),
    await signedIn(org),
    await signedIn(crowdedOrg),
  ];
  try {
    const [empty, warm, crowded] = (await openings(browsers, rounds * 4)) as [Opening, Opening, Opening];
    return [
      { name: 'empty React popup: first paint', value: empty.paint, unit: 'ms' },
      ...figuresOf('warm', warm, empty),
      ...figuresOf('with 1,000 pending', crowded, empty),
      { name: 'cold: first paint', value: cold.paint, unit: 'ms' },
      { name: 'cold: data shown', value: cold.data, unit: 'ms' },
      ...bundleSizes(await builtExtension('chrome')),
    ];
  } finally {
    for (const each of [...browsers, org, crowdedOrg]) await each.close();
    rmSync(folder, { recursive: true, force: true });
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

/**
 * The middle of so many openings in each browser, in turn, after one that fills the caches and keeps the last known data.
 */
async function openings(browsers: readonly ExtensionBrowser[], count: number): Promise<readonly Opening[]> {
  const all = browsers.map((): Opening[] => []);
  for (let turn = 0; turn <= count; turn++)
    for (const [at, browser] of browsers.entries()) {
      const popup = await browser.openPopup(aloneForMs);
      const opening = await timesOf(popup);
      if (turn > 0) all[at]?.push(opening);
      await popup.close();
    }
  return all.map(middle);
}

/** The first popup of a browser that has just started. */
async function coldOpenings(org: Larkspur, count: number): Promise<Opening> {
  const all: Opening[] = [];
  for (let turn = 0; turn < count; turn++) {
    const browser = await signedIn(org);
    all.push(await timesOf(await browser.openPopup(2 * aloneForMs)));
    await browser.close();
  }
  return middle(all);
}

async function signedIn(org: Larkspur): Promise<ExtensionBrowser> {
  const browser = await openExtensionBrowser({ isMeasured: true });
  await browser.signIn(org.account);
  return browser;
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

/** The least that is a popup in React: what the browser and React take of the time. Gives the folder it is in. */
async function makeEmptyExtension(): Promise<string> {
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
  return folder;
}
