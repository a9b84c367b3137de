// "Invite …" in the menu over a selected address or a link to one. Knows the browser's menu; inviting is the dialog's.
import { browser } from 'wxt/browser';
import { openMembers } from '../lib/open-page.ts';
import { write } from '../lib/storage.ts';
import { addressesIn } from './addresses-in.ts';

const selectionItem = 'invite-selection';
const linkItem = 'invite-link';

/** Puts the entries into the menu; browsers keep them until the extension changes. */
export async function addInviteMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: selectionItem, title: 'Invite “%s”', contexts: ['selection'] });
  browser.contextMenus.create({
    id: linkItem,
    title: 'Invite this address',
    contexts: ['link'],
    targetUrlPatterns: ['mailto:*'],
  });
}

/** What a click says to put into the invite dialog; a selection without an address goes in as it is, to be corrected. */
export function inviteDraftOf(clicked: {
  readonly linkUrl?: string | undefined;
  readonly selectionText?: string | undefined;
}): string {
  const { linkUrl, selectionText = '' } = clicked;
  const found = addressesIn(linkUrl?.startsWith('mailto:') ? readableMailto(linkUrl) : selectionText);
  return found.length > 0 ? found.join('\n') : selectionText.trim();
}

/** Leaves the addresses for the popup and opens it; the members page where the browser opens no popup. */
export async function startInvite(clicked: Parameters<typeof inviteDraftOf>[0]): Promise<void> {
  const kept = write({ inviteDraft: inviteDraftOf(clicked) });
  try {
    await Promise.all([kept, browser.action.openPopup()]);
  } catch {
    await openMembers('people');
  }
}

function readableMailto(href: string): string {
  const { pathname, searchParams } = new URL(href);
  const to = [pathname, ...searchParams.getAll('to'), ...searchParams.getAll('cc')].join(' ');
  try {
    return decodeURIComponent(to);
  } catch {
    return to;
  }
}
