// Keeps the toolbar button and the notifications true: asks on an alarm and whenever told, never over a stream, which
// would not keep the background awake. Knows the order of things, no words.
import { browser } from 'wxt/browser';
import { currentAccount } from '../lib/account.ts';
import { light } from '../lib/scheme-colours.ts';
import { read, write } from '../lib/storage.ts';
import { type Badge, badgeOf } from './badge-words.ts';
import { dueNotifications } from './due-notifications.ts';
import { fetchAttention } from './fetch-attention.ts';
import { showNotifications } from './show-notifications.ts';

export const attentionAlarm = 'attention';

/** Minutes between two questions while no page is open. */
const periodInMinutes = 5;

/** Sets the alarm once; it outlives the background, and setting it anew would put it off. */
export async function setAttentionAlarm(): Promise<void> {
  if ((await browser.alarms.get(attentionAlarm)) === undefined)
    await browser.alarms.create(attentionAlarm, { periodInMinutes });
}

let running: Promise<void> | undefined;
let next: Promise<void> | undefined;

/** Counts anew and tells of what is new; one at a time, and those who ask meanwhile share the one that follows. */
export function refreshAttention(): Promise<void> {
  next ??= (running ?? Promise.resolve()).then(() => {
    next = undefined;
    running = refreshOnce();
    return running;
  });
  return next;
}

async function refreshOnce(): Promise<void> {
  const account = await currentAccount();
  const answer = account === undefined ? null : await fetchAttention(account);
  await paint(badgeOf(account?.org.name ?? null, answer));
  if (account === undefined || answer?.kind !== 'known') return;
  const { notifications, notified = [] } = await read('notifications', 'notified');
  const due = dueNotifications(answer.attention.serious, notified, notifications, new Date().getHours());
  if (due.notified !== notified) await write({ notified: due.notified });
  await showNotifications(account.org.name, due.show);
}

async function paint({ text, tone, title }: Badge): Promise<void> {
  const { action } = browser;
  if (text !== null) await action.setBadgeText({ text });
  await action.setBadgeBackgroundColor({ color: light[tone] });
  await action.setBadgeTextColor({ color: light.bg });
  await action.setTitle({ title });
}
