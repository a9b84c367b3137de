// What the extension keeps, as a test reads and sets it, and pages whose program never comes. Knows no page.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { FrameKey, LastFrame } from '../../extension/lib/storage.ts';
import type { ExtensionBrowser } from '../helpers/extension-browser.ts';

export async function stored(browser: ExtensionBrowser, key: string): Promise<Record<string, unknown>> {
  return (await browser.worker()).evaluate((name) => chrome.storage.local.get(name), key);
}

export async function keep(browser: ExtensionBrowser, values: Record<string, unknown>): Promise<void> {
  await (await browser.worker()).evaluate((given) => chrome.storage.local.set(given), values);
}

export async function keptFrame(browser: ExtensionBrowser, key: FrameKey): Promise<LastFrame | undefined> {
  return (await stored(browser, key))[key] as LastFrame | undefined;
}

/** A page whose program never arrives, as on a machine that takes long to read it. */
export async function openWithoutProgram(
  browser: ExtensionBrowser,
  path: string,
  { colorScheme, width }: { readonly colorScheme?: 'dark'; readonly width?: number | undefined } = {},
): Promise<Page> {
  const page = await browser.context.newPage();
  await page.emulateMedia({ colorScheme: colorScheme ?? 'light' });
  if (width !== undefined) await page.setViewportSize({ width, height: 800 });
  await page.addInitScript(() => {
    Document.prototype.importNode = (() => {
      Object.assign(window, { programWanted: true });
      return document.createDocumentFragment();
    }) as typeof document.importNode;
  });
  await page.goto(`${browser.origin}/${path}`);
  return page;
}

/** Asks an open page by the rule that decides whether it may be kept as it stands; `file` exports that rule alone. */
export async function asOpened(page: Page, file: string): Promise<() => Promise<boolean>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../${file}`, import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'rule',
    write: false,
  });
  await page.evaluate(
    `globalThis.rule = (() => { ${outputFiles[0]?.text} return Object.values(rule)[0]; })()`,
  );
  return () =>
    page.evaluate(() => {
      const { rule } = globalThis as unknown as { rule: (root: HTMLElement) => boolean };
      return rule(document.getElementById('root') as HTMLElement);
    });
}
