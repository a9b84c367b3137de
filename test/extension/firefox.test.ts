// The same source in a real Firefox: its real popup and its real sidebar against a real server, each with a question, a
// change and news that comes by itself; and its real menu over a page of the web.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiClient } from '../helpers/api-client.ts';
import { type FirefoxBrowser, openFirefox } from '../helpers/firefox-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../helpers/larkspur.ts';
import type { FirefoxView } from '../helpers/marionette.ts';

let server: Larkspur;
let firefox: FirefoxBrowser;
let api: ReturnType<typeof apiClient>;
beforeAll(async () => {
  [server, firefox] = await Promise.all([startLarkspur(), openFirefox()]);
  api = apiClient(server.url, server.account.token);
});
afterAll(async () => {
  await firefox?.close();
  await server?.close();
});

/** Waits until the check passes; a page that is still to come counts as not yet. */
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 100 });

const textOf = (page: FirefoxView) => page.run(() => document.body.innerText.replace(/\s+/g, ' '));

const shows = (page: FirefoxView, text: string) =>
  soon(async () => expect(await textOf(page)).toContain(text));

const noLongerShows = (page: FirefoxView, text: string) =>
  soon(async () => expect(await textOf(page)).not.toContain(text));

/** Clicks the first of what can be clicked whose words begin like this. */
const click = (page: FirefoxView, words: string) =>
  soon(async () => {
    const isThere = await page.click((sought) => {
      const all = [...document.querySelectorAll('button, [role="tab"], input[type="checkbox"]')];
      const name = (each: Element) => each.getAttribute('aria-label') ?? each.textContent ?? '';
      return all.find((each) => name(each).replace(/\s+/g, ' ').trim().startsWith(sought)) ?? null;
    }, words);
    expect(isThere, `Something to click that begins with “${words}”`).toBe(true);
  });

const letter = `<!doctype html><title>A letter</title>
  <p>Please let Lena Fox &lt;lena.fox@larkspur.example&gt; and kim@larkspur.example in.</p>
  <a href="mailto:rosa.dietz@larkspur.example?subject=Hello">Write to Rosa</a>`;

describe('in Firefox', () => {
  let popup: FirefoxView;
  let sidebar: FirefoxView;
  let connection: Awaited<ReturnType<Larkspur['connect']>>;

  test('the popup finds the server, shows who waits, invites somebody and hears of somebody who goes', async () => {
    popup = await firefox.openPopup();
    await shows(popup, 'Server address');
    await popup.type(() => document.querySelector('input'), server.url);
    await shows(popup, 'Rollcall answers here.');
    await firefox.signIn(popup, server.account);
    await shows(popup, 'Mira Okafor');

    const pending = async () => (await api.sync.attention.query()).pending;
    const before = await pending();
    await click(popup, 'Not invited');
    await shows(popup, 'Jonas Sarr');
    await click(popup, 'Invite all');
    await soon(async () => expect(await pending()).toBeGreaterThan(before));

    await click(popup, 'Pending');
    await shows(popup, 'Mira Okafor');
    await server.scim('DELETE', `/Users/${server.ids.get(addressOf('Mira Okafor'))}`);
    await noLongerShows(popup, 'Mira Okafor');
  });

  test('a click in the popup opens the sidebar at the connection that a colleague has just made', async () => {
    await firefox.closeSidebar();
    await soon(async () => expect(await firefox.sidebarAddress()).toBeNull());
    await click(popup, 'Sync');
    connection = await server.connect('okta', 'tolerant', 'Okta in Bergen');
    await click(popup, 'Go on setting up');
    await soon(async () =>
      expect(await firefox.sidebarAddress()).toMatch(/^moz-extension:.*sidepanel\.html$/),
    );
    sidebar = firefox.sidebar;
    await shows(sidebar, 'Okta in Bergen');
    await shows(sidebar, '0 of 12 proven');
    await shows(sidebar, 'Waiting for the first request');
    expect(await sidebar.run(() => innerWidth)).toBeLessThan(400);
  });

  test('the sidebar ticks a step by hand, and ticks others by itself when Okta calls', async () => {
    await sidebar.run(() => {
      document.body.dataset.same = 'page';
    });
    await click(sidebar, '“Push Immediately is ticked” is done');
    await shows(sidebar, 'Ticked by ada@larkspur.example');
    await shows(sidebar, '1 of 12 proven');
    const { steps } = await api.setup.checklist.query({ connectionId: connection.connectionId });
    expect(steps.find(({ id }) => id === 'push-immediately')?.ticked?.by).toBe('ada@larkspur.example');

    await connection.scim('GET', '/Users?startIndex=1&count=2');
    await shows(sidebar, '4 of 12 proven');
    await shows(sidebar, 'Okta called GET /Users');
    expect(await sidebar.run(() => document.body.dataset.same)).toBe('page');
  });

  test('a click on “Invite …” in the menu over a page opens the popup with the addresses in the form', async () => {
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(letter);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const isInForm = (text: string) =>
      soon(async () =>
        expect(await firefox.popup.run(() => document.querySelector('textarea')?.value)).toBe(text),
      );
    try {
      const page = await firefox.openWebPage(url);
      await page.run(() => getSelection()?.selectAllChildren(document.querySelector('p') as Element));
      const [entry = '', ...more] = await firefox.openContextMenu('p');
      expect(entry).toMatch(/^Invite “Please let Lena Fox/);
      expect(more).toEqual([]);
      await firefox.chooseInContextMenu(entry);
      await isInForm('lena.fox@larkspur.example\nkim@larkspur.example');

      await firefox.openWebPage(url);
      expect(await firefox.openContextMenu('a')).toEqual(['Invite this address']);
      await firefox.chooseInContextMenu('Invite this address');
      await isInForm('rosa.dietz@larkspur.example');
    } finally {
      site.close();
      site.closeAllConnections();
    }
  });
});
