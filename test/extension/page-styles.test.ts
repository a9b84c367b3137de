// Each page fetches its styles as one file, and what it loads later fetches none of them again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtExtension } from '../helpers/extension-browser.ts';
import { startLarkspur } from '../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../helpers/shared-browser.ts';

const pages = ['popup', 'sidepanel', 'members'];

/** The style sheets that a built page fetches, and those that it holds in another already. */
async function stylesOf(browser: 'chrome' | 'firefox', page: string) {
  const folder = await builtExtension(browser);
  const html = readFileSync(join(folder, `${page}.html`), 'utf8');
  const links = [...html.matchAll(/<link rel="stylesheet"[^>]* href="\/([^"]+)"( disabled)?>/g)];
  const files = (isHeld: boolean) =>
    links.filter(([, , held]) => (held !== undefined) === isHeld).map(([, file = '']) => file);
  const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { fetched: files(false), held: files(true), textOf };
}

describe.each(['chrome', 'firefox'] as const)('built for %s', (browser) => {
  test.each(pages)('the page %s has one style sheet, which holds all that belong to it', async (page) => {
    const { fetched, held, textOf } = await stylesOf(browser, page);
    expect(fetched).toHaveLength(1);
    expect(held.length).toBeGreaterThan(1);
    expect(fetched.map(textOf).join('')).toBe(held.map(textOf).join(''));
  });
});

test('a part of the popup that is loaded later brings only what was not there', async () => {
  const [{ account, close }, browser] = await Promise.all([
    startLarkspur({ people: 12 }),
    borrowExtensionBrowser(),
  ]);
  await browser.signIn(account);
  const asked: string[] = [];
  browser.context.on('request', (request) => asked.push(new URL(request.url()).pathname.slice(1)));
  const popup = await browser.openTab('popup.html');
  await popup.getByRole('button', { name: 'Invite people' }).first().click();
  await popup.getByRole('textbox').first().waitFor();
  const sheets = asked.filter((file) => file.endsWith('.css'));
  const { fetched, held } = await stylesOf('chrome', 'popup');
  expect(sheets).toEqual(expect.arrayContaining(fetched));
  expect(sheets.length).toBeGreaterThan(1);
  expect(sheets.filter((file) => held.includes(file))).toEqual([]);
  await browser.close();
  await close();
});
