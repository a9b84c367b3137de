// The story of somebody's status out of what is known of them: which events tell it, what is so, what is wrong, what to
// do. Pure; reads no row.
import {
  type Explanation,
  type StoryLine,
  type StoryRemedy,
  type StorySource,
  storyHeadings,
} from '../../shared/explanation.ts';
import type { MemberStatus } from '../../shared/member.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';
import { eventSentence } from '../members/event-sentence.ts';
import type { MemberProfile } from '../members/member-profile.ts';
import type { DatedEvent } from '../members/member-timeline.ts';
import { domainOf } from '../orgs/domain-name.ts';
import type { Trouble } from './connection-trouble.ts';
import { advice, facts } from './story-sentences.ts';
import { decisiveEvent } from './telling-events.ts';

/** What a story is told of. */
export interface StoryFacts {
  /** What to call them. */
  readonly name: string;
  readonly email: string | null;
  /** Events that tell it, what decided first: `tellingEvents`. */
  readonly events: readonly DatedEvent[];
  /** The requests behind these events, by the events' numbers. */
  readonly requests: ReadonlyMap<number, StorySource>;
  /** The mass removal they are part of, as long as it waits for an admin. */
  readonly hold: { readonly id: string; readonly openedAt: number } | null;
  readonly trouble: readonly Trouble[];
  /** What manages them, or did, by the name of who calls, and where it lets people in. */
  readonly manager: ({ readonly caller: string } & Pick<StoryRemedy, 'console' | 'step'>) | null;
}

/** Of somebody who is in the directory. */
export interface PresentFacts extends StoryFacts {
  readonly profile: MemberProfile;
  /** Whether the org blocked them, whatever their status is. */
  readonly blocked: boolean;
  readonly reminders: { readonly count: number; readonly lastAt: number | null };
  readonly settings: OrgSettings;
  readonly domainVerified: boolean;
  /** Somebody else with the same address. */
  readonly namesake: { readonly id: string; readonly name: string } | null;
}

/** Of somebody who was removed. Times are Unix milliseconds. */
export interface RemovedFacts extends StoryFacts {
  /** When their data are erased; null once they are. */
  readonly erasedAt: number | null;
}

/** So many lines, and so many things to do: more is a report. */
const mostLines = 4;
const mostRemedies = 2;

/** A remedy by a sentence alone. */
function doing(sentence: string, place: Partial<StoryRemedy> = {}): StoryRemedy {
  return { sentence, console: null, step: null, setting: null, ...place };
}

function placeOf({ manager }: StoryFacts): Partial<StoryRemedy> {
  return manager === null ? {} : { console: manager.console, step: manager.step };
}

function fact(sentence: string, more: Partial<StoryLine> = {}): StoryLine {
  return { sentence, at: null, isWrong: false, source: null, ...more };
}

/** What a status has to say besides its events. */
interface Said {
  readonly lines: readonly StoryLine[];
  readonly remedies: readonly StoryRemedy[];
  /** The findings that these lines tell already, by their rules. */
  readonly instead?: readonly string[];
  /** Whether the connection has to work before the remedies can. */
  readonly needsConnection?: boolean;
}

/** The story of somebody in the directory. */
export function presentStory(known: PresentFacts): Explanation {
  const { profile, name, namesake } = known;
  const { lines, ...said } = saidOf[profile.status](known);
  const shared =
    namesake === null
      ? []
      : [fact(facts.alsoOf(namesake.name), { source: { kind: 'member', memberId: namesake.id } })];
  return {
    memberId: profile.id,
    name: profile.name,
    email: profile.email,
    status: profile.status,
    heading: storyHeadings[profile.status](name),
    ...compose(profile.status, known, { ...said, lines: [...lines, ...shared] }),
  };
}

/** The story of somebody who was removed. */
export function removedStory(memberId: string, known: RemovedFacts): Explanation {
  const { name, email, events, hold, manager, erasedAt } = known;
  const removal = decisiveEvent('removed', events);
  const again =
    manager === null
      ? doing(advice.inviteAgain(name))
      : doing(advice.assignAgain(manager.caller), placeOf(known));
  return {
    memberId,
    name,
    email,
    status: 'removed',
    heading: storyHeadings.removed(name),
    ...compose('removed', known, {
      lines: [
        ...(removal === undefined ? [] : [eventLine(known, removal)]),
        ...heldLine(known),
        erasedAt === null ? fact(facts.erased) : fact(facts.keptUntil, { at: erasedAt }),
      ],
      remedies: [hold === null ? again : doing(advice.decideHold)],
      needsConnection: hold === null && manager !== null,
    }),
  };
}

function compose(
  status: MemberStatus | 'removed',
  { events, trouble, requests }: StoryFacts,
  { lines, remedies, instead = [], needsConnection = false }: Said,
): Pick<Explanation, 'lines' | 'remedies'> {
  const others = trouble.filter(({ rule }) => rule === null || !instead.includes(rule));
  const first = decisiveEvent(status, events);
  const before = events.filter((event) => event !== first).map((event) => plainLine({ requests }, event));
  const told = [...lines, ...others.map(({ line }) => line), ...before].slice(0, mostLines);
  const mends = others.flatMap(({ line, remedy }) => (remedy && told.includes(line) ? [remedy] : []));
  const all = needsConnection ? [...mends, ...remedies] : [...remedies, ...mends];
  return { lines: told, remedies: all.slice(0, mostRemedies) };
}

