import { expect, test } from 'vitest';
import type { EventData, EventType } from '../../../server/events/event-log.ts';
import { eventSentence, type ToldEvent } from '../../../server/members/event-sentence.ts';

type Actor = ToldEvent['actor'];
const okta: Actor = { kind: 'connection', name: 'Our Okta' };
const ada: Actor = { kind: 'member', name: 'Ada Holm' };
const server: Actor = { kind: 'server', name: 'Rollcall' };
const operator: Actor = { kind: 'operator', name: 'the operator' };

interface Case<Type extends EventType> {
  readonly data: EventData[Type];
  readonly actor: Actor;
  readonly oneself?: true;
  readonly says: string;
  readonly detail?: string;
}

const nothing = { sessionsEnded: 0, invitationsEnded: 0 };
const invitationId = 'i';
const client = { clientId: 'c', name: 'HR feed' };
const reader = { readerId: 'r', name: 'Door locks' };
const hook = { endpointId: 'w', name: 'Payroll' };
const fault = { findingId: 'f', title: 'No token' };

/** Every type there is, at least once: one that is missing does not compile. */
const table: { readonly [Type in EventType]: readonly Case<Type>[] } = {
  'org.created': [{ data: { name: 'Larkspur' }, actor: operator, says: 'Larkspur set up by the operator' }],
  'org.updated': [
    {
      data: { changed: ['automaticInvites', 'seatLimit'] },
      actor: ada,
      says: 'Settings changed by Ada Holm',
      detail: 'automatic invites and seat limit',
    },
  ],
  'org.sign_up_link_changed': [
    { data: { link: 'on' }, actor: ada, says: 'Sign-up link made by Ada Holm' },
    { data: { link: 'off' }, actor: ada, says: 'Sign-up link closed by Ada Holm' },
    { data: { link: 'rotated' }, actor: ada, says: 'Sign-up link renewed by Ada Holm' },
  ],
  'org.domain_added': [
    { data: { domain: 'a.example' }, actor: ada, says: 'Domain a.example added by Ada Holm' },
  ],
  'org.domain_verified': [{ data: { domain: 'a.example' }, actor: ada, says: 'Domain a.example verified' }],
  'org.domain_failing': [
    {
      data: { domain: 'a.example', until: 1 },
      actor: server,
      says: 'The DNS record of a.example is missing',
    },
  ],
  'org.domain_lost': [
    { data: { domain: 'a.example' }, actor: server, says: 'Domain a.example is no longer verified' },
  ],
  'org.sso_changed': [
    {
      data: { issuer: 'https://heron.okta.example', changed: ['issuer', 'clientSecret'] },
      actor: ada,
      says: 'Single sign-on through https://heron.okta.example set up by Ada Holm',
      detail: 'issuer and client secret',
    },
  ],
  'org.attributes_changed': [
    {
      data: { name: 'badge', step: 'put back' },
      actor: ada,
      says: 'Attribute badge put back by Ada Holm',
    },
  ],
  'org.sso_removed': [
    {
      data: { issuer: 'https://heron.okta.example' },
      actor: ada,
      says: 'Single sign-on through https://heron.okta.example removed by Ada Holm',
    },
  ],
  'org.sso_required': [
    {
      data: { required: true, sessionsEnded: 2 },
      actor: ada,
      says: 'Single sign-on required by Ada Holm',
      detail: '2 sessions ended',
    },
    {
      data: { required: false, sessionsEnded: 0 },
      actor: ada,
      says: 'Single sign-on no longer required by Ada Holm',
    },
  ],
  'org.domain_removed': [
    { data: { domain: 'a.example' }, actor: ada, says: 'Domain a.example removed by Ada Holm' },
  ],
  'org.audit_trimmed': [
    {
      data: { until: Date.UTC(2026, 7, 4) },
      actor: { kind: 'server', name: 'Rollcall' },
      says: 'Audit entries from before 2026-08-04 deleted, as the settings say',
    },
  ],
  'org.role_mappings_changed': [
    {
      data: { rolesChanged: 23 },
      actor: ada,
      says: 'Roles by groups changed by Ada Holm',
      detail: '23 people have another role',
    },
    { data: { rolesChanged: 0 }, actor: ada, says: 'Roles by groups changed by Ada Holm' },
  ],
  'connection.created': [
    { data: { kind: 'okta', name: 'Our Okta' }, actor: ada, says: 'Connection Our Okta made by Ada Holm' },
  ],
  'connection.deleted': [
    {
      data: { name: 'Our Okta', membersReleased: 1, groupsReleased: 0 },
      actor: ada,
      says: 'Connection Our Okta deleted by Ada Holm',
      detail: '1 person is managed by nobody now',
    },
  ],
  'connection.token_created': [
    { data: { tokenId: 't', expiresAt: null }, actor: ada, says: 'Token made by Ada Holm' },
  ],
  'connection.token_revoked': [{ data: { tokenId: 't' }, actor: ada, says: 'Token revoked by Ada Holm' }],
  'connection.setup_step_ticked': [
    {
      data: { stepId: 'assign', step: 'Assign people', ticked: true },
      actor: ada,
      says: 'Set-up step “Assign people” ticked by Ada Holm',
    },
    {
      data: { stepId: 'assign', step: 'Assign people', ticked: false },
      actor: ada,
      says: 'Set-up step “Assign people” opened again by Ada Holm',
    },
  ],
  'connection.console_remembered': [
    { data: {}, actor: ada, says: 'Address of the app’s console kept by Ada Holm' },
  ],
  'finding.opened': [
    { data: { ...fault, again: false }, actor: server, says: 'Found: No token' },
    { data: { ...fault, again: true }, actor: server, says: 'Found again: No token' },
  ],
  'finding.cleared': [{ data: fault, actor: server, says: 'Cleared: No token' }],
  'finding.snoozed': [
    {
      data: { ...fault, until: Date.UTC(2026, 10, 5) },
      actor: ada,
      says: 'Finding snoozed by Ada Holm: No token',
      detail: 'until 2026-11-05',
    },
  ],
  'finding.dismissed': [
    {
      data: { ...fault, reason: 'on purpose' },
      actor: ada,
      says: 'Finding dismissed by Ada Holm: No token',
      detail: 'on purpose',
    },
  ],
  'finding.taken_up': [{ data: fault, actor: ada, says: 'Finding taken up again by Ada Holm: No token' }],
  'member.added': [
    {
      data: { status: 'not_invited' },
      actor: okta,
      says: 'Added to the directory by Our Okta',
      detail: 'not invited yet',
    },
    { data: { status: 'active' }, actor: operator, says: 'Added to the directory by the operator' },
  ],
  'member.adopted': [
    {
      data: { status: 'active', changed: ['title', 'active'] },
      actor: okta,
      says: 'Taken over by Our Okta',
      detail: 'title changed',
    },
  ],
  'member.restored': [
    { data: { status: 'active', changed: ['active'] }, actor: okta, says: 'Brought back by Our Okta' },
  ],
  'member.role_changed': [
    {
      data: { from: 'member', to: 'admin' },
      actor: ada,
      says: 'Role changed from member to admin by Ada Holm',
    },
    { data: { from: 'admin', to: 'admin' }, actor: ada, says: 'Role admin confirmed by Ada Holm' },
    {
      data: { from: 'member', to: 'admin', group: 'Keepers' },
      actor: okta,
      says: 'Role changed from member to admin by Our Okta',
      detail: 'through the group Keepers',
    },
  ],
  'member.updated': [
    {
      data: { changed: ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber'] },
      actor: okta,
      says: 'Employee number changed by Our Okta',
    },
    {
      data: { changed: ['emails', 'name.familyName', 'title', 'userName'] },
      actor: okta,
      says: 'E-mail addresses, family name and 2 more changed by Our Okta',
    },
  ],
  'member.deactivated': [
    {
      data: { sessionsEnded: 2, invitationsEnded: 1 },
      actor: okta,
      says: 'Deactivated by Our Okta',
      detail: '2 sessions ended · 1 invitation withdrawn',
    },
    { data: nothing, actor: ada, says: 'Deactivated by Ada Holm' },
  ],
  'member.reactivated': [
    { data: { status: 'blocked' }, actor: okta, says: 'Reactivated by Our Okta', detail: 'still blocked' },
  ],
  'member.blocked': [
    {
      data: { sessionsEnded: 1, invitationsEnded: 0, reason: 'Lost laptop' },
      actor: ada,
      says: 'Blocked by Ada Holm',
      detail: '“Lost laptop” · 1 session ended',
    },
    { data: { ...nothing, reason: null }, actor: ada, says: 'Blocked by Ada Holm' },
  ],
  'member.unblocked': [{ data: { status: 'active' }, actor: ada, says: 'Unblocked by Ada Holm' }],
  'member.removed': [
    { data: nothing, actor: okta, says: 'Removed by Our Okta' },
    {
      data: { sessionsEnded: 1, invitationsEnded: 0, groups: 2 },
      actor: okta,
      says: 'Removed by Our Okta',
      detail: '1 session ended · 2 groups left',
    },
  ],
  'member.put_back': [
    {
      data: { status: 'invited' },
      actor: ada,
      says: 'Put back by Ada Holm',
      detail: 'invited, not joined yet',
    },
    {
      data: { status: 'active', groups: 1 },
      actor: ada,
      says: 'Put back by Ada Holm',
      detail: 'in 1 group again',
    },
  ],
  'member.erased': [{ data: {}, actor: server, says: 'Personal data erased' }],
  'member.invited': [
    { data: { invitationId, automatic: true }, actor: okta, says: 'Invited automatically' },
    { data: { invitationId, automatic: false }, actor: ada, says: 'Invited by Ada Holm' },
  ],
  'member.invitation_resent': [
    { data: { invitationId }, actor: ada, says: 'Invitation sent again by Ada Holm' },
  ],
  'member.invitation_revoked': [
    { data: { invitationId }, actor: ada, says: 'Invitation withdrawn by Ada Holm' },
  ],
  'member.invitation_expired': [{ data: { invitationId }, actor: server, says: 'Invitation expired' }],
  'member.nudged': [
    {
      data: { invitationId, automatic: false, message: true },
      actor: ada,
      says: 'Reminded by Ada Holm',
      detail: 'with a personal message',
    },
    {
      data: { invitationId, automatic: true, message: false },
      actor: server,
      says: 'Reminded automatically',
    },
  ],
  'member.reminders_stopped': [{ data: {}, actor: ada, oneself: true, says: 'Asked for no more reminders' }],
  'member.joined': [
    { data: { by: 'invitation' }, actor: ada, oneself: true, says: 'Accepted the invitation' },
    { data: { by: 'sign_up_link' }, actor: ada, oneself: true, says: 'Joined through the sign-up link' },
    { data: { by: 'sign_in' }, actor: ada, oneself: true, says: 'Joined by signing in' },
  ],
  'member.waiting': [{ data: {}, actor: okta, says: 'Waits for a free seat' }],
  'member.seated': [
    { data: { status: 'invited' }, actor: okta, says: 'Took a free seat', detail: 'invited, not joined yet' },
  ],
  'member.emergency_sign_in': [
    {
      data: {},
      actor: ada,
      oneself: true,
      says: 'Signed in by mail in an emergency',
      detail: 'past the single sign-on that is required',
    },
  ],
  'member.identity_linked': [
    {
      data: { issuer: 'https://heron.okta.example', by: 'email' },
      actor: ada,
      oneself: true,
      says: 'Linked with an account at https://heron.okta.example',
      detail: 'by their verified e-mail address',
    },
  ],
  'member.identity_unlinked': [
    {
      data: { issuer: 'https://heron.okta.example' },
      actor: ada,
      says: 'Unlinked from the account at https://heron.okta.example by Ada Holm',
    },
  ],
  'member.signed_in': [
    {
      data: { sessionId: 's', name: 'Chrome on macOS' },
      actor: ada,
      oneself: true,
      says: 'Signed in with Chrome on macOS',
    },
  ],
  'member.session_ended': [
    {
      data: { sessionId: 's', name: 'Chrome on macOS' },
      actor: ada,
      oneself: true,
      says: 'Signed out of Chrome on macOS',
    },
    {
      data: { sessionId: 's', name: 'Chrome on macOS' },
      actor: ada,
      says: 'Session Chrome on macOS ended by Ada Holm',
    },
  ],
  'member.mail_failed': [
    {
      data: { mailId: 'm', kind: 'invitation', error: 'mailbox full' },
      actor: server,
      says: 'A mail did not arrive',
      detail: 'mailbox full',
    },
  ],
  'mail.resent': [
    { data: { mailId: 'm', kind: 'invitation' }, actor: ada, says: 'A mail was sent again by Ada Holm' },
  ],
  'group.added': [{ data: { displayName: 'Sales' }, actor: okta, says: 'Group Sales added by Our Okta' }],
  'group.adopted': [
    { data: { displayName: 'Sales' }, actor: okta, says: 'Group Sales taken over by Our Okta' },
  ],
  'group.updated': [
    { data: { changed: ['displayName'] }, actor: okta, says: 'Group changed by Our Okta', detail: 'name' },
  ],
  'group.members_changed': [
    {
      data: { added: ['a', 'b'], removed: ['c'] },
      actor: okta,
      says: 'Members of the group changed by Our Okta',
      detail: '2 added, 1 removed',
    },
  ],
  'group.removed': [{ data: { displayName: 'Sales' }, actor: okta, says: 'Group Sales removed by Our Okta' }],
  'group.put_back': [
    { data: { displayName: 'Sales' }, actor: ada, says: 'Group Sales put back by Ada Holm' },
  ],
  'client.created': [{ data: client, actor: ada, says: 'OAuth client HR feed made by Ada Holm' }],
  'client.credential_added': [
    {
      data: { ...client, credentialIds: ['k'] },
      actor: ada,
      says: 'A further key or secret added to the OAuth client HR feed by Ada Holm',
    },
  ],
  'client.credential_revoked': [
    {
      data: { ...client, credentialId: 'k' },
      actor: ada,
      says: 'A key or secret of the OAuth client HR feed revoked by Ada Holm',
    },
  ],
  'client.removed': [{ data: client, actor: ada, says: 'OAuth client HR feed removed by Ada Holm' }],
  'reader.created': [{ data: reader, actor: ada, says: 'Reader Door locks made by Ada Holm' }],
  'reader.changed': [
    {
      data: { ...reader, changed: ['groups'] },
      actor: ada,
      says: 'Reader Door locks changed by Ada Holm',
      detail: 'groups',
    },
  ],
  'reader.token_created': [
    {
      data: { ...reader, tokenId: 't', expiresAt: null },
      actor: ada,
      says: 'Token of the reader Door locks made by Ada Holm',
    },
  ],
  'reader.token_revoked': [
    {
      data: { ...reader, tokenId: 't' },
      actor: ada,
      says: 'Token of the reader Door locks revoked by Ada Holm',
    },
  ],
  'reader.removed': [{ data: reader, actor: ada, says: 'Reader Door locks removed by Ada Holm' }],
  'webhook.created': [{ data: hook, actor: ada, says: 'Webhook Payroll made by Ada Holm' }],
  'webhook.changed': [
    {
      data: { ...hook, changed: ['address', 'eventTypes'] },
      actor: ada,
      says: 'Webhook Payroll changed by Ada Holm',
      detail: 'address and event types',
    },
  ],
  'webhook.removed': [{ data: hook, actor: ada, says: 'Webhook Payroll removed by Ada Holm' }],
  'webhook.secret_rotated': [
    {
      data: { ...hook, oldSecretUntil: 1 },
      actor: ada,
      says: 'Secret of the webhook Payroll renewed by Ada Holm',
    },
  ],
  'webhook.disabled': [
    { data: { ...hook, reason: 'by_hand' }, actor: ada, says: 'Webhook Payroll disabled by Ada Holm' },
    {
      data: { ...hook, reason: 'gone' },
      actor: server,
      says: 'Webhook Payroll disabled',
      detail: 'its receiver is gone',
    },
    {
      data: { ...hook, reason: 'failing' },
      actor: server,
      says: 'Webhook Payroll disabled',
      detail: 'nothing got through for three days',
    },
  ],
  'webhook.enabled': [
    {
      data: { ...hook, missed: 'replay' },
      actor: ada,
      says: 'Webhook Payroll enabled by Ada Holm',
      detail: 'what it missed is sent',
    },
    {
      data: { ...hook, missed: 'skip' },
      actor: ada,
      says: 'Webhook Payroll enabled by Ada Holm',
      detail: 'what it missed is left out',
    },
  ],
  'webhook.replayed': [
    {
      data: { ...hook, since: null },
      actor: ada,
      says: 'A message of the webhook Payroll sent again by Ada Holm',
    },
    {
      data: { ...hook, since: Date.UTC(2026, 10, 1) },
      actor: ada,
      says: 'Messages of the webhook Payroll sent again by Ada Holm',
      detail: 'everything since 2026-11-01',
    },
  ],
  'hold.opened': [
    { data: { holdId: 'h', people: 40 }, actor: server, says: 'A mass removal is held', detail: '40 people' },
  ],
  'hold.approved': [
    {
      data: { holdId: 'h', people: 1 },
      actor: ada,
      says: 'Mass removal approved by Ada Holm',
      detail: '1 person',
    },
  ],
  'hold.restored': [
    {
      data: { holdId: 'h', people: 40 },
      actor: ada,
      says: 'Mass removal undone by Ada Holm',
      detail: '40 people restored',
    },
  ],
};

const cases = Object.entries(table).flatMap(([type, ofType]) =>
  (ofType as readonly Case<EventType>[]).map((one) => ({ type, ...one })),
);

test.each(cases)('$type: $says', ({ type, data, actor, oneself = false, says, detail }) => {
  const told = eventSentence({ type, data, actor, oneself } as unknown as ToldEvent);
  expect(told).toEqual({ sentence: says, ...(detail !== undefined && { detail }) });
});
