// What webhooks tell of: each type of event in a sentence, with the details that its message carries. Knows no transport.
// Whatever is not listed here is in no message, so that a field added to an event stays inside until somebody offers it.

/** A type of event: what happened, and each field of `data.details` with what stands in it. */
export interface WebhookEventWords {
  readonly says: string;
  readonly details: Readonly<Record<string, string>>;
}

const status = 'their status since then';
const changed = 'the names of the attributes that changed, without values';
const ended = {
  sessionsEnded: 'how many sessions ended with it',
  invitationsEnded: 'how many invitations ended with it',
};
const groups = 'in how many groups they were; left out for none';
const invitationId = 'the invitation';
const automatic = 'whether Rollcall did it by itself';
const session = { sessionId: 'the session', name: 'the device, as its owner sees it' };
const finding = { findingId: 'the finding', title: 'what is wrong, without the value seen' };
const displayName = 'the group’s name';
const hold = { holdId: 'the held removal', people: 'how many people it is about' };
const domain = 'the domain';
const endpoint = { endpointId: 'the endpoint', name: 'its name' };

/** Every event that is offered, by type. */
export const webhookEvents = {
  'member.added': { says: 'Somebody was added to the directory.', details: { status } },
  'member.adopted': {
    says: 'A connection began to manage somebody who was there.',
    details: { status, changed },
  },
  'member.restored': { says: 'A connection brought somebody back.', details: { status, changed } },
  'member.updated': { says: 'Somebody’s attributes changed.', details: { changed } },
  'member.role_changed': {
    says: 'Somebody has another role.',
    details: {
      from: 'the role before',
      to: 'the role since then',
      group: 'the group that gives it, if one does',
    },
  },
  'member.deactivated': { says: 'Somebody was deactivated; their access has ended.', details: ended },
  'member.reactivated': { says: 'Somebody was reactivated.', details: { status } },
  'member.blocked': { says: 'An admin blocked somebody; their access has ended.', details: ended },
  'member.unblocked': { says: 'An admin unblocked somebody.', details: { status } },
  'member.removed': {
    says: 'Somebody was removed from the directory; their access has ended.',
    details: { ...ended, groups },
  },
  'member.put_back': { says: 'Somebody who was removed was put back.', details: { status, groups } },
  'member.erased': { says: 'The personal data of somebody who was removed was erased.', details: {} },
  'member.invited': { says: 'Somebody was invited.', details: { invitationId, automatic } },
  'member.invitation_resent': { says: 'An invitation was sent again.', details: { invitationId } },
  'member.invitation_revoked': {
    says: 'An invitation was withdrawn.',
    details: { invitationId: 'the invitation; null for an invitation without a mail' },
  },
  'member.invitation_expired': { says: 'An invitation ran out.', details: { invitationId } },
  'member.nudged': { says: 'Somebody was reminded of an invitation.', details: { invitationId, automatic } },
  'member.reminders_stopped': { says: 'Somebody asked for no more reminders.', details: {} },
  'member.joined': {
    says: 'Somebody accepted an invitation, or joined without one.',
    details: { by: '`invitation`, `sign_up_link` or `sign_in`' },
  },
  'member.waiting': { says: 'Somebody waits for a free seat.', details: {} },
  'member.seated': { says: 'Somebody who waited took a free seat.', details: { status } },
  'member.signed_in': { says: 'Somebody signed in.', details: session },
  'member.emergency_sign_in': {
    says: 'An owner signed in by mail, past the single sign-on that is required.',
    details: {},
  },
  'member.identity_linked': {
    says: 'Somebody was linked with an account of the identity provider.',
    details: { issuer: 'the identity provider', by: '`email`, `directory` or `joining`' },
  },
  'member.identity_unlinked': {
    says: 'An admin unlinked somebody from their account of the identity provider.',
    details: { issuer: 'the identity provider' },
  },
  'member.session_ended': { says: 'A session was ended.', details: session },
  'member.mail_failed': {
    says: 'A mail to somebody did not arrive.',
    details: { mailId: 'the mail', kind: 'the kind of mail' },
  },
  'mail.resent': {
    says: 'A mail was sent again.',
    details: { mailId: 'the mail', kind: 'the kind of mail' },
  },
  'group.added': { says: 'A group was added.', details: { displayName } },
  'group.adopted': { says: 'A connection began to manage a group that was there.', details: { displayName } },
  'group.updated': { says: 'A group’s attributes changed.', details: { changed } },
  'group.members_changed': {
    says: 'Members joined or left a group.',
    details: { added: 'the ids of those who joined', removed: 'the ids of those who left' },
  },
  'group.removed': { says: 'A group was removed.', details: { displayName } },
  'group.put_back': { says: 'A group that was removed was put back.', details: { displayName } },
  'connection.created': {
    says: 'A connection was made.',
    details: { kind: '`okta`, `entra` or `other`', name: 'its name' },
  },
  'connection.deleted': {
    says: 'A connection was deleted.',
    details: {
      name: 'its name',
      membersReleased: 'how many members nobody manages since then',
      groupsReleased: 'how many groups nobody manages since then',
    },
  },
  'connection.token_created': {
    says: 'A bearer token of a connection was made.',
    details: {
      tokenId: 'the token’s id',
      expiresAt: 'when it runs out, in Unix milliseconds; null for never',
    },
  },
  'connection.token_revoked': {
    says: 'A bearer token of a connection was revoked.',
    details: { tokenId: 'the token’s id' },
  },
  'finding.opened': {
    says: 'A connection has a fault.',
    details: { ...finding, again: 'whether it had been there before' },
  },
  'finding.cleared': { says: 'A connection’s fault is gone.', details: finding },
  'finding.snoozed': {
    says: 'Somebody put a finding aside for a while.',
    details: { ...finding, until: 'until when, in Unix milliseconds' },
  },
  'finding.dismissed': { says: 'Somebody dismissed a finding.', details: finding },
  'finding.taken_up': { says: 'Somebody took a finding up again.', details: finding },
  'hold.opened': { says: 'A connection took many people away at once; the removal is held.', details: hold },
  'hold.approved': { says: 'An admin approved a held removal.', details: hold },
  'hold.restored': { says: 'An admin undid a held removal.', details: hold },
  'org.created': { says: 'The organisation was set up.', details: { name: 'its name' } },
  'org.updated': {
    says: 'Settings of the organisation changed.',
    details: { changed: 'the names of the settings, without values' },
  },
  'org.sign_up_link_changed': {
    says: 'The sign-up link was made, closed or renewed.',
    details: { link: '`on`, `off` or `rotated`' },
  },
  'org.domain_added': { says: 'A domain was added.', details: { domain } },
  'org.domain_verified': { says: 'A domain was verified.', details: { domain } },
  'org.domain_failing': {
    says: 'The DNS record of a verified domain is missing.',
    details: { domain, until: 'until when the domain still counts as verified, in Unix milliseconds' },
  },
  'org.domain_lost': { says: 'A domain is no longer verified.', details: { domain } },
  'org.domain_removed': { says: 'A domain was removed.', details: { domain } },
  'org.sso_changed': {
    says: 'Single sign-on was set up, or its settings changed.',
    details: { issuer: 'the identity provider', changed: 'the names of the settings' },
  },
  'org.sso_removed': { says: 'Single sign-on was removed.', details: { issuer: 'the identity provider' } },
  'org.sso_required': {
    says: 'Single sign-on became the only way in, or no longer is.',
    details: { required: 'whether it is', sessionsEnded: 'how many other sessions that ended' },
  },
  'org.role_mappings_changed': {
    says: 'It changed which groups give which role.',
    details: { rolesChanged: 'how many people have another role since then' },
  },
  'webhook.created': { says: 'A webhook endpoint was made.', details: endpoint },
  'webhook.changed': {
    says: 'A webhook endpoint was changed.',
    details: { ...endpoint, changed: 'what of it, without values' },
  },
  'webhook.removed': { says: 'A webhook endpoint was removed.', details: endpoint },
  'webhook.secret_rotated': {
    says: 'A webhook endpoint has a new secret.',
    details: { ...endpoint, oldSecretUntil: 'until when the old one signs too, in Unix milliseconds' },
  },
  'webhook.disabled': {
    says: 'A webhook endpoint was disabled.',
    details: { ...endpoint, reason: '`by_hand`, `gone` or `failing`' },
  },
  'webhook.enabled': {
    says: 'A webhook endpoint was enabled again.',
    details: { ...endpoint, missed: 'what became of what it missed: `replay` or `skip`' },
  },
  'webhook.replayed': {
    says: 'Somebody had messages sent to a webhook endpoint again.',
    details: { ...endpoint, since: 'those since when, in Unix milliseconds; null for a single one' },
  },
} as const satisfies Record<string, WebhookEventWords>;

export type WebhookEventType = keyof typeof webhookEvents;

export const webhookEventTypes = Object.keys(webhookEvents) as readonly WebhookEventType[];
