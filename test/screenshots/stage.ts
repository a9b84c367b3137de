// What a picture is made of, and what it is made with. Types only.
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
  readonly path: string | ((stage: Stage) => string);
  readonly size: { readonly width: number; readonly height: number };
  /** What has to be so before the page opens. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** What somebody does on the open page. */
  readonly arrange: (stage: Stage) => Promise<unknown>;
  /** What has to be put right for the next one. */
  readonly after?: (stage: Stage) => Promise<unknown>;
}

export const popup = { width: 400, height: 600 };
export const panel = { width: 360, height: 900 };
export const full = { width: 1280, height: 800 };
