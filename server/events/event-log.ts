// The ordered history of an org: appends events in the transaction of the change they tell of. Knows no reader.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { addMemberEvents, type Moves } from './member-event-store.ts';

/** Who did it: an identity provider's connection, a person, the operator at the terminal, or the server by itself. */
export interface Actor {
  readonly kind: 'connection' | 'member' | 'operator' | 'server';
  readonly id: string;
}

/** What an event is about. */
export interface Subject {
  readonly kind: 'member' | 'group' | 'connection' | 'org';
  readonly id: string;
}

/** What ended with somebody's access. */
export interface AccessEnded {
  readonly sessionsEnded: number;
  readonly invitationsEnded: number;
}

/** A fault of a connection by its rule: no value seen, because those may be about people. */
export interface FoundFault {
  readonly findingId: string;
  readonly title: string;
}

/** A webhook endpoint, without its address: what is in its path may open doors. */
export interface NamedWebhook {
  readonly endpointId: string;
  readonly name: string;
}

/** An OAuth client of a connection or a reader. */
export interface NamedClient {
  readonly clientId: string;
  readonly name: string;
}

/** An application that may look into the directory. */
export interface NamedReader {
  readonly readerId: string;
  readonly name: string;
}

/** Every type of event with what it carries besides actor and subject. */
export interface EventData {
  'org.created': { readonly name: string };
  'org.updated': { readonly changed: readonly string[] };
  'org.sign_up_link_changed': { readonly link: 'on' | 'off' | 'rotated' };
  'org.domain_added': { readonly domain: string };
  'org.domain_verified': { readonly domain: string };
  'org.domain_failing': { readonly domain: string; readonly until: number };
  'org.domain_lost': { readonly domain: string };
  'org.domain_removed': { readonly domain: string };
  /** Never the secret: that it was changed stands among `changed`. */
  'org.sso_changed': { readonly issuer: string; readonly changed: readonly string[] };
  'org.sso_removed': { readonly issuer: string };
  'org.sso_required': { readonly required: boolean; readonly sessionsEnded: number };
  'org.attributes_changed': {
    readonly name: string;
    readonly step: 'added' | 'changed' | 'removed' | 'put back' | 'erased';
  };
  'org.audit_trimmed': { readonly until: number };
  'org.role_mappings_changed': { readonly rolesChanged: number };
  'connection.created': { readonly kind: string; readonly name: string };
  'connection.deleted': {
    readonly name: string;
    readonly membersReleased: number;
    readonly groupsReleased: number;
  };
  'connection.token_created': { readonly tokenId: string; readonly expiresAt: number | null };
  'connection.token_revoked': { readonly tokenId: string };
  /** `step` is its title, as people read it. */
  'connection.setup_step_ticked': {
    readonly stepId: string;
    readonly step: string;
    readonly ticked: boolean;
  };
  'connection.console_remembered': Readonly<Record<never, never>>;
  /** `again`: it had cleared within a day, or was dismissed and there is new evidence. `title` is the rule's. */
  'finding.opened': FoundFault & { readonly again: boolean };
  'finding.cleared': FoundFault;
  'finding.snoozed': FoundFault & { readonly until: number };
  'finding.dismissed': FoundFault & { readonly reason: string };
  'finding.taken_up': FoundFault;
  'member.added': { readonly status: string };
  'member.adopted': { readonly status: string; readonly changed: readonly string[] };
  'member.restored': { readonly status: string; readonly changed: readonly string[] };
  'member.role_changed': {
    readonly from: string;
    readonly to: string;
    /** The name of the group that gives the role, if one does. */
    readonly group?: string;
  };
  'member.updated': { readonly changed: readonly string[] };
  'member.deactivated': AccessEnded;
  'member.reactivated': { readonly status: string };
  'member.blocked': AccessEnded & { readonly reason: string | null };
  'member.unblocked': { readonly status: string };
  /** `groups` says how many they left with it, and how many they are in again; left out for none. */
  'member.removed': AccessEnded & { readonly groups?: number };
  'member.put_back': { readonly status: string; readonly groups?: number };
  'member.erased': Readonly<Record<never, never>>;
  'member.invited': { readonly invitationId: string; readonly automatic: boolean };
  'member.invitation_resent': { readonly invitationId: string };
  /** Null for somebody who was invited without a mail. */
  'member.invitation_revoked': { readonly invitationId: string | null };
  'member.invitation_expired': { readonly invitationId: string };
  'member.nudged': { readonly invitationId: string; readonly automatic: boolean; readonly message: boolean };
  'member.reminders_stopped': Readonly<Record<never, never>>;
  'member.joined': { readonly by: 'invitation' | 'sign_up_link' | 'sign_in' };
  'member.waiting': Readonly<Record<never, never>>;
  'member.seated': { readonly status: string };
  'member.signed_in': { readonly sessionId: string; readonly name: string };
  /** An owner, by mail, although the org requires single sign-on. */
  'member.emergency_sign_in': Readonly<Record<never, never>>;
  /** With an account at the identity provider, from now on known by its id alone. */
  'member.identity_linked': { readonly issuer: string; readonly by: 'email' | 'directory' | 'joining' };
  /** By an admin; they are linked anew when they sign in next. */
  'member.identity_unlinked': { readonly issuer: string };
  'member.session_ended': { readonly sessionId: string; readonly name: string };
  'member.mail_failed': { readonly mailId: string; readonly kind: string; readonly error: string };
  'mail.resent': { readonly mailId: string; readonly kind: string };
  'group.added': { readonly displayName: string };
  'group.adopted': { readonly displayName: string };
  'group.updated': { readonly changed: readonly string[] };
  'group.members_changed': { readonly added: readonly string[]; readonly removed: readonly string[] };
  'group.removed': { readonly displayName: string };
  'group.put_back': { readonly displayName: string };
  'client.created': NamedClient;
  'client.credential_added': NamedClient & { readonly credentialIds: readonly string[] };
  'client.credential_revoked': NamedClient & { readonly credentialId: string };
  'client.removed': NamedClient;
  'reader.created': NamedReader;
  'reader.changed': NamedReader & { readonly changed: readonly string[] };
  'reader.token_created': NamedReader & { readonly tokenId: string; readonly expiresAt: number | null };
  'reader.token_revoked': NamedReader & { readonly tokenId: string };
  'reader.removed': NamedReader;
  'webhook.created': NamedWebhook;
  'webhook.changed': NamedWebhook & { readonly changed: readonly string[] };
  'webhook.removed': NamedWebhook;
  'webhook.secret_rotated': NamedWebhook & { readonly oldSecretUntil: number };
  'webhook.disabled': NamedWebhook & { readonly reason: 'by_hand' | 'gone' | 'failing' };
  'webhook.enabled': NamedWebhook & { readonly missed: 'replay' | 'skip' };
  /** `since` is null for a single message. */
  'webhook.replayed': NamedWebhook & { readonly since: number | null };
  'hold.opened': { readonly holdId: string; readonly people: number };
  'hold.approved': { readonly holdId: string; readonly people: number };
  'hold.restored': { readonly holdId: string; readonly people: number };
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
  { seq: number }
>((db, p) =>
  db
    .insertInto('events')
    .values({
      org_id: p('org'),
      type: p('type'),
      at: p('at'),
      actor_kind: p('actorKind'),
      actor_id: p('actorId'),
      subject_kind: p('subjectKind'),
      subject_id: p('subjectId'),
      data: p('data'),
    })
    .returning('seq'),
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
    /** Whom an event about a group put into it or took out of it: it stands in their timelines too. */
    readonly moves?: Moves;
  },
): Promise<void> {
  const appended = await insert.first(trx, {
    org: orgId,
    type: event.type,
    at: event.at,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    data: JSON.stringify(event.data),
  });
  if (appended && event.moves) await addMemberEvents(trx, orgId, appended.seq, event.moves);
}
