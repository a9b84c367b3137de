// Every screen and state that is pictured: where it is, how large, and what has to happen before it is there.
import type { Page } from 'playwright-core';
import type { ExtensionBrowser } from '../helpers/extension-browser.ts';
import type { Larkspur } from '../helpers/larkspur.ts';

/** What a screen is arranged with. */
export interface Stage {
  readonly org: Larkspur;
  readonly browser: ExtensionBrowser;
  readonly page: Page;
}

export interface Screen {
  /** The name of the picture. */
  readonly name: string;
  /** The page of the extension, with its place. */
  readonly path: string;
  readonly size: { readonly width: number; readonly height: number };
  /** What has to be so before the page opens. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** What somebody does on the open page. */
  readonly arrange?: (stage: Stage) => Promise<unknown>;
}

const popup = { width: 400, height: 600 };
const panel = { width: 360, height: 900 };
const full = { width: 1280, height: 800 };

export const screens: readonly Screen[] = [
  {
    name: 'popup-pending',
    path: 'popup.html',
    size: popup,
    arrange: ({ page }) => page.getByText('Noor Haddad').first().waitFor(),
  },
  {
    name: 'panel-okta',
    path: 'sidepanel.html',
    size: panel,
    arrange: ({ page }) => page.getByRole('heading').first().waitFor(),
  },
  {
    name: 'members-people',
    path: 'members.html#/people',
    size: full,
    arrange: ({ page }) => page.getByText('Imogen Adeyemi').first().waitFor(),
  },
];
