// An org whose people are explained: a server with Okta connected, what happens to its people, and their stories in words.
import { expect } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { explainMember } from '../../../server/diagnosis/explain-member.ts';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { inviteKnownMembers } from '../../../server/invitations/invite-members.ts';
import { signInMember } from '../../../server/members/sign-in-member.ts';
import { changeMembers } from '../../../server/provisioning/change-members.ts';
import type { MemberAction } from '../../../shared/member-action.ts';
import type { OrgSettingsChange } from '../../../shared/org-settings.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

export const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];

/** A server with Okta connected, and what the tests do to its people. */
export async function openExplainedOrg(options: Parameters<typeof startScimServer>[0]) {
  const server = await startScimServer({ kind: 'okta', name: 'Our Okta', ...options });
  const asked = {
    orgId: server.orgId,
    actor: { kind: 'member', id: server.ownerId },
    requestId: 'request',
  } as const;
  const door = changeDepsOf(server.deps);
  const by = (connection: Pick<ScimServer, 'scim'>) => ({
    add: async (userName: string, more: object = {}) => {
      server.clock.now += 1000;
      const [givenName] = userName.split(/[.@]/);
      const body = { schemas, userName, name: { givenName, familyName: 'Holm' }, active: true, ...more };
      const answer = await connection.scim('POST', '/Users', body);
      expect(answer.status, answer.text).toBe(201);
      return answer.body.id as string;
    },
    setActive: async (id: string, active: boolean) => {
      server.clock.now += 1000;
      const Operations = [{ op: 'replace', value: { active } }];
      expect((await connection.scim('PATCH', `/Users/${id}`, { schemas, Operations })).status).toBe(200);
    },
    remove: async (id: string) => {
      server.clock.now += 1000;
      expect((await connection.scim('DELETE', `/Users/${id}`)).status).toBe(204);
    },
  });
  return {
    server,
    okta: by(server),
    by,
    asked,
    door,
    settings: (change: OrgSettingsChange) => changeOrg(door, asked, change),
    invite: (id: string) => inviteKnownMembers(door, asked, [id]),
    change: (action: MemberAction, id: string) =>
      changeMembers(door, { ...asked, actingRole: 'owner' }, { action, ids: [id] }),
    join: (memberId: string, mailbox: string) =>
      signInMember(door, {
        orgId: server.orgId,
        memberId,
        mailbox,
        requestId: 'join',
        device: { kind: 'browser', name: 'Firefox' },
      }),
    explain: async (id: string) => {
      await server.deps.provisioningLog.flush();
      return explainMember(server.deps, server.orgId, id);
    },
  };
}

/** The story as somebody reads it: "!" before what is wrong, the request behind in brackets. */
export async function told(story: ReturnType<Awaited<ReturnType<typeof openExplainedOrg>>['explain']>) {
  const { heading, lines, remedies } = await story;
  const words = lines.map(({ sentence, isWrong, source }) =>
    [isWrong ? '! ' : '', sentence, source?.kind === 'record' ? ` [${source.request}]` : ''].join(''),
  );
  const todo = remedies.map(({ sentence, console }) =>
    [sentence, ...(console?.labels ?? []).slice(0, 1)].join(' → '),
  );
  return [heading, ...words, ...todo];
}
