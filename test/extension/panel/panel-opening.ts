// Opens the real side panel as people do: by a click in another page of the extension. Knows no screen.
import type { Page } from 'playwright-core';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';

/** A tab of the extension stays open beside the panel. */
export async function openPanelByClick(
  browser: ExtensionBrowser,
  target: { readonly connectionId: string | null; readonly stepId: string | null },
): Promise<Page> {
  const page = await browser.openTab('members.html');
  await page.evaluate(async (place) => {
    await chrome.storage.local.set({ panelTarget: { ...place, at: Date.now() } });
    const { id: windowId } = await chrome.windows.getCurrent();
    document.body.innerHTML = '<button>Open the panel</button>';
    document.body.firstElementChild?.addEventListener('click', () => {
      void chrome.sidePanel.open({ windowId: windowId ?? 0 });
    });
  }, target);
  await page.getByRole('button', { name: 'Open the panel' }).click();
  return browser.panel();
}
