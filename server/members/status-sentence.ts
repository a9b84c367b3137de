// Why somebody has access or has none, in a sentence, and the way to mend it. Pure: it reads the facts and the latest
// events that it is given.
import type { MemberStatus } from '../../shared/member.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { eventSentence, type ToldEvent } from './event-sentence.ts';

/** Somebody as the sentence needs to know them. */
export interface Standing {
  /** What to call them: the given name where there is one. */
  readonly name: string;
  readonly status: MemberStatus;
  readonly blocked: boolean;
  readonly blockedReason: string | null;
  readonly waiting: boolean;
  readonly mailFailure: string | null;
  /** What manages them; null when nobody but the org does. */
  readonly connection: { readonly name: string; readonly kind: ConnectionKind } | null;
}

/** The answer to "why does this person have no access?". */
export interface StatusSentence {
  readonly sentence: string;
  /** When that came to be, in Unix milliseconds; null when the events at hand do not tell. */
  readonly at: number | null;
  /** What came with it. */
  readonly detail: string | null;
  /** What to do to give them access; null where nothing is to be done. */
  readonly mend: string | null;
}

type Dated = ToldEvent & { readonly at: number };

/** `latest` are events about the person, the newest first. */
export function statusSentence(person: Standing, latest: readonly Dated[]): StatusSentence {
  const { name } = person;
  switch (person.status) {
    case 'active':
      return told(latest, ['member.joined', 'member.reactivated', 'member.unblocked', 'member.seated'], {
        sentence: `${name} has access.`,
        fixed: true,
        mend: null,
      });
    case 'blocked':
      return {
        ...told(latest, ['member.blocked'], {
          sentence: 'Blocked.',
          mend: `To let ${name} in again, unblock them.`,
        }),
        ...(person.blockedReason !== null && { detail: `“${person.blockedReason}”` }),
      };
    case 'deactivated':
      return told(latest, ['member.deactivated', 'member.added', 'member.adopted'], {
        sentence: 'Deactivated.',
        mend: person.blocked
          ? `${comeBack(person)} They stay blocked until you unblock them.`
          : comeBack(person),
      });
    case 'invited':
      return person.mailFailure === null
        ? told(latest, ['member.invited', 'member.reactivated', 'member.unblocked', 'member.seated'], {
            sentence: 'Invited, not joined yet.',
            fixed: true,
            mend: `Nudge ${name}, or send the invitation again.`,
          })
        : told(latest, ['member.mail_failed'], {
            sentence: 'Invited, but the mail did not arrive.',
            fixed: true,
            detail: person.mailFailure,
            mend: 'Check the address, then send the invitation again.',
          });
    case 'not_invited':
      return person.waiting
        ? told(latest, ['member.waiting'], {
            sentence: 'Waits for a free seat.',
            mend: 'Raise the seat limit or deactivate somebody who left; whoever waits longest takes the seat.',
          })
        : told(latest, ['member.invitation_expired', 'member.invitation_revoked'], {
            sentence: 'Not invited yet.',
            mend: `Invite ${name}.`,
          });
  }
}

/** Takes the words of the newest event that explains the status, or those it goes without. */
function told(
  latest: readonly Dated[],
  types: readonly ToldEvent['type'][],
  fallback: {
    readonly sentence: string;
    /** Whether the sentence stands whatever the event says. */
    readonly fixed?: boolean;
    readonly detail?: string;
    readonly mend: string | null;
  },
): StatusSentence {
  const event = latest.find(({ type }) => types.includes(type));
  const { mend } = fallback;
  if (event === undefined)
    return { sentence: fallback.sentence, at: null, detail: fallback.detail ?? null, mend };
  const { sentence, detail } = eventSentence(event);
  return fallback.fixed
    ? { sentence: fallback.sentence, at: event.at, detail: fallback.detail ?? null, mend }
    : { sentence: `${sentence}.`, at: event.at, detail: detail ?? null, mend };
}

/** Where somebody who was deactivated is made active again. */
function comeBack({ name, connection }: Standing): string {
  if (connection === null) return `To bring ${name} back, reactivate them.`;
  const ways: Readonly<Record<ConnectionKind, string>> = {
    okta: `assign the app to them again in ${connection.name}`,
    entra: `add them to the users and groups of the enterprise application in ${connection.name} again`,
    other: `make the account active again in ${connection.name}`,
  };
  return `To bring ${name} back, ${ways[connection.kind]}.`;
}
