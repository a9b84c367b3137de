// The ordered history of an org: appends events in the transaction of the change they tell of. Knows no reader.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

/** Who did it: an identity provider's connection, a person, or the operator at the server's terminal. */
export interface Actor {
  readonly kind: 'connection' | 'member' | 'operator';
  readonly id: string;
}

/** What an event is about. */
export interface Subject {
  readonly kind: 'member' | 'group' | 'connection' | 'org';
  readonly id: string;
}

/** Every type of event with what it carries besides actor and subject. */
export interface EventData {
  'org.created': { readonly name: string };
  'connection.created': { readonly kind: string; readonly name: string };
  'connection.deleted': {
    readonly name: string;
    readonly membersReleased: number;
    readonly groupsReleased: number;
  };
  'connection.token_created': { readonly tokenId: string; readonly expiresAt: number | null };
  'connection.token_revoked': { readonly tokenId: string };
  'member.added': { readonly status: string };
  'member.adopted': { readonly status: string; readonly changed: readonly string[] };
  'member.restored': { readonly status: string; readonly changed: readonly string[] };
  'member.role_changed': { readonly from: string; readonly to: string };
  'member.updated': { readonly changed: readonly string[] };
  'member.deactivated': { readonly sessionsEnded: number };
  'member.reactivated': { readonly status: string };
  'member.removed': { readonly sessionsEnded: number };
  'group.added': { readonly displayName: string };
  'group.adopted': { readonly displayName: string };
  'group.updated': { readonly changed: readonly string[] };
  'group.members_changed': { readonly added: readonly string[]; readonly removed: readonly string[] };
  'group.removed': { readonly displayName: string };
}
export type EventType = keyof EventData;

const insert = prepare<
  {
    org: string;
    type: string;
    at: number;
    actorKind: string;
    actorId: string;
    subjectKind: string;
    subjectId: string;
    data: string;
  },
  unknown
>((db, p) =>
  db.insertInto('events').values({
    org_id: p('org'),
    type: p('type'),
    at: p('at'),
    actor_kind: p('actorKind'),
    actor_id: p('actorId'),
    subject_kind: p('subjectKind'),
    subject_id: p('subjectId'),
    data: p('data'),
  }),
);

/** Appends one event; `trx` is the transaction of the change itself. */
export async function appendEvent<Type extends EventType>(
  trx: Db,
  orgId: string,
  event: {
    readonly type: Type;
    readonly at: number;
    readonly actor: Actor;
    readonly subject: Subject;
    readonly data: EventData[Type];
  },
): Promise<void> {
  await insert.run(trx, {
    org: orgId,
    type: event.type,
    at: event.at,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    data: JSON.stringify(event.data),
  });
}
