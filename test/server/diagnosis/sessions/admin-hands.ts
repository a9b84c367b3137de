// What admins do in sessions again and again: on the side of Rollcall and in a console. Knows commands, no rule.
import { changeDepsOf } from '../../../../server/audit/change-context.ts';
import { changeOrg } from '../../../../server/invitations/change-org.ts';
import { applyDirectoryChange } from '../../../../server/provisioning/apply-directory-change.ts';
import { revokeToken, rotateToken } from '../../../../server/provisioning/change-connection.ts';
import { findConnection } from '../../../../server/provisioning/connection-store.ts';
import { operator, type ScimServer } from '../../../helpers/scim-server.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { minute } from '../../../idp/simulated-time.ts';
import type { Stage } from './rule-session.ts';

const asked = ({ orgId, connectionId }: ScimServer) => ({ ...operator, orgId, connectionId });
const byHand = ({ orgId }: ScimServer) => ({ ...operator, orgId, connectionId: null });

/** Makes another token and gives it; the older one has `overlapDays` left. */
export async function newToken(
  server: ScimServer,
  { tokenDays = null, overlapDays = 7 }: { tokenDays?: number | null; overlapDays?: number } = {},
): Promise<string> {
  const request = { ...asked(server), tokenDays, overlapDays };
  return (await rotateToken(changeDepsOf(server.deps), request)).token;
}

/** Revokes the oldest token. */
export async function revokeOldest(server: ScimServer): Promise<void> {
  const connection = await findConnection(server.deps.database.db, server.connectionId);
  const tokenId = connection?.tokens[0]?.id ?? '';
  await revokeToken(changeDepsOf(server.deps), { ...asked(server), tokenId });
}

/** Takes a group out of the directory by hand. */
export async function removeGroupHere(server: ScimServer, id: string): Promise<void> {
  const change = { kind: 'remove-group', id, isExpected: () => true } as const;
  await applyDirectoryChange(changeDepsOf(server.deps), byHand(server), change);
}

export async function addOwner(server: ScimServer): Promise<void> {
  const standing = { role: 'owner', invitedAt: null, joinedAt: server.clock.now } as const;
  const attributes = { userName: 'bo@larkspur.example' };
  const change = { kind: 'add-member-by-hand', attributes, standing } as const;
  await applyDirectoryChange(changeDepsOf(server.deps), byHand(server), change);
}

/** Sets the limit of seats; whoever arrives is invited at once. */
export async function limitSeats(server: ScimServer, seatLimit: number | null): Promise<void> {
  const { orgId } = server;
  await changeOrg(changeDepsOf(server.deps), { ...operator, orgId }, { seatLimit, automaticInvites: true });
}

/** Notes a domain as one that DNS has confirmed. */
export async function verifyDomain(server: ScimServer, domain: string): Promise<void> {
  const { now } = server.clock;
  const verified = { challenge: '', created_at: now, verified_at: now, checked_at: now, failing_since: null };
  await server.deps.database.db
    .insertInto('org_domains')
    .values({ org_id: server.orgId, domain, ...verified })
    .execute();
}

/** Okta, tested and with five people provisioned. */
export async function runningOkta({ idp, pass }: Stage<SimulatedOkta>) {
  const five = hireFive(idp);
  await idp.testCredentials();
  idp.assign(...five);
  await pass(minute);
  return five;
}

/** Entra, tested and started, with five people provisioned. */
export async function runningEntra({ idp, pass }: Stage<SimulatedEntra>) {
  const five = hireFive(idp);
  idp.assign(...five);
  await idp.testConnection();
  idp.start();
  await pass(minute);
  return five;
}
