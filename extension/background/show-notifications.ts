// Desktop notifications and what a click on one opens. Knows the browser's notifications; what is worth one, it does not.
import { browser } from 'wxt/browser';
import { openMembers, openPanel, rememberWindow } from '../lib/open-page.ts';
import type { Serious } from './due-notifications.ts';

/** More than so many come as one. */
const mostAtATime = 3;

/** Shows one for each, or a single one that counts them. */
export async function showNotifications(orgName: string, serious: readonly Serious[]): Promise<void> {
  const [first] = serious;
  if (first === undefined) return;
  if (serious.length <= mostAtATime) {
    for (const each of serious) await show(orgName, notificationId(each), each.sentence);
    return;
  }
  const rest = serious.length - 1;
  await show(orgName, notificationId(first), `${first.sentence} ${rest} more need you.`);
}

async function show(title: string, id: string, message: string): Promise<void> {
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  await browser.notifications.create(id, { type: 'basic', iconUrl, title, message });
}

/** A notification outlives the background; its id carries where it leads. */
export function notificationId({ kind, id, connectionId, stepId }: Serious): string {
  return new URLSearchParams({
    kind,
    id,
    ...(connectionId !== null && { connection: connectionId }),
    ...(stepId !== null && { step: stepId }),
  }).toString();
}

/** Opens the step that mends a finding, the holds or the webhooks; a browser that wants a click for the panel gets the page. */
export async function openNotification(id: string): Promise<void> {
  const target = new URLSearchParams(id);
  await browser.notifications.clear(id);
  const stepId = target.get('step');
  if (target.get('kind') === 'hold') return openMembers('holds');
  if (target.get('kind') === 'webhook') return openMembers('webhooks');
  if (stepId === null || import.meta.env.FIREFOX) return openMembers('findings');
  await rememberWindow();
  openPanel({ connectionId: target.get('connection'), stepId });
}
