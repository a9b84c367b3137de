// What Ada, the owner, and her people do in Rollcall itself: the organisation, invitations, joining. Knows the commands, no
// identity provider.
import { type AskedInOrg, changeDepsOf } from '../../server/audit/change-context.ts';
import { lookIfDue } from '../../server/diagnosis/look-at-connection.ts';
import { changeOrg } from '../../server/invitations/change-org.ts';
import { inviteKnownMembers } from '../../server/invitations/invite-members.ts';
import { nudgeMembers } from '../../server/invitations/nudge-members.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import { signInMember } from '../../server/members/sign-in-member.ts';
import { checkOrgDomain } from '../../server/orgs/domain-verification.ts';
import { addOrgDomain } from '../../server/orgs/org-domains.ts';
import { changeMembers } from '../../server/provisioning/change-members.ts';
import { listConnections } from '../../server/provisioning/connection-store.ts';
import type { MemberStatus } from '../../shared/member.ts';
import { signInForApi } from '../helpers/api-client.ts';
import { domain } from './demo-names.ts';
import type { DemoServer } from './demo-server.ts';

export const owner = { name: 'Ada Holm', email: `ada@${domain}` } as const;

export interface RollcallAdmin {
  readonly orgId: string;
  readonly ownerId: string;
  readonly asked: AskedInOrg;
  /** Invites everybody who is not yet. */
  inviteAll(): Promise<void>;
  /** So many of those invited join, those first who have waited longest; `spare` of them at least go on waiting. */
  join(count: number, spare: number): Promise<void>;
  nudgeOldest(count: number): Promise<void>;
  blockSomebody(reason: string): Promise<void>;
  /** Brings the findings of all connections up to date. */
  look(): Promise<void>;
  /** A session of the owner's, as the extension has one; gives its token. */
  signIn(): Promise<string>;
}

/** Sets the organisation up as its operator does, with the company's domain verified. */
export async function setUpRollcall({ deps }: DemoServer): Promise<RollcallAdmin> {
  const { db } = deps.database;
  const door = changeDepsOf(deps);
  const set = { actor: { kind: 'operator', id: 'demo' }, requestId: 'demo', from: 'terminal' } as const;
  const org = await setUpOrg(door, { ...set, name: 'Larkspur Foundry', ownerEmail: owner.email });
  const asked = { orgId: org.id, actor: { kind: 'member', id: org.ownerId }, requestId: 'demo' } as const;
  await changeOrg(door, asked, {
    // Long enough for whoever lets weeks go by while they look.
    sessionDays: 90,
    invitationDays: 90,
    // One of four providers alone can go beyond it.
    removalThreshold: { people: 8, percent: 2 },
  });
  await addOrgDomain(door, asked, domain);
  await checkOrgDomain({ ...door, readChallenge: deps.readChallenge }, asked, domain);

  const withStatus = (status: MemberStatus) =>
    db
      .selectFrom('members')
      .select(['id', 'email'])
      .where('org_id', '=', org.id)
      .where('status', '=', status)
      .orderBy('seq')
      .execute();
  return {
    orgId: org.id,
    ownerId: org.ownerId,
    asked,
    inviteAll: async () => {
      const ids = (await withStatus('not_invited')).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += 500)
        await inviteKnownMembers(door, asked, ids.slice(from, from + 500));
    },
    join: async (count, spare) => {
      const invited = await withStatus('invited');
      for (const { id, email } of invited.slice(0, Math.max(0, Math.min(count, invited.length - spare)))) {
        await signInMember(door, {
          orgId: org.id,
          memberId: id,
          mailbox: email ?? '',
          requestId: 'join',
          device: { kind: 'browser', name: 'Firefox on Linux' },
        });
      }
    },
    nudgeOldest: async (count) => {
      const memberIds = (await withStatus('invited')).slice(0, count).map(({ id }) => id);
      await nudgeMembers(door, asked, { memberIds, message: null });
    },
    blockSomebody: async (reason) => {
      const somebody = (await withStatus('active')).find(({ id }) => id !== org.ownerId);
      if (somebody === undefined) return;
      const action = { kind: 'block', reason } as const;
      await changeMembers(door, { ...asked, actingRole: 'owner' }, { action, ids: [somebody.id] });
    },
    look: async () => {
      await deps.provisioningLog.flush();
      for (const connection of await listConnections(db, org.id)) await lookIfDue(deps, org.id, connection);
    },
    signIn: () => signInForApi(deps, org.id, org.ownerId),
  };
}
