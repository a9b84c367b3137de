// What stands around one member: groups, the group that gives the role, connection, invitations. Reads only, by index.
import type { MemberRole } from '../../shared/member.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

interface OfMember {
  readonly org: string;
  readonly member: string;
}

/** A group that somebody is directly in; `role` is what it gives its members, where it is mapped to one. */
export interface GroupOfMember {
  readonly id: string;
  readonly name: string;
  readonly connectionId: string | null;
  readonly role: MemberRole | null;
  readonly priority: number | null;
}

const groups = prepare<OfMember, GroupOfMember>((db, p) =>
  db
    .selectFrom('group_members as gm')
    .innerJoin('groups as g', (join) =>
      join.onRef('g.org_id', '=', 'gm.org_id').onRef('g.id', '=', 'gm.group_id'),
    )
    .leftJoin('role_mappings as m', (join) =>
      join.onRef('m.org_id', '=', 'gm.org_id').onRef('m.group_id', '=', 'gm.group_id'),
    )
    .select(['g.id', 'g.display_name as name', 'g.connection_id as connectionId', 'm.role', 'm.priority'])
    .where('gm.org_id', '=', p('org'))
    .where('gm.member_id', '=', p('member')),
);

/** The groups that somebody is directly in, by name. */
export async function groupsOfMember(
  db: Db,
  orgId: string,
  memberId: string,
): Promise<readonly GroupOfMember[]> {
  const rows = await groups.all(db, { org: orgId, member: memberId });
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** One invitation of somebody: pending while `endedAt` is null. Times are Unix milliseconds. */
export interface InvitationOfMember {
  readonly id: string;
  readonly byKind: 'connection' | 'member' | 'operator';
  readonly byId: string;
  readonly createdAt: number;
  readonly sentAt: number;
  readonly sentCount: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  readonly ended: 'accepted' | 'revoked' | 'expired' | 'access_ended' | null;
}

const invitations = prepare<OfMember, InvitationOfMember>((db, p) =>
  db
    .selectFrom('invitations')
    .select([
      'id',
      'by_kind as byKind',
      'by_id as byId',
      'created_at as createdAt',
      'sent_at as sentAt',
      'sent_count as sentCount',
      'expires_at as expiresAt',
      'ended_at as endedAt',
      'ended',
    ])
    .where('org_id', '=', p('org'))
    .where('member_id', '=', p('member'))
    .orderBy('created_at', 'desc'),
);

/** The invitations that somebody ever had, the latest first. */
export function invitationsOfMember(
  db: Db,
  orgId: string,
  memberId: string,
): Promise<readonly InvitationOfMember[]> {
  return invitations.all(db, { org: orgId, member: memberId });
}

/** What manages somebody. */
export interface Manager {
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
}

const connection = prepare<{ org: string; id: string }, Manager>((db, p) =>
  db
    .selectFrom('connections')
    .select(['id', 'name', 'kind'])
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id')),
);

/** The connection of this id. */
export function managerOf(db: Db, orgId: string, connectionId: string): Promise<Manager | undefined> {
  return connection.first(db, { org: orgId, id: connectionId });
}
