// From one page of the extension to another. Knows how each browser opens them; Firefox has a sidebar for a side panel.
import { browser } from 'wxt/browser';
import { type PanelTarget, write } from './storage.ts';

/** What Firefox has and the types, which are Chrome's, do not know. */
interface FirefoxSidebar {
  readonly sidebarAction: { open(): Promise<void> };
}

/** Opens the side panel at a step. Call it straight from a click: browsers ask for one, and an `await` before loses it. */
export function openPanel(target: Omit<PanelTarget, 'at'>): void {
  void write({ panelTarget: { ...target, at: Date.now() } });
  if (import.meta.env.FIREFOX) void (browser as unknown as FirefoxSidebar).sidebarAction.open();
  else if (windowId !== undefined) void browser.sidePanel.open({ windowId });
}

let windowId: number | undefined;

/** Finds out beforehand which window the page is in, so that a click can open the panel at once. */
export async function rememberWindow(): Promise<void> {
  windowId = (await browser.windows.getCurrent()).id;
}

/** Opens the members page, or the tab that shows it already, at a place such as `people?status=invited`. */
export async function openMembers(place = 'people'): Promise<void> {
  await browser.tabs.create({ url: `${browser.runtime.getURL('/members.html')}#/${place}` });
}
