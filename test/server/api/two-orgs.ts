// Two orgs in one database, the first with something of everything in it, for tests that one cannot reach the other.
import { sql } from 'kysely';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { writeSso } from '../../../server/auth/sso-store.ts';
import { newestSeq } from '../../../server/events/event-store.ts';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { inviteAddresses } from '../../../server/invitations/invite-members.ts';
import { setUpOrg } from '../../../server/members/set-up-org.ts';
import { addOrgDomain } from '../../../server/orgs/org-domains.ts';
import { changeSignUpLink } from '../../../server/orgs/sign-up-link.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { createConnection } from '../../../server/provisioning/change-connection.ts';
import { createClient } from '../../../server/provisioning/change-oauth-client.ts';
import { createReader } from '../../../server/provisioning/change-reader.ts';
import { createWebhook } from '../../../server/webhooks/change-webhook.ts';
import { planDeliveries } from '../../../server/webhooks/plan-deliveries.ts';
import { signInForApi } from '../../helpers/api-client.ts';
import {
  type DatabaseName,
  operator,
  type ScimServer,
  scimClient,
  startScimServer,
} from '../../helpers/scim-server.ts';
import { ssoRow } from '../../helpers/sso-settings.ts';

/** What there is in the org that others try to reach. */
export interface Target {
  readonly orgId: string;
  readonly connectionId: string;
  readonly tokenId: string;
  readonly ownerId: string;
  readonly memberId: string;
  readonly invitedId: string;
  readonly removedId: string;
  readonly groupId: string;
  readonly sessionId: string;
  readonly mailId: string;
  readonly domain: string;
  readonly holdId: string;
  readonly recordSeq: number;
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly clientId: string;
  readonly credentialId: string;
  readonly readerId: string;
  readonly readerTokenId: string;
}

export interface TwoOrgs {
  readonly server: ScimServer;
  readonly target: Target;
  /** Bearer tokens: the owner of the other org, and somebody of the target's who is neither owner nor admin. */
  readonly outsider: string;
  readonly plainMember: string;
  /** The other org's own connection. */
  readonly foreignScim: { readonly baseUrl: string; readonly token: string };
  /** Every row of the target org, by table: what nobody may have changed. */
  snapshot(): Promise<Readonly<Record<string, unknown>>>;
}

/** Words that stand in the first org's data and nowhere else: an answer to the other org that holds one is a leak. */
export const marked = 'larkspur';