/** "Deactivated by Our Okta." */
function plainLine({ requests }: Pick<StoryFacts, 'requests'>, event: DatedEvent): StoryLine {
  const { sentence } = eventSentence(event);
  return fact(`${sentence}.`, { at: event.at, source: requests.get(event.seq) ?? null });
}

/** "Deactivated by Our Okta. 1 session ended." */
function eventLine(known: Pick<StoryFacts, 'requests'>, event: DatedEvent): StoryLine {
  const { detail } = eventSentence(event);
  const line = plainLine(known, event);
  if (detail === undefined) return line;
  return { ...line, sentence: `${line.sentence} ${detail.charAt(0).toUpperCase()}${detail.slice(1)}.` };
}

function heldLine({ hold }: Pick<StoryFacts, 'hold'>): readonly StoryLine[] {
  if (hold === null) return [];
  return [fact(facts.held, { at: hold.openedAt, isWrong: true, source: { kind: 'hold', holdId: hold.id } })];
}

/** The line of what decided, or the sentence of the status where no event tells it. */
function decided(known: PresentFacts): StoryLine {
  const { status, why } = known.profile;
  const event = decisiveEvent(status, known.events);
  const { sentence, at } = why;
  return event === undefined ? fact(sentence, { at }) : eventLine(known, event);
}

const saidOf: Readonly<Record<MemberStatus, (known: PresentFacts) => Said>> = {
  active(known) {
    const { name, events, profile } = known;
    const { role, roleSource } = profile;
    const event = decisiveEvent('active', events);
    const first = event === undefined ? fact(facts.hasAccess(name)) : eventLine(known, event);
    const given =
      roleSource.by === 'group'
        ? [
            fact(facts.role(role, roleSource.groupName), {
              source: { kind: 'group', groupId: roleSource.groupId },
            }),
          ]
        : [];
    return { lines: [first, ...given], remedies: [] };
  },

  blocked(known) {
    return { lines: [decided(known)], remedies: [doing(advice.unblock(known.name))] };
  },

  deactivated(known) {
    const { events, hold, manager, profile, blocked } = known;
    const cameInactive = manager !== null && decisiveEvent('deactivated', events) === undefined;
    return {
      lines: [
        cameInactive ? fact(facts.arrivedInactive(manager.caller), { at: profile.why.at }) : decided(known),
        ...heldLine(known),
        ...(blocked ? [fact(facts.blockedToo)] : []),
      ],
      remedies: [hold !== null ? doing(advice.decideHold) : doing(profile.why.mend ?? '', placeOf(known))],
      needsConnection: hold === null && manager !== null,
    };
  },

  invited(known) {
    const { name, events, profile, reminders } = known;
    const { sentence, at, detail } = profile.why;
    const failed = profile.mailFailure !== null;
    const invitation = decisiveEvent('invited', events);
    const isInvited = invitation?.type === 'member.invited';
    return {
      lines: [
        failed
          ? fact(sentence, { at, isWrong: true })
          : isInvited
            ? fact(`${eventSentence(invitation).sentence}, and not joined yet.`, { at: invitation.at })
            : fact(sentence, { at }),
        ...(failed && detail !== null ? [fact(detail)] : []),
        ...(failed && isInvited ? [eventLine(known, invitation)] : []),
        ...(reminders.count > 0 ? [fact(facts.reminded(reminders.count), { at: reminders.lastAt })] : []),
        ...(profile.remindersOffAt === null
          ? []
          : [fact(facts.remindersOff(name), { at: profile.remindersOffAt })]),
      ],
      remedies: [doing(failed ? advice.mendAddress : advice.nudge(name))],
    };
  },

  not_invited(known) {
    const { name, profile, settings, domainVerified, trouble, manager } = known;
    const head = decided(known);
    if (profile.waitingSince !== null)
      return {
        lines: [
          { ...head, at: profile.waitingSince },
          ...(settings.seatLimit === null
            ? []
            : [fact(facts.seatsTaken(settings.seatLimit), { isWrong: true })]),
        ],
        remedies: [doing(advice.freeSeat, { setting: 'seats' })],
        instead: ['seats.none_free'],
      };
    if (profile.email === null) {
      const isTold = trouble.some(({ rule }) => rule === 'user_name.no_address');
      return {
        lines: [head, ...(isTold ? [] : [fact(facts.noAddress(profile.userName), { isWrong: true })])],
        remedies: isTold ? [] : [doing(advice.sendAddress(manager?.caller ?? 'the directory'))],
      };
    }
    if (settings.verifiedDomainsOnly && !domainVerified) {
      const domain = domainOf(profile.email);
      return {
        lines: [head, fact(facts.noDomain(domain), { isWrong: true })],
        remedies: [doing(advice.verifyDomain(domain), { setting: 'domains' })],
        instead: ['domain.not_verified'],
      };
    }
    const invite = doing(advice.invite(name));
    if (settings.automaticInvites || manager === null) return { lines: [head], remedies: [invite] };
    return {
      lines: [head, fact(facts.notAutomatic)],
      remedies: [invite, doing(advice.inviteAll, { setting: 'invitations' })],
    };
  },
};
