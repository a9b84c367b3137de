// Tells both histories of one change: the audit entry with before and after, and the events for whoever follows along.
import { appendEvent, type EventData, type EventType, type Subject } from '../events/event-log.ts';
import type { Moves } from '../events/member-event-store.ts';
import { appendAudit, type Changes } from './audit-log.ts';
import type { ChangeContext } from './change-context.ts';

/** An event by its type, with what that type carries, and whom it put into the group it is about or took out of it. */
export type ChangeEvent = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData[Type]; readonly moves?: Moves };
}[EventType];

/** Appends one audit entry, named after the first event, and then the events in order. */
export async function recordChange(
  { trx, orgId, actor, requestId, from, now: at }: Omit<ChangeContext, 'connectionId' | 'secret'>,
  subject: Subject,
  changes: Changes,
  ...events: readonly [ChangeEvent, ...ChangeEvent[]]
): Promise<void> {
  await appendAudit(trx, orgId, { at, actor, action: events[0].type, subject, changes, requestId, from });
  for (const event of events) await appendEvent(trx, orgId, { ...event, at, actor, subject });
}
