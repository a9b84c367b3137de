// One member as people see them: who they are, what manages them, their role and where it comes from, how they get in,
// and why they have access or none. Reads, and changes nothing.
import type { CustomValue } from '../../shared/custom-attributes.ts';
import type { MemberRole, MemberStatus } from '../../shared/member.ts';
import { customValuesOf, orgAttributes } from '../attributes/org-attributes.ts';
import { listSessions } from '../auth/session-store.ts';
import { identitiesOf } from '../auth/sso-identity-store.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { actorNames } from './actor-store.ts';
import {
  type GroupOfMember,
  groupsOfMember,
  type InvitationOfMember,
  invitationsOfMember,
  type Manager,
  managerOf,
} from './member-profile-store.ts';
import { findMember, type MemberRow } from './member-store.ts';
import { tellEvents } from './member-timeline.ts';
import { type Person, personOf } from './person-of.ts';
import { type StatusSentence, statusSentence } from './status-sentence.ts';
import { eventsAbout } from './timeline-store.ts';

/** Where a role comes from: somebody's hand, a mapped group, or nothing in particular. */
export type RoleSource =
  | { readonly by: 'hand' | 'default' }
  | { readonly by: 'group'; readonly groupId: string; readonly groupName: string };

export interface MemberProfile extends Omit<Person, 'manager'> {
  readonly id: string;
  readonly userName: string;
  readonly email: string | null;
  readonly version: number;
  readonly status: MemberStatus;
  readonly why: StatusSentence;
  /** The manager, with the id of the member that they are where one is known. */
  readonly manager: { readonly memberId: string | null; readonly name: string } | null;
  /** What the org's own attributes say of them, in the order in which they were defined; those without a value left out. */
  readonly custom: readonly {
    readonly name: string;
    readonly description: string;
    readonly value: CustomValue;
  }[];
  readonly connection: Manager | null;
  /** Which of the fields above are the connection's to write. */
  readonly managedFields: readonly ManagedField[];
  readonly role: MemberRole;
  readonly roleSource: RoleSource;
  readonly groups: readonly Pick<GroupOfMember, 'id' | 'name' | 'connectionId'>[];
  /** The latest first; one that has not ended is pending. */
  readonly invitations: readonly (Omit<InvitationOfMember, 'byKind' | 'byId'> & {
    readonly invitedBy: string;
  })[];
  readonly sessions: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'browser' | 'extension';
    readonly createdAt: number;
    readonly lastUsedAt: number | null;
  }[];
  /** The accounts of an identity provider that they sign in with. */
  readonly signIns: readonly {
    readonly issuer: string;
    readonly linkedAt: number;
    readonly signedInAt: number;
  }[];
  readonly waitingSince: number | null;
  readonly mailFailure: string | null;
  readonly remindersOffAt: number | null;
  readonly createdAt: number;
  readonly lastChange: number;
}

const managedFields = ['name', 'userName', 'emails', 'title', 'department', 'manager', 'custom'] as const;
export type ManagedField = (typeof managedFields)[number];

/** So many of the latest events are looked at to tell why somebody has access or none. */
const explaining = 30;

/** @throws AppError `member.not_found` */
export async function memberProfile(
  { database: { db }, now }: { readonly database: Database; readonly now: () => number },
  orgId: string,
  id: string,
): Promise<MemberProfile> {
  const member = await findMember(db, orgId, id);
  if (member === undefined) throw new AppError('member.not_found', { id });
  const person = personOf(member);
  const connection =
    member.connection_id === null ? null : ((await managerOf(db, orgId, member.connection_id)) ?? null);
  const groups = await groupsOfMember(db, orgId, id);
  return {
    ...person,
    id,
    userName: member.user_name,
    email: member.email,
    version: member.version,
    status: member.status,
    why: await explain(db, member, person, connection),
    manager: await managerByName(db, orgId, person.manager),
    custom: await customOf(db, member),
    connection,
    managedFields: connection === null ? [] : managedFields,
    role: member.role,
    roleSource: roleSource(member, groups),
    groups: groups.map(({ id: groupId, name, connectionId }) => ({ id: groupId, name, connectionId })),
    invitations: await invitationsByName(db, orgId, id),
    sessions: (await listSessions(db, orgId, id, now())).map((session) => ({
      id: session.id,
      name: session.name,
      kind: session.kind,
      createdAt: session.created_at,
      lastUsedAt: session.last_used_at,
    })),
    signIns: (await identitiesOf(db, orgId, id)).map(({ issuer, linked_at, signed_in_at }) => ({
      issuer,
      linkedAt: linked_at,
      signedInAt: signed_in_at,
    })),
    waitingSince: member.waiting_since,
    mailFailure: member.mail_failure,
    remindersOffAt: member.reminders_off_at,
    createdAt: member.created_at,
    lastChange: member.updated_at,
  };
}

async function customOf(db: Db, member: MemberRow): Promise<MemberProfile['custom']> {
  const custom = await orgAttributes(db, member.org_id);
  const values = customValuesOf(custom, member.attributes);
  return (custom?.attributes ?? []).flatMap(({ name, description }) => {
    const value = values[name];
    return value === undefined ? [] : [{ name, description, value }];
  });
}

async function explain(
  db: Db,
  member: MemberRow,
  person: Person,
  connection: Manager | null,
): Promise<StatusSentence> {
  const latest = await eventsAbout(db, member.org_id, member.id, { limit: explaining });
  return statusSentence(
    {
      name: person.givenName ?? person.name,
      status: member.status,
      blocked: member.blocked_at !== null,
      blockedReason: member.blocked_reason,
      waiting: member.waiting_since !== null,
      mailFailure: member.mail_failure,
      connection,
    },
    await tellEvents(db, member.org_id, latest),
  );
}

/** Identity providers name the manager by the id that Rollcall gave the person, if they do it right. */
async function managerByName(
  db: Db,
  orgId: string,
  manager: Person['manager'],
): Promise<MemberProfile['manager']> {
  if (manager === null) return null;
  const member = manager.id === null ? undefined : await findMember(db, orgId, manager.id);
  if (member) return { memberId: member.id, name: personOf(member).name };
  return { memberId: null, name: manager.name ?? manager.id ?? '' };
}

function roleSource(member: MemberRow, groups: readonly GroupOfMember[]): RoleSource {
  if (member.role_by_hand === 1) return { by: 'hand' };
  const mapped = groups.filter((group) => group.priority !== null);
  const [first] = mapped.toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  return first ? { by: 'group', groupId: first.id, groupName: first.name } : { by: 'default' };
}

async function invitationsByName(
  db: Db,
  orgId: string,
  memberId: string,
): Promise<MemberProfile['invitations']> {
  const invitations = await invitationsOfMember(db, orgId, memberId);
  const inviters = invitations.map(({ byKind, byId }) => ({ kind: byKind, id: byId }));
  const nameOf = await actorNames(db, orgId, inviters);
  return invitations.map(({ byKind, byId, ...invitation }) => ({
    ...invitation,
    invitedBy: nameOf({ kind: byKind, id: byId }),
  }));
}
