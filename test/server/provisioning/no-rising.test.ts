import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import type { MemberRole } from '../../../shared/member.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { allRows } from '../../helpers/rows.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe.each(databases)('nobody makes anybody more than they are, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let admin: ApiClient;
  let inviter: ApiClient;
  let adminId: string;
  /** Groups that no connection manages; the first gives the role of an owner. */
  let owners: string;
  let plain: string;
  beforeAll(async () => {
    server = await startScimServer({ database });
    const signIn = async (id: string) =>
      apiClient(server.url, await signInForApi(server.deps, server.orgId, id));
    owner = await signIn(server.ownerId);
    adminId = await add('admin@larkspur.example', 'admin');
    admin = await signIn(adminId);
    inviter = await signIn(await add('inviter@larkspur.example', 'member'));
    await owner.org.change.mutate({ membersMayInvite: true });
    const group = async (displayName: string) => {
      const change = { kind: 'add-group', attributes: { displayName }, memberIds: [] } as const;
      return (await applyDirectoryChange(deps(), source(), change)).group.id;
    };
    [owners, plain] = [await group('Owners'), await group('Plain')];
    await owner.groups.changeRoleMappings.mutate([{ groupId: owners, role: 'owner' }]);
  });
  afterAll(() => server.close());

  const deps = () => changeDepsOf(server.deps);
  const source = () => ({ ...operator, orgId: server.orgId, connectionId: null });
  const add = async (address: string, role: MemberRole, joinedAt: number | null = 1) => {
    const attributes = { userName: address, active: true, emails: [{ value: address, primary: true }] };
    const change = {
      kind: 'add-member-by-hand',
      attributes,
      standing: { role, invitedAt: joinedAt === null ? 1 : null, joinedAt },
    } as const;
    return (await applyDirectoryChange(deps(), source(), change)).member.id;
  };
  const roleOf = async (email: string) =>
    (await deps().db.selectFrom('members').select('role').where('email_norm', '=', email).executeTakeFirst())
      ?.role;
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: { readonly data?: { readonly reason?: string } }) => error.data?.reason,
    );

  test('an admin neither makes an owner nor changes one', async () => {
    const before = await allRows(deps().db);
    const act = async (
      action: Parameters<ApiClient['members']['change']['mutate']>[0]['action'],
      id: string,
    ) =>
      (await admin.members.change.mutate({ action, ids: [id] })).outcomes.map((one) =>
        one.outcome === 'refused' ? one.code : one.outcome,
      );
    expect(await act({ kind: 'change-role', role: 'owner' }, adminId)).toEqual(['member.owners_only']);
    for (const action of [
      { kind: 'change-role', role: 'member' },
      { kind: 'change-role', role: 'by-groups' },
      { kind: 'block', reason: null },
      { kind: 'deactivate' },
      { kind: 'remove' },
    ] as const) {
      const [code] = await act(action, server.ownerId);
      expect(code, action.kind).toMatch(/^member\.(?:owners_only|last_owner)$/);
    }
    expect(await allRows(deps().db)).toEqual(before);
  });

  test('an owner’s sessions and invitation are not an admin’s to end', async () => {
    const [session] = await owner.auth.sessions.query();
    const asked = { memberId: server.ownerId, sessionId: session?.id ?? '' };
    expect(await refusal(admin.members.endSession.mutate(asked))).toBe('member.owners_only');
    expect(await owner.auth.sessions.query()).toHaveLength(1);
    const account = { memberId: server.ownerId, issuer: 'https://larkspur.okta.com' };
    expect(await refusal(admin.members.unlinkSso.mutate(account))).toBe('member.owners_only');
    const second = await add('second@larkspur.example', 'owner', null);
    expect(await refusal(admin.invitations.revoke.mutate({ memberId: second }))).toBe('member.owners_only');
    expect(await refusal(owner.invitations.revoke.mutate({ memberId: second }))).toBe('done');
    const [own] = await admin.auth.sessions.query();
    expect(
      await refusal(owner.members.endSession.mutate({ memberId: adminId, sessionId: own?.id ?? '' })),
    ).toBe('done');
    admin = apiClient(server.url, await signInForApi(server.deps, server.orgId, adminId));
  });

  test('an invitation gives no role above one’s own, whatever the line says', async () => {
    const text = 'email,role\nrise1@larkspur.example,owner\nrise2@larkspur.example,admin';
    const outcomes = async (who: ApiClient) =>
      (await who.invitations.invite.mutate({ text })).people.map(({ outcome }) => outcome);
    expect(await outcomes(inviter)).toEqual(['not_allowed', 'not_allowed']);
    expect(await outcomes(admin)).toEqual(['not_allowed', 'invited']);
    expect(
      await refusal(inviter.invitations.invite.mutate({ text: 'rise3@larkspur.example', role: 'owner' })),
    ).toBe('done');
    expect(await roleOf('rise3@larkspur.example')).toBeUndefined();
  });

  test('a file puts nobody into a group that gives a role, unless an owner’s', async () => {
    const csv = 'email,groups\nrise4@larkspur.example,Owners\nrise5@larkspur.example,Plain';
    const preview = await admin.members.previewImport.mutate({ csv });
    expect(preview.lines).toMatchObject([
      { kind: 'problem', column: 'groups', value: 'Owners', problem: 'role_group' },
      { kind: 'new', email: 'rise5@larkspur.example' },
    ]);
    await admin.members.import.mutate({ csv });
    expect([await roleOf('rise4@larkspur.example'), await roleOf('rise5@larkspur.example')]).toEqual([
      undefined,
      'member',
    ]);
    await owner.members.import.mutate({ csv });
    expect(await roleOf('rise4@larkspur.example')).toBe('owner');
  });

  test('roles by groups are an owner’s to map, and taking one’s own back by hand is no way up', async () => {
    expect(await refusal(admin.groups.changeRoleMappings.mutate([{ groupId: plain, role: 'owner' }]))).toBe(
      'access.denied',
    );
    const steps = [{ op: 'add', ids: [adminId] }] as const;
    const edit = (current: never) => current;
    await applyDirectoryChange(deps(), source(), {
      kind: 'edit-group',
      id: owners,
      edit,
      steps,
      isExpected: () => true,
    } as never);
    const { outcomes } = await admin.members.change.mutate({
      action: { kind: 'change-role', role: 'by-groups' },
      ids: [adminId],
    });
    expect(outcomes).toMatchObject([{ outcome: 'refused', code: 'member.owners_only' }]);
    expect(await roleOf('admin@larkspur.example')).toBe('admin');
  });

  test('an owner who was removed is put back by owners only', async () => {
    const gone = await add('gone@larkspur.example', 'owner');
    const act = (who: ApiClient, kind: 'remove' | 'put-back') =>
      who.members.change.mutate({ action: { kind }, ids: [gone] });
    await act(owner, 'remove');
    expect((await act(admin, 'put-back')).outcomes).toMatchObject([{ code: 'member.owners_only' }]);
    expect(await roleOf('gone@larkspur.example')).toBeUndefined();
    expect((await act(owner, 'put-back')).outcomes).toMatchObject([{ outcome: 'done' }]);
  });
});
