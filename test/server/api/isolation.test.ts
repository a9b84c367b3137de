import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../../../server/api/app-router.ts';
import { accessPolicy, may } from '../../../server/auth/access-policy.ts';
import { databases } from '../../helpers/scim-server.ts';
import { marked, startTwoOrgs, type Target, type TwoOrgs } from './two-orgs.ts';

interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation' | 'subscription'; readonly meta?: { right?: string } };
}

/** Every procedure, as the router itself has them. */
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>;

/** What each procedure is asked with, aimed at the first org. A procedure without an entry here fails the first test. */
const inputs: Readonly<Record<string, (target: Target) => unknown>> = {
  'auth.me': () => undefined,
  'auth.sessions': () => undefined,
  'auth.endSession': ({ sessionId }) => ({ sessionId }),
  'auth.endOtherSessions': () => undefined,
  'org.get': () => undefined,
  'org.change': () => ({ name: 'Changed' }),
  'org.domains': () => undefined,
  'org.addDomain': () => ({ domain: 'new-domain.example' }),
  'org.checkDomain': ({ domain }) => ({ domain }),
  'org.removeDomain': ({ domain }) => ({ domain }),
  'org.signUpLink': () => undefined,
  'org.changeSignUpLink': () => 'rotate',
  'members.list': ({ groupId, connectionId }) => ({ groupId, connectionId }),
  'members.counts': ({ connectionId }) => ({ connectionId }),
  'members.get': ({ memberId }) => ({ memberId }),
  'members.timeline': ({ memberId }) => ({ memberId }),
  'members.explain': ({ memberId }) => ({ memberId }),
  'members.change': ({ memberId }) => ({ action: { kind: 'change-role', role: 'owner' }, ids: [memberId] }),
  'members.previewImport': () => ({ csv: 'email,name\nnew@somewhere.example,New' }),
  'members.import': () => ({ csv: 'email,name\nother@somewhere.example,Other' }),
  'members.endSession': ({ ownerId: memberId, sessionId }) => ({ memberId, sessionId }),
  'members.unlinkSso': ({ memberId }) => ({ memberId, issuer: 'https://tern.okta.com' }),
  'invitations.invite': () => ({ text: 'new@somewhere.example' }),
  'invitations.inviteMembers': ({ memberId }) => ({ memberIds: [memberId] }),
  'invitations.inviteEverybody': () => undefined,
  'invitations.pending': () => ({}),
  'invitations.notInvited': () => ({}),
  'invitations.resend': ({ invitedId }) => ({ memberId: invitedId }),
  'invitations.revoke': ({ invitedId }) => ({ memberId: invitedId }),
  'invitations.nudge': ({ invitedId }) => ({ memberIds: [invitedId], message: 'Hello' }),
  'invitations.previewNudge': ({ invitedId }) => ({ memberId: invitedId, message: 'Hello' }),
  'groups.list': () => ({}),
  'groups.members': ({ groupId }) => ({ groupId }),
  'groups.roleMappings': () => undefined,
  'groups.previewRoleMappings': ({ groupId }) => [{ groupId, role: 'admin' }],
  'groups.changeRoleMappings': ({ groupId }) => [{ groupId, role: 'admin' }],
  'holds.list': () => ({}),
  'holds.held': ({ holdId }) => ({ holdId }),
  'holds.approve': ({ holdId }) => ({ holdId }),
  'holds.restore': ({ holdId }) => ({ holdId }),
  'audit.list': ({ memberId }) => ({ subjectId: memberId }),
  'mail.list': () => ({}),
  'mail.resend': ({ mailId }) => ({ mailId }),
  'sso.get': () => undefined,
  'sso.test': () => ({ issuer: 'https://tern-admin.okta.com', clientId: 'tern', clientSecret: null }),
  'sso.save': () => ({
    issuer: 'https://tern-admin.okta.com',
    clientId: 'tern',
    clientSecret: 'x',
    joining: 'invited_only',
  }),
  'sso.require': () => ({ required: true }),
  'sso.remove': () => undefined,
  'webhooks.list': () => undefined,
  'webhooks.create': () => ({ name: 'New', url: 'https://new.example/hook', eventTypes: null }),
  'webhooks.change': ({ endpointId }) => ({ endpointId, name: 'Changed' }),
  'webhooks.remove': ({ endpointId }) => ({ endpointId }),
  'webhooks.rotate': ({ endpointId }) => ({ endpointId }),
  'webhooks.enable': ({ endpointId }) => ({ endpointId, missed: 'skip' }),
  'webhooks.disable': ({ endpointId }) => ({ endpointId }),
  'webhooks.test': ({ endpointId }) => ({ endpointId }),
  'webhooks.deliveries': ({ endpointId }) => ({ endpointId }),
  'webhooks.attempts': ({ endpointId, deliveryId }) => ({ endpointId, deliveryId }),
  'webhooks.replay': ({ endpointId, deliveryId }) => ({ endpointId, deliveryId }),
  'attributes.get': () => undefined,
  'attributes.preview': () => ({ kind: 'add', attribute: { name: 'badge', type: 'string' } }),
  'attributes.save': () => ({
    version: 0,
    step: { kind: 'add', attribute: { name: 'badge', type: 'string' } },
  }),
  'clients.list': ({ connectionId }) => ({ ownerKind: 'connection', ownerId: connectionId }),
  'clients.create': ({ readerId }) => ({
    ownerKind: 'reader',
    ownerId: readerId,
    name: 'New',
    credential: { kind: 'secret' },
  }),
  'clients.addCredential': ({ clientId }) => ({ clientId, credential: { kind: 'secret' } }),
  'clients.revokeCredential': ({ clientId, credentialId }) => ({ clientId, credentialId }),
  'clients.remove': ({ clientId }) => ({ clientId }),
  'readers.list': () => undefined,
  'readers.attributes': () => undefined,
  'readers.create': () => ({
    name: 'New',
    userAttributes: ['userName'],
    groupAttributes: [],
    groupIds: null,
  }),
  'readers.change': ({ readerId }) => ({ readerId, name: 'Changed' }),
  'readers.rotateToken': ({ readerId }) => ({ readerId }),
  'readers.revokeToken': ({ readerId, readerTokenId: tokenId }) => ({ readerId, tokenId }),
  'readers.remove': ({ readerId }) => ({ readerId }),
  'connections.list': () => undefined,
  'connections.create': () => ({ kind: 'okta', name: 'New' }),
  'connections.rotateToken': ({ connectionId }) => ({ connectionId }),
  'connections.revokeToken': ({ connectionId, tokenId }) => ({ connectionId, tokenId }),
  'connections.delete': ({ connectionId }) => ({ connectionId }),
  'setup.checklist': ({ connectionId }) => ({ connectionId }),
  'setup.tick': ({ connectionId }) => ({ connectionId, stepId: 'credentials', ticked: true }),
  'setup.rememberConsole': ({ connectionId }) => ({
    connectionId,
    address: 'https://larkspur-admin.okta.com/admin/app/oidc_client/instance/0oa1b2c3/',
  }),
  'records.list': ({ connectionId }) => ({ connectionId }),
  'records.get': ({ recordSeq }) => ({ seq: recordSeq }),
  'sync.status': () => undefined,
  'sync.history': ({ connectionId }) => ({ connectionId }),
  'findings.list': ({ connectionId }) => ({ connectionId }),
  'findings.snooze': ({ connectionId }) => ({ findingId: `token.missing:${connectionId}`, until: 9e12 }),
  'findings.dismiss': ({ connectionId }) => ({ findingId: `token.missing:${connectionId}`, reason: 'x' }),
  'findings.takeUp': ({ connectionId }) => ({ findingId: `token.missing:${connectionId}` }),
  'sync.attention': () => undefined,
  'live.events': () => ({ lastEventId: '0' }),
  'live.news': () => ({ after: 0 }),
};

