// What the extension keeps, key by key: the one place that touches the browser's storage. Knows no server and no screen.

import type { DehydratedState } from '@tanstack/react-query';
import { browser } from 'wxt/browser';

/** Somebody signed in at a server. Times are Unix milliseconds. */
export interface Account {
  /** The server's address without a slash at its end. */
  readonly server: string;
  readonly token: string;
  readonly expiresAt: number;
  readonly org: { readonly id: string; readonly name: string };
  readonly member: {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly role: string;
  };
}

/** How desktop notifications are wanted; hours of the day, from 0 to 23. */
export interface NotificationWish {
  readonly on: boolean;
  readonly quiet: { readonly from: number; readonly to: number } | null;
}

/** A view of the members' list that somebody keeps: its filters as they stand in the address. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
}

/** Where another page of the extension asked the side panel to stand. */
export interface PanelTarget {
  readonly connectionId: string | null;
  readonly stepId: string | null;
  readonly at: number;
}

/** How a page stood last: to be shown again to the same person, at the same place, by the same program. */
export interface LastFrame {
  /** The key of the account that it shows. */
  readonly account: string;
  /** The address of the program that drew it. */
  readonly program: string;
  /** The part of the page's address from its `#` on. */
  readonly place: string;
  /** Of the window, in pixels. */
  readonly width: number;
  readonly at: number;
  readonly markup: string;
}

/** Where the last frames are kept; each page has a key of its own, since two pages may write at once. */
export const frameKeys = ['popupFrame', 'membersFrame'] as const;
export type FrameKey = (typeof frameKeys)[number];

/** Everything that is kept, with its key. Nothing of it is read by any page but our own. */
export interface Kept {
  /** Those signed in, the current one first. */
  readonly accounts: readonly Account[];
  /** Every server that was connected to, the latest first. */
  readonly servers: readonly string[];
  /** What has been typed at the connect screen and not been finished. */
  readonly draftServer: string;
  /** The server that somebody is signing in to while the browser asks whether it may be reached. */
  readonly signInWanted: { readonly server: string; readonly at: number };
  /** The last known data of the account whose key it carries. */
  readonly lastKnown: { readonly account: string; readonly at: number; readonly state: DehydratedState };
  readonly popupFrame: LastFrame;
  readonly membersFrame: LastFrame;
  readonly notifications: NotificationWish;
  /** Ids that a desktop notification was shown for already. */
  readonly notified: readonly string[];
  readonly savedViews: readonly SavedView[];
  readonly columns: readonly string[];
  readonly panelTarget: PanelTarget;
  /** Text from the context menu, to stand in the invite dialog when the popup opens next. */
  readonly inviteDraft: string;
}

/** How long what was known is worth showing, in milliseconds: older data would say more wrong than right. */
export const knownFor = 14 * 24 * 60 * 60 * 1000;

/** What an IT department presets by policy. */
export interface Managed {
  readonly server?: string;
  readonly org?: string;
}

const local = () => browser.storage.local;

export async function read<Key extends keyof Kept>(
  ...keys: readonly Key[]
): Promise<Partial<Pick<Kept, Key>>> {
  return (await local().get([...keys])) as Partial<Pick<Kept, Key>>;
}

export function write(values: Partial<Kept>): Promise<void> {
  return local().set(values);
}

export function forget(...keys: readonly (keyof Kept)[]): Promise<void> {
  return local().remove([...keys]);
}

/** Calls back when another page or the background changes one of the keys; gives what takes the call back. */
export function onChange(key: keyof Kept, listener: () => void): () => void {
  const heard = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && key in changes) listener();
  };
  browser.storage.onChanged.addListener(heard);
  return () => browser.storage.onChanged.removeListener(heard);
}

/** The policy's values; none where no policy is set or the browser has no such storage. */
export async function readManaged(): Promise<Managed> {
  try {
    return (await browser.storage.managed.get(['server', 'org'])) as Managed;
  } catch {
    return {};
  }
}

/** Keeps content scripts, should there ever be one, from reading what is kept; Firefox has no such switch. */
export async function closeToContentScripts(): Promise<void> {
  const area = local() as { setAccessLevel?: (level: { accessLevel: string }) => Promise<void> };
  await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
