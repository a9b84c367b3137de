// Asks the browser for a newer extension and starts it. Knows that not every browser can be asked.
import { browser } from 'wxt/browser';

/** What came of it, in a sentence; a new one starts at once and ends this page. */
export async function updateExtension(): Promise<string> {
  const byHand = 'Your browser updates extensions by itself. Look for an update on its page of extensions.';
  if (import.meta.env.FIREFOX) return byHand;
  try {
    const { status } = await browser.runtime.requestUpdateCheck();
    if (status === 'update_available') browser.runtime.reload();
    return status === 'no_update'
      ? 'There is no newer extension yet. Try again later, or ask whoever installs extensions for you.'
      : byHand;
  } catch {
    return byHand;
  }
}
