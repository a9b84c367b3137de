import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { requireSso } from '../../../server/auth/set-up-sso.ts';
import { changeRoleMappings } from '../../../server/groups/role-mapping.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import type { MemberRole } from '../../../shared/member.ts';
import { type ApiClient, apiClient } from '../../helpers/api-client.ts';
import { consent, trade } from '../../helpers/extension-client.ts';
import { followHistory } from '../../helpers/history.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { type Visitor, visitor } from '../../helpers/visitor.ts';
import { openSsoStage, type SsoStage } from '../../oidc/sso-stage.ts';

const signedOut = 'You are signed out. Sign in again; what you were doing is still there.';

describe.each(databases)(
  'an owner who is one no more, where single sign-on is required, on %s',
  (database) => {
    let stage: SsoStage;
    let email: string;
    let id: string;
    let people = 0;
    beforeAll(async () => {
      stage = await openSsoStage({ database, shape: 'okta', people: [] });
    });
    afterAll(() => stage.close());
    beforeEach(async () => {
      await stage.set({ required: 1 });
      email = `owner${++people}@larkspur.example`;
      stage.idp.people.push({ id: `00uowner${people}`, name: 'Wim Aalto', email });
      id = await stage.addMember(email, 'active', 'owner');
    });

    const source = () => ({ ...operator, orgId: stage.server.orgId, connectionId: null });
    const changes = () => changeDepsOf(stage.server.deps);
    const give = (role: MemberRole | 'by-groups') =>
      applyDirectoryChange(changes(), source(), { kind: 'change-role', id, role });
    const told = () => followHistory(stage.server.deps.database.db, stage.server.orgId);
    const byMail = async () => {
      stage.server.clock.now += 20 * 60_000;
      const who = visitor(stage.url);
      await who.submit('/sign-in', { email, by: 'mail' });
      const { code } = await lastMailTo(stage.server.deps, email);
      expect((await who.submit('/sign-in/code', { code })).status).toBe(303);
      return who;
    };
    /** The extension of somebody who is in with a browser. */
    const extensionOf = async (who: Visitor) =>
      apiClient(stage.url, (await trade(stage.url, await consent(who))).body.access_token);
    const isIn = async (who: Visitor) => (await who.get('/')).status === 200;
    const me = async (api: ApiClient) =>
      api.auth.me.query().then(
        () => 'in',
        (error: Error) => error.message,
      );

    test('loses what they came in by with a mail, and keeps what rests on the identity provider’s word', async () => {
      const [mailed, there] = [await byMail(), await stage.signedIn(email)];
      const [mailedApi, thereApi] = [await extensionOf(mailed), await extensionOf(there)];
      const code = await consent(mailed);
      expect([await me(mailedApi), await me(thereApi)]).toEqual(['in', 'in']);
      const next = await told();
      await give('admin');
      expect([await me(mailedApi), await me(thereApi)]).toEqual([signedOut, 'in']);
      expect([await isIn(mailed), await isIn(there)]).toEqual([false, true]);
      expect((await trade(stage.url, code)).status).toBe(400);
      const { events, audit } = await next();
      const expected = ['member.role_changed', 'member.session_ended', 'member.session_ended'];
      expect(events.map(({ type, subject }) => [type, subject])).toEqual(expected.map((type) => [type, id]));
      expect(audit.map(({ action, by }) => [action, by])).toEqual(expected.map((action) => [action, 'test']));
    });

    test('loses it too when it is their groups that say so: by the mapping, and by SCIM', async () => {
      const asked = { ...operator, orgId: stage.server.orgId };
      const user = await stage.server.scim('PUT', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: email,
        emails: [{ value: email, primary: true }],
      });
      expect(user.status, user.text).toBe(200);
      const made = await stage.server.scim('POST', '/Groups', {
        displayName: `Owners ${people}`,
        members: [{ value: id }],
      });
      const group = made.body.id as string;
      const map = (role: MemberRole) => changeRoleMappings(changes(), asked, [{ groupId: group, role }]);
      await map('owner');
      await give('by-groups');
      const first = await extensionOf(await byMail());
      await map('admin');
      expect(await me(first)).toBe(signedOut);

      await map('owner');
      const second = await extensionOf(await byMail());
      const next = await told();
      await stage.server.scim('PATCH', `/Groups/${group}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }],
      });
      expect(await me(second)).toBe(signedOut);
      const ended = (await next()).audit.filter(({ action }) => action === 'member.session_ended');
      // The browser's, and that of the extension.
      expect(ended.map(({ by }) => by)).toEqual([stage.server.connectionId, stage.server.connectionId]);
      await changeRoleMappings(changes(), asked, []);
    });

    test('keeps it where single sign-on is not required, and so does whoever stays an owner', async () => {
      const staying = await extensionOf(await byMail());
      await give('owner');
      expect(await me(staying)).toBe('in');
      await stage.set({ required: 0 });
      await give('member');
      expect(await me(staying)).toBe('in');
    });

    test('stays in by no crossing of the two changes: that which comes second ends it', async () => {
      for (let round = 0; round < 4; round++) {
        await stage.set({ required: 0, proven_at: stage.server.clock.now });
        await give('owner');
        const api = await extensionOf(await byMail());
        await stage.signedIn(email);
        const asked = { ...operator, orgId: stage.server.orgId, actor: { kind: 'member', id } } as const;
        await Promise.all([requireSso(changes(), asked, true), give('member')]);
        expect(await me(api)).toBe(signedOut);
      }
    });
  },
);
