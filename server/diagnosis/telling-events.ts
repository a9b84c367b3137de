// Which events tell how somebody came to have the status they have, as data. Pure; puts nothing into words.
import type { MemberStatus } from '../../shared/member.ts';
import type { DatedEvent } from '../members/member-timeline.ts';

type Types = readonly DatedEvent['type'][];
const arrivals: Types = ['member.added', 'member.adopted'];
const returns: Types = ['member.reactivated', 'member.restored', 'member.unblocked', 'member.put_back'];
const departures: Types = ['member.deactivated', 'member.blocked', 'member.removed'];

/** What decided each status, and what led there: of each kind the newest event before the one that was told last. */
const telling: Readonly<Record<MemberStatus | 'removed', readonly Types[]>> = {
  active: [[...returns, 'member.joined', 'member.seated'], [...departures, 'member.joined'], arrivals],
  invited: [['member.invited', 'member.seated', ...returns], arrivals],
  not_invited: [
    ['member.waiting', 'member.invitation_expired', 'member.invitation_revoked', ...returns],
    arrivals,
  ],
  blocked: [['member.blocked'], arrivals],
  deactivated: [['member.deactivated'], ['member.joined'], arrivals],
  removed: [['member.removed'], ['member.joined', ...departures], arrivals],
};

/** The events that tell a status, what decided first; `latest` are events about somebody, the newest first. */
export function tellingEvents(
  status: MemberStatus | 'removed',
  latest: readonly DatedEvent[],
): readonly DatedEvent[] {
  const told: DatedEvent[] = [];
  for (const types of telling[status]) {
    const before = told.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
    const next = latest.find(({ seq, type }) => seq < before && types.includes(type));
    if (next !== undefined) told.push(next);
  }
  return told;
}

/** The event that decided, if it is known. */
export function decisiveEvent(
  status: MemberStatus | 'removed',
  events: readonly DatedEvent[],
): DatedEvent | undefined {
  const [first] = events;
  return first !== undefined && telling[status][0]?.includes(first.type) ? first : undefined;
}
