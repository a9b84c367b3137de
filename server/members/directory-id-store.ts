// Whom provisioning sent under which id of the identity provider's directory, as rows. Knows SQL, no sign-in.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Db } from '../db/database.ts';
import { lockMember, type MemberRow } from './member-store.ts';

const sentBy = (db: Db, orgId: string, kind: ConnectionKind) =>
  db
    .selectFrom('members as m')
    .innerJoin('connections as c', (join) =>
      join.onRef('c.org_id', '=', 'm.org_id').onRef('c.id', '=', 'm.connection_id'),
    )
    .where('m.org_id', '=', orgId)
    .where('c.kind', '=', kind);

/** The locked member whom a connection of this kind sent with this externalId; nobody where two connections sent one. */
export async function lockMemberSentAs(
  trx: Db,
  orgId: string,
  kind: ConnectionKind,
  externalId: string,
): Promise<MemberRow | undefined> {
  const [found, ...others] = await sentBy(trx, orgId, kind)
    .select('m.id')
    .where('m.external_id', '=', externalId)
    .execute();
  return found && others.length === 0 ? lockMember(trx, orgId, found.id) : undefined;
}

/** The externalIds of the newest people whom connections of this kind sent. */
export async function newestExternalIds(
  db: Db,
  orgId: string,
  kind: ConnectionKind,
  limit: number,
): Promise<readonly string[]> {
  const rows = await sentBy(db, orgId, kind)
    .select('m.external_id as externalId')
    .where('m.external_id', 'is not', null)
    .orderBy('m.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ externalId }) => externalId ?? '');
}
