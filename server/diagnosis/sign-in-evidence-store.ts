// What people's sign-ins through the company's identity provider show of a set-up, as rows. Knows SQL, no rule and no step.
import type { Db } from '../db/database.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import type { SignInId } from './diagnostic-rule.ts';

type Connection = Pick<ConnectionWithTokens, 'id' | 'kind'>;

/**
 * The directory's ids that sign-ins brought, of people whom the connection sent with another externalId, the latest first.
 * Only of the same kind of identity provider: others name people otherwise.
 */
export async function signInIds(
  db: Db,
  orgId: string,
  { id, kind }: Connection,
  limit: number,
): Promise<ReadonlyMap<string, SignInId>> {
  const rows = await db
    .selectFrom('sso_settings as s')
    .innerJoin('sso_identities as i', (join) =>
      join.onRef('i.org_id', '=', 's.org_id').onRef('i.issuer', '=', 's.issuer'),
    )
    .innerJoin('members as m', (join) =>
      join.onRef('m.org_id', '=', 'i.org_id').onRef('m.id', '=', 'i.member_id'),
    )
    .select(['m.id', 'i.directory_id as directoryId', 'i.signed_in_at as at'])
    .where('s.org_id', '=', orgId)
    .where('s.kind', '=', kind)
    .where('m.connection_id', '=', id)
    .where('i.directory_id', 'is not', null)
    .whereRef('i.directory_id', '<>', 'm.external_id')
    .orderBy('i.signed_in_at', 'desc')
    .limit(limit)
    .execute();
  return new Map(rows.map((row) => [row.id, { directoryId: row.directoryId ?? '', at: row.at }]));
}

/** How single sign-on stands, for the step that it proves. Times are Unix milliseconds. */
export interface SignInStanding {
  /** When somebody last came in by the client as it is, and who, if that is still known. */
  readonly proven: { readonly at: number; readonly memberId: string | null } | null;
  /** What the last sign-in said, if it failed on the way and nobody has come in since. */
  readonly failing: { readonly at: number; readonly sentence: string } | null;
}

/** Somebody gave up, or came late: that shows nothing of the set-up. */
const telling = ['client', 'token', 'clock', 'id_token', 'unreachable', 'no_address', 'address_unproven'];

/** Undefined where single sign-on is not set up, or with another kind of identity provider. */
export async function signInStanding(
  db: Db,
  orgId: string,
  { kind }: Pick<Connection, 'kind'>,
): Promise<SignInStanding | undefined> {
  const sso = await db
    .selectFrom('sso_settings')
    .select(['kind', 'client_version', 'proven_at'])
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  // A company's own domain tells no kind.
  if (sso === undefined || ![kind, 'other'].includes(sso.kind)) return undefined;
  const attempts = db
    .selectFrom('sso_attempts')
    .select(['seq', 'at', 'sentence', 'member_id as memberId'])
    .where('org_id', '=', orgId)
    .where('client_version', '=', sso.client_version)
    .orderBy('seq', 'desc')
    .limit(1);
  const entered = await attempts.where('outcome', 'in', ['signed_in', 'joined']).executeTakeFirst();
  const failed = await attempts.where('reason', 'in', telling).executeTakeFirst();
  return {
    proven: sso.proven_at === null ? null : { at: sso.proven_at, memberId: entered?.memberId ?? null },
    failing: failed !== undefined && failed.seq > (entered?.seq ?? 0) ? failed : null,
  };
}
