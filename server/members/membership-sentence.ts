// Coming into a group and leaving it, in a sentence about the person. Pure: it is told the names.
import type { Actor } from '../events/event-log.ts';
import { type EventSentence, tellActor } from './event-sentence.ts';

/** What an event about a group was to one of those in it. */
export interface MembershipMove {
  readonly joined: boolean;
  /** The group's name, where it is still known. */
  readonly group: string | undefined;
  /** Whether the group itself was removed. */
  readonly groupRemoved: boolean;
  readonly actor: { readonly kind: Actor['kind']; readonly name: string };
  /** Whether people did it to themselves. */
  readonly oneself: boolean;
}

/** What a move says to people. */
export function membershipSentence({
  joined,
  group,
  groupRemoved,
  actor,
  oneself,
}: MembershipMove): EventSentence {
  const by = tellActor(actor, oneself);
  const named = group === undefined ? 'a group that was removed' : `the group ${group}`;
  if (joined) return { sentence: `Joined ${named}${by}` };
  if (group !== undefined && groupRemoved) return { sentence: `Left ${named}, which was removed${by}` };
  return { sentence: `Left ${named}${by}` };
}
