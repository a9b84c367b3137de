// Whom or what a message is about, as it is when the message is sent: no copy of anybody is kept in a queue. Reads only.
import type { Db } from '../db/database.ts';
import { findGroup } from '../groups/group-store.ts';
import { findMember } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import { findConnection } from '../provisioning/connection-store.ts';
import type { DeliveryRow } from './webhook-queue-store.ts';

/** What goes into `data` beside the event: null for what is not there any more. */
export async function readSubject(
  db: Db,
  { org_id, subject_kind, subject_id }: Pick<DeliveryRow, 'org_id' | 'subject_kind' | 'subject_id'>,
): Promise<Readonly<Record<string, unknown>>> {
  if (subject_kind === 'member') return { member: await readMember(db, org_id, subject_id) };
  if (subject_kind === 'group') {
    const group = await findGroup(db, org_id, subject_id);
    return { group: group ? { id: group.id, displayName: group.display_name } : null };
  }
  if (subject_kind === 'connection') {
    const connection = await findConnection(db, subject_id);
    if (connection?.org_id !== org_id) return { connection: null };
    return { connection: { id: connection.id, kind: connection.kind, name: connection.name } };
  }
  return {};
}

async function readMember(db: Db, orgId: string, id: string) {
  const member = await findMember(db, orgId, id);
  if (member === undefined) return null;
  const { user_name: userName, email, status, role } = member;
  return { id, userName, email, displayName: personOf(member).name, status, role };
}
