// Screens of others than the owner of a company that has lived with Rollcall: a plain member, an admin, the owner of a
// company on its first day. Knows how they sign in, no screen.
import { changeMembers } from '../../server/provisioning/change-members.ts';
import { apiClient, signInForApi } from '../helpers/api-client.ts';
import type { Larkspur } from '../helpers/larkspur.ts';
import { type ScimServer, startScimServer } from '../helpers/scim-server.ts';
import type { Stage } from './stage.ts';

/** What the server's own commands are given. */
export const doorOf = ({ deps }: Pick<Larkspur, 'deps'>) => ({
  db: deps.database.db,
  now: deps.now,
  secret: deps.secret,
});

export const signInAsMember = (stage: Stage) => signInAs(stage, 'member');
export const signInAsAdmin = (stage: Stage) => signInAs(stage, 'admin');

/** Somebody who has joined, with this role. */
async function signInAs({ org, browser }: Stage, role: 'member' | 'admin'): Promise<void> {
  const api = apiClient(org.url, org.account.token);
  const [person] = (await api.members.list.query({ status: 'active', role: 'member' })).rows;
  if (person === undefined) throw new Error('Nobody has joined.');
  if (role === 'admin')
    await changeMembers(
      doorOf(org),
      { ...org.asked, actingRole: 'owner' },
      { action: { kind: 'change-role', role }, ids: [person.id] },
    );
  const token = await signInForApi(org.deps, org.orgId, person.id);
  await browser.signIn({ ...org.account, token, member: { id: person.id, name: person.name, role } });
}

let newOrg: ScimServer | undefined;

/** The owner of an org that has nobody else and no connection. */
export async function signInOnFirstDay({ browser }: Stage): Promise<void> {
  newOrg = await startScimServer();
  const { deps, orgId, ownerId, url, connectionId, clock } = newOrg;
  clock.now = Date.now();
  const token = await signInForApi(deps, orgId, ownerId);
  await apiClient(url, token).connections.delete.mutate({ connectionId });
  await browser.signIn({
    server: url,
    token,
    org: { id: orgId, name: 'Larkspur Foundry' },
    member: { id: ownerId, name: 'Ada Holm', role: 'owner' },
  });
}

export async function endFirstDay(): Promise<void> {
  await newOrg?.close();
  newOrg = undefined;
}