export async function startTwoOrgs(database: DatabaseName): Promise<TwoOrgs> {
  const server = await startScimServer({ database });
  const deps = changeDepsOf(server.deps);
  const { db } = deps;
  const tern = await setUpOrg(deps, { ...operator, name: 'Tern Optics', ownerEmail: 'bo@tern.example' });
  const foreign = await createConnection(deps, {
    ...operator,
    orgId: tern.id,
    kind: 'other',
    mode: 'tolerant',
    name: 'Ours',
    tokenDays: null,
  });

  const create = async (name: string) =>
    (
      await server.scim('POST', '/Users', {
        userName: `${name}@${marked}.example`,
        displayName: `${name} ${marked}`,
        emails: [{ value: `${name}@${marked}.example` }],
      })
    ).body.id as string;
  const [memberId, removedId] = [await create('noor'), await create('gone')];
  const group = await server.scim('POST', '/Groups', {
    displayName: `${marked} crew`,
    members: [{ value: memberId }],
  });
  await server.scim('DELETE', `/Users/${removedId}`);
  const here = { ...operator, orgId: server.orgId };
  const [invited] = await inviteAddresses(
    deps,
    here,
    [{ address: `ines@${marked}.example`, role: 'member' }],
    ['member'],
  );
  const plain = await applyDirectoryChange(
    deps,
    { ...here, connectionId: null },
    {
      kind: 'add-member-by-hand',
      attributes: { userName: `plain@${marked}.example` },
      standing: { role: 'member', invitedAt: null, joinedAt: server.clock.now },
    },
  );
  await signInForApi(server.deps, server.orgId, server.ownerId);
  // Nothing sends in these tests: what waits stays to be looked for.
  const hook = { name: `${marked} payroll`, url: `https://hooks.${marked}.example/`, eventTypes: null };
  const { endpointId } = await createWebhook({ ...server.deps, ...deps }, here, hook);
  await planDeliveries(deps, { org_id: server.orgId, id: endpointId }, await newestSeq(db));
  const { clientId, credentialIds } = await createClient({ ...server.deps, ...deps }, here, {
    ownerKind: 'connection',
    ownerId: server.connectionId,
    name: `${marked} feed`,
    credential: { kind: 'secret', days: null },
  });
  const { readerId, tokenId: readerTokenId } = await createReader(deps, here, {
    name: `${marked} door locks`,
    userAttributes: ['userName'],
    groupAttributes: [],
    groupIds: [group.body.id],
    tokenDays: null,
  });
  await changeOrg(deps, here, { removalThreshold: { people: 0, percent: 0 } });
  await server.scim('DELETE', `/Users/${await create('held')}`);
  await changeSignUpLink(deps, here, 'on');
  await writeSso(db, ssoRow(deps.secret, server.orgId, `https://${marked}.okta.example`));
  const { domain } = await addOrgDomain(deps, here, `${marked}.example`);
  const foreignScim = {
    baseUrl: server.baseUrl.replace(server.connectionId, foreign.connection.id),
    token: foreign.token,
  };
  await scimClient(foreignScim.baseUrl, foreignScim.token)('GET', '/Groups');
  await server.deps.provisioningLog.flush();
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id;
  const target: Target = {
    orgId: server.orgId,
    connectionId: server.connectionId,
    tokenId: String(await one(sql`select id from connection_tokens where org_id = ${server.orgId}`)),
    ownerId: server.ownerId,
    memberId,
    invitedId: String(invited?.memberId),
    removedId,
    groupId: group.body.id,
    sessionId: String(await one(sql`select id from sessions where org_id = ${server.orgId}`)),
    domain,
    clientId,
    credentialId: credentialIds[0] ?? '',
    readerId,
    readerTokenId,
    endpointId,
    deliveryId: String(await one(sql`select id from webhook_deliveries where org_id = ${server.orgId}`)),
    holdId: String(await one(sql`select id from holds where org_id = ${server.orgId}`)),
    mailId: String(await one(sql`select id from outbox where org_id = ${server.orgId}`)),
    recordSeq: Number(
      await one(sql`select max(seq) as id from provisioning_records where org_id = ${server.orgId}`),
    ),
  };
  return {
    server,
    target,
    outsider: await signInForApi(server.deps, tern.id, tern.ownerId),
    plainMember: await signInForApi(server.deps, server.orgId, plain.member.id),
    foreignScim,
    snapshot: () => snapshotOf(server),
  };
}

/** Requests themselves leave traces: when a session was used, and the record of a refused SCIM request. */
const traces = new Set([
  'provisioning_records',
  'provisioning_tally',
  'tolerance_tally',
  'connection_tokens',
  'sessions',
]);

async function snapshotOf({ deps, orgId }: ScimServer): Promise<Readonly<Record<string, unknown>>> {
  const { db } = deps.database;
  const tables = (await db.introspection.getTables()).filter(
    ({ name, columns }) => !traces.has(name) && columns.some((column) => column.name === 'org_id'),
  );
  const rows = tables.map(async ({ name, columns }) => {
    const order = sql.join(columns.map((column) => sql.ref(column.name)));
    const query = sql`select * from ${sql.table(name)} where org_id = ${orgId} order by ${order}`;
    return [name, (await query.execute(db)).rows] as const;
  });
  const org = await db.selectFrom('orgs').selectAll().where('id', '=', orgId).executeTakeFirst();
  return { org, ...Object.fromEntries(await Promise.all(rows)) };
}