/** What everybody may do, whatever their role. */
const forEverybody = ['auth.endOtherSessions', 'auth.endSession', 'auth.me', 'auth.sessions'];

const names = Object.keys(procedures).sort();

test('every procedure is tried here', () => {
  expect(Object.keys(inputs).sort()).toEqual(names);
});

test('every procedure asks for a right that the policy knows', () => {
  for (const name of names)
    expect(Object.keys(accessPolicy), name).toContain(procedures[name]?._def.meta?.right);
});

describe.each(databases)('what is the org’s stays the org’s, on %s', (database) => {
  let orgs: TwoOrgs;
  let before: unknown;
  beforeAll(async () => {
    orgs = await startTwoOrgs(database);
    before = await orgs.snapshot();
  });
  afterAll(() => orgs.server.close());

  /** Calls a procedure over HTTP; of a stream, reads what comes at once. */
  const call = async (name: string, token?: string) => {
    const input = JSON.stringify(inputs[name]?.(orgs.target));
    const type = procedures[name]?._def.type;
    const stop = new AbortController();
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(type === 'mutation' && { 'content-type': 'application/json' }),
      ...(type === 'subscription' && { accept: 'text/event-stream' }),
    };
    const query = type === 'mutation' || input === undefined ? '' : `?input=${encodeURIComponent(input)}`;
    const response = await fetch(`${orgs.server.url}/trpc/${name}${query}`, {
      method: type === 'mutation' ? 'POST' : 'GET',
      headers,
      signal: stop.signal,
      ...(type === 'mutation' && input !== undefined && { body: input }),
    });
    if (type !== 'subscription' || response.status !== 200)
      return { status: response.status, text: await response.text() };
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      // The other org's own connection is the newest thing in its history, and has sent one request.
      if (/connection\.token_created|"outcome":"found/.test(text)) break;
    }
    stop.abort();
    // A stream begins before anybody is asked who they are; its refusal is its first and last word.
    const refusal = /"httpStatus":(\d+)/.exec(text)?.[1];
    return { status: Number(refusal ?? response.status), text };
  };

  test.each(names)('%s tells the owner of another org nothing and changes nothing', async (name) => {
    const { status, text } = await call(name, orgs.outsider);
    expect(status, text).toBeLessThan(500);
    const given = JSON.stringify(inputs[name]?.(orgs.target) ?? '');
    for (const secret of [marked, ...Object.values(orgs.target).map(String)].filter(
      (word) => word.length > 5,
    ))
      if (!given.includes(secret)) expect(text.toLowerCase()).not.toContain(secret);
    expect(await orgs.snapshot()).toEqual(before);
  });

  test.each(names)('%s lets nobody in who is not signed in', async (name) => {
    expect(await call(name)).toMatchObject({ status: 401 });
    expect(await orgs.snapshot()).toEqual(before);
  });

  test.each(names.filter((name) => !forEverybody.includes(name)))(
    '%s is not for a plain member',
    async (name) => {
      const { status, text } = await call(name, orgs.plainMember);
      expect(status, text).toBe(403);
      expect(text).toContain('access.denied');
      expect(await orgs.snapshot()).toEqual(before);
    },
  );
});

test('what a plain member may do is listed here, and no more', () => {
  const member = { memberId: 'm', role: 'member', membersMayInvite: false } as const;
  const open = names.filter((name) => {
    const right = procedures[name]?._def.meta?.right as keyof typeof accessPolicy;
    return may(member, right);
  });
  expect(open).toEqual(forEverybody);
});
