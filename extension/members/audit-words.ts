// The audit log in words: what was done, to what, from what to what. Pure.
import type { Outputs } from '../lib/api.ts';

export type AuditEntry = Outputs['audit']['list']['entries'][number];

/** What can be asked for, by how the actions begin. */
export const auditTopics = [
  { value: '', label: 'Everything' },
  { value: 'member.', label: 'People' },
  { value: 'member.role_changed', label: 'Roles of people' },
  { value: 'member.session_ended', label: 'Ended sessions' },
  { value: 'group.', label: 'Groups' },
  { value: 'connection.', label: 'Connections and tokens' },
  { value: 'hold.', label: 'Held removals' },
  { value: 'org.', label: 'Settings and domains' },
  { value: 'mail.', label: 'Mail' },
  { value: 'client.', label: 'OAuth clients' },
  { value: 'reader.', label: 'Readers' },
  { value: 'webhook.', label: 'Webhooks' },
] as const;

const words: Readonly<Record<string, string>> = {
  'org.created': 'Set the organisation up',
  'org.updated': 'Changed settings',
  'org.sign_up_link_changed': 'Changed the sign-up link',
  'org.domain_added': 'Added a domain',
  'org.domain_verified': 'Verified a domain',
  'org.domain_failing': 'Found a domain’s record missing',
  'org.domain_lost': 'Gave up a domain’s verification',
  'org.domain_removed': 'Removed a domain',
  'org.sso_changed': 'Changed single sign-on',
  'org.sso_removed': 'Removed single sign-on',
  'org.sso_required': 'Changed whether single sign-on is required',
  'org.attributes_changed': 'Changed custom attributes',
  'org.audit_trimmed': 'Deleted old audit entries',
  'org.role_mappings_changed': 'Changed roles by groups',
  'connection.created': 'Made a connection',
  'connection.deleted': 'Deleted a connection',
  'connection.token_created': 'Made a token',
  'connection.token_revoked': 'Revoked a token',
  'connection.setup_step_ticked': 'Ticked a set-up step',
  'connection.console_remembered': 'Kept a console’s address',
  'finding.snoozed': 'Put a finding aside for a while',
  'finding.dismissed': 'Dismissed a finding',
  'finding.taken_up': 'Took a finding up again',
  'member.added': 'Added',
  'member.adopted': 'Took over',
  'member.restored': 'Brought back',
  'member.role_changed': 'Changed the role',
  'member.updated': 'Changed the profile',
  'member.deactivated': 'Deactivated',
  'member.reactivated': 'Reactivated',
  'member.blocked': 'Blocked',
  'member.unblocked': 'Unblocked',
  'member.removed': 'Removed',
  'member.put_back': 'Put back',
  'member.erased': 'Erased the personal data',
  'member.invited': 'Invited',
  'member.invitation_resent': 'Sent the invitation again',
  'member.invitation_revoked': 'Withdrew the invitation',
  'member.invitation_expired': 'Let the invitation expire',
  'member.nudged': 'Reminded',
  'member.reminders_stopped': 'Stopped the reminders',
  'member.joined': 'Joined',
  'member.waiting': 'Waits for a seat',
  'member.seated': 'Took a free seat',
  'member.signed_in': 'Signed in',
  'member.emergency_sign_in': 'Signed in by mail in an emergency',
  'member.identity_linked': 'Linked with single sign-on',
  'member.identity_unlinked': 'Unlinked from single sign-on',
  'member.session_ended': 'Ended a session',
  'member.mail_failed': 'A mail did not arrive',
  'mail.resent': 'Sent a mail again',
  'group.added': 'Added',
  'group.adopted': 'Took over',
  'group.updated': 'Changed',
  'group.members_changed': 'Changed who is in it',
  'group.removed': 'Removed',
  'group.put_back': 'Put back',
  'client.created': 'Made an OAuth client',
  'client.credential_added': 'Added a key or secret to an OAuth client',
  'client.credential_revoked': 'Revoked a key or secret of an OAuth client',
  'client.removed': 'Removed an OAuth client',
  'reader.created': 'Made a reader',
  'reader.changed': 'Changed a reader',
  'reader.token_created': 'Made a reader’s token',
  'reader.token_revoked': 'Revoked a reader’s token',
  'reader.removed': 'Removed a reader',
  'webhook.created': 'Made a webhook',
  'webhook.changed': 'Changed a webhook',
  'webhook.removed': 'Removed a webhook',
  'webhook.secret_rotated': 'Renewed a webhook’s secret',
  'webhook.disabled': 'Disabled a webhook',
  'webhook.enabled': 'Enabled a webhook',
  'webhook.replayed': 'Sent a webhook’s messages again',
  'hold.opened': 'Held a mass removal',
  'hold.approved': 'Let a mass removal stand',
  'hold.restored': 'Restored a mass removal',
};

export function actionWords(action: string): string {
  return words[action] ?? action;
}

export function actorOf({ actor }: AuditEntry): string {
  if (actor.kind === 'server') return 'Rollcall by itself';
  return actor.kind === 'operator' ? 'Operator, at the terminal' : actor.name;
}

export function subjectOf({ subject }: AuditEntry): string {
  if (subject.name !== null) return subject.name;
  return {
    member: 'Somebody erased',
    group: 'A group that is gone',
    connection: 'A deleted connection',
    org: '–',
  }[subject.kind];
}

/** A value of a change as people read it; "nothing" where there is none. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return asDate(value) ?? value.toLocaleString();
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(valueWords).join(', ');
  return Object.entries(value as object)
    .map(([name, part]) => `${name}: ${valueWords(part)}`)
    .join(', ');
}

/** Numbers as large as this are moments. */
const earliest = Date.UTC(2015, 0);

function asDate(value: number): string | undefined {
  if (value < earliest) return undefined;
  return new Date(value).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The first change in one line, and that there are more: "role: member → admin, and 2 more". */
export function changesInBrief({ changes }: AuditEntry): string {
  const [first, ...others] = Object.entries(changes);
  if (first === undefined) return '';
  const [path, [before, after]] = first;
  const line = `${path}: ${valueWords(before)} → ${valueWords(after)}`;
  return others.length === 0 ? line : `${line}, and ${others.length} more`;
}
