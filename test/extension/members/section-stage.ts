// A members page of a real server in a real browser, for the tests of its sections. Knows how to get there, no section.
import type { Page } from 'playwright-core';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

export interface SectionStage {
  readonly larkspur: Larkspur;
  readonly browser: ExtensionBrowser;
  /** A tab with the members page at a place such as `groups?tab=roles`. */
  open(place: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openSectionStage(
  options: Parameters<typeof startLarkspur>[0] = {},
): Promise<SectionStage> {
  const [larkspur, browser] = await Promise.all([startLarkspur(options), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
  return {
    larkspur,
    browser,
    async open(place) {
      const page = await browser.openTab(`members.html#/${place}`);
      return page;
    },
    async close() {
      await browser.close();
      await larkspur.close();
    },
  };
}
