// Every type of event as a sentence for people, with what came with it. Pure; no new event compiles without its words.
import { conjoined } from '../core/conjoined.ts';
import type { AccessEnded, EventData, EventType } from '../events/event-log.ts';

/** An event that is to be told, its actor by name. */
export type ToldEvent = {
  [Type in EventType]: {
    readonly type: Type;
    readonly data: EventData[Type];
    readonly actor: { readonly kind: 'connection' | 'member' | 'operator' | 'server'; readonly name: string };
    /** Whether people did it to themselves. */
    readonly oneself: boolean;
  };
}[EventType];

/** A sentence without its full stop, and what is worth knowing besides. */
export interface EventSentence {
  readonly sentence: string;
  readonly detail?: string;
}

interface Teller {
  /** " by Our Okta"; nothing when Rollcall did it by itself. */
  readonly by: string;
  readonly oneself: boolean;
}

type Sentences = { readonly [Type in EventType]: (data: EventData[Type], teller: Teller) => EventSentence };

const sentences: Sentences = {
  'org.created': ({ name }, { by }) => ({ sentence: `${name} set up${by}` }),
  'org.updated': ({ changed }, { by }) => ({ sentence: `Settings changed${by}`, ...also(listed(changed)) }),
  'org.sign_up_link_changed': ({ link }, { by }) => ({
    sentence:
      { on: 'Sign-up link made', off: 'Sign-up link closed', rotated: 'Sign-up link renewed' }[link] + by,
  }),
  'org.domain_added': ({ domain }, { by }) => ({ sentence: `Domain ${domain} added${by}` }),
  'org.domain_verified': ({ domain }) => ({ sentence: `Domain ${domain} verified` }),
  'org.domain_failing': ({ domain }) => ({ sentence: `The DNS record of ${domain} is missing` }),
  'org.domain_lost': ({ domain }) => ({ sentence: `Domain ${domain} is no longer verified` }),
  'org.domain_removed': ({ domain }, { by }) => ({ sentence: `Domain ${domain} removed${by}` }),
  'org.sso_changed': ({ issuer, changed }, { by }) => ({
    sentence: `Single sign-on through ${issuer} set up${by}`,
    ...also(listed(changed)),
  }),
  'org.sso_removed': ({ issuer }, { by }) => ({ sentence: `Single sign-on through ${issuer} removed${by}` }),
  'org.sso_required': ({ required, sessionsEnded }, { by }) => ({
    sentence: `Single sign-on ${required ? 'required' : 'no longer required'}${by}`,
    ...also(sessionsEnded > 0 && `${count(sessionsEnded, 'session', 'sessions')} ended`),
  }),
  'org.attributes_changed': ({ name, step }, { by }) => ({ sentence: `Attribute ${name} ${step}${by}` }),
  'org.audit_trimmed': ({ until }) => ({
    sentence: `Audit entries from before ${new Date(until).toISOString().slice(0, 10)} deleted, as the settings say`,
  }),
  'org.role_mappings_changed': ({ rolesChanged }, { by }) => ({
    sentence: `Roles by groups changed${by}`,
    ...also(rolesChanged > 0 && `${count(rolesChanged, 'person has', 'people have')} another role`),
  }),
  'connection.created': ({ name }, { by }) => ({ sentence: `Connection ${name} made${by}` }),
  'connection.deleted': ({ name, membersReleased }, { by }) => ({
    sentence: `Connection ${name} deleted${by}`,
    ...also(
      membersReleased > 0 && `${count(membersReleased, 'person is', 'people are')} managed by nobody now`,
    ),
  }),
  'connection.token_created': (_, { by }) => ({ sentence: `Token made${by}` }),
  'connection.token_revoked': (_, { by }) => ({ sentence: `Token revoked${by}` }),
  'connection.setup_step_ticked': ({ step, ticked }, { by }) => ({
    sentence: `Set-up step “${step}” ${ticked ? 'ticked' : 'opened again'}${by}`,
  }),
  'connection.console_remembered': (_, { by }) => ({ sentence: `Address of the app’s console kept${by}` }),
  'finding.opened': ({ title, again }) => ({ sentence: `${again ? 'Found again' : 'Found'}: ${title}` }),
  'finding.cleared': ({ title }) => ({ sentence: `Cleared: ${title}` }),
  'finding.snoozed': ({ title, until }, { by }) => ({
    sentence: `Finding snoozed${by}: ${title}`,
    detail: `until ${new Date(until).toISOString().slice(0, 10)}`,
  }),
  'finding.dismissed': ({ title, reason }, { by }) => ({
    sentence: `Finding dismissed${by}: ${title}`,
    detail: reason,
  }),
  'finding.taken_up': ({ title }, { by }) => ({ sentence: `Finding taken up again${by}: ${title}` }),
  'member.added': ({ status }, { by }) => ({
    sentence: `Added to the directory${by}`,
    ...also(standing(status)),
  }),
  'member.adopted': ({ changed }, { by }) => ({ sentence: `Taken over${by}`, ...also(alsoChanged(changed)) }),
  'member.restored': ({ changed }, { by }) => ({
    sentence: `Brought back${by}`,
    ...also(alsoChanged(changed)),
  }),
  'member.role_changed': ({ from, to, group }, { by }) => ({
    sentence: from === to ? `Role ${to} confirmed${by}` : `Role changed from ${from} to ${to}${by}`,
    ...also(group !== undefined && `through the group ${group}`),
  }),
  'member.updated': ({ changed }, { by }) => ({
    sentence: `${capitalised(listed(changed) || 'profile')} changed${by}`,
  }),
  'member.deactivated': (ended, { by }) => ({ sentence: `Deactivated${by}`, ...also(whatEnded(ended)) }),
  'member.reactivated': ({ status }, { by }) => ({ sentence: `Reactivated${by}`, ...also(standing(status)) }),
  'member.blocked': (data, { by }) => ({
    sentence: `Blocked${by}`,
    ...also(joined(data.reason ? `“${data.reason}”` : false, whatEnded(data))),
  }),
  'member.unblocked': ({ status }, { by }) => ({ sentence: `Unblocked${by}`, ...also(standing(status)) }),
  'member.removed': ({ groups = 0, ...ended }, { by }) => ({
    sentence: `Removed${by}`,
    ...also(joined(whatEnded(ended), groups > 0 && `${count(groups, 'group', 'groups')} left`)),
  }),
  'member.put_back': ({ status, groups = 0 }, { by }) => ({
    sentence: `Put back${by}`,
    ...also(joined(standing(status), groups > 0 && `in ${count(groups, 'group', 'groups')} again`)),
  }),
  'member.erased': () => ({ sentence: 'Personal data erased' }),
  'member.invited': ({ automatic }, { by }) => ({
    sentence: automatic ? 'Invited automatically' : `Invited${by}`,
  }),
  'member.invitation_resent': (_, { by }) => ({ sentence: `Invitation sent again${by}` }),
  'member.invitation_revoked': (_, { by }) => ({ sentence: `Invitation withdrawn${by}` }),
  'member.invitation_expired': () => ({ sentence: 'Invitation expired' }),
  'member.nudged': ({ automatic, message }, { by }) => ({
    sentence: automatic ? 'Reminded automatically' : `Reminded${by}`,
    ...also(message && 'with a personal message'),
  }),
  'member.reminders_stopped': () => ({ sentence: 'Asked for no more reminders' }),
  'member.joined': ({ by }) => ({
    sentence: {
      invitation: 'Accepted the invitation',
      sign_up_link: 'Joined through the sign-up link',
      sign_in: 'Joined by signing in',
    }[by],
  }),
  'member.waiting': () => ({ sentence: 'Waits for a free seat' }),
  'member.seated': ({ status }) => ({ sentence: 'Took a free seat', ...also(standing(status)) }),
  'member.signed_in': ({ name }) => ({ sentence: `Signed in with ${name}` }),
  'member.emergency_sign_in': () => ({
    sentence: 'Signed in by mail in an emergency',
    detail: 'past the single sign-on that is required',
  }),
  'member.identity_linked': ({ issuer, by }) => ({
    sentence: `Linked with an account at ${issuer}`,
    detail: {
      email: 'by their verified e-mail address',
      directory: 'by the id that the directory gives them',
      joining: 'by joining with it',
    }[by],
  }),
  'member.identity_unlinked': ({ issuer }, { by }) => ({
    sentence: `Unlinked from the account at ${issuer}${by}`,
  }),
  'member.session_ended': ({ name }, { by, oneself }) => ({
    sentence: oneself ? `Signed out of ${name}` : `Session ${name} ended${by}`,
  }),
  'member.mail_failed': ({ error }) => ({ sentence: 'A mail did not arrive', ...also(error) }),
  'mail.resent': (_, { by }) => ({ sentence: `A mail was sent again${by}` }),
  'group.added': ({ displayName }, { by }) => ({ sentence: `Group ${displayName} added${by}` }),
  'group.adopted': ({ displayName }, { by }) => ({ sentence: `Group ${displayName} taken over${by}` }),
  'group.updated': ({ changed }, { by }) => ({ sentence: `Group changed${by}`, ...also(listed(changed)) }),
  'group.members_changed': ({ added, removed }, { by }) => ({
    sentence: `Members of the group changed${by}`,
    ...also(
      [added.length > 0 && `${added.length} added`, removed.length > 0 && `${removed.length} removed`]
        .filter(Boolean)
        .join(', '),
    ),
  }),
  'group.removed': ({ displayName }, { by }) => ({ sentence: `Group ${displayName} removed${by}` }),
  'group.put_back': ({ displayName }, { by }) => ({ sentence: `Group ${displayName} put back${by}` }),
  'client.created': ({ name }, { by }) => ({ sentence: `OAuth client ${name} made${by}` }),
  'client.credential_added': ({ name }, { by }) => ({
    sentence: `A further key or secret added to the OAuth client ${name}${by}`,
  }),
  'client.credential_revoked': ({ name }, { by }) => ({
    sentence: `A key or secret of the OAuth client ${name} revoked${by}`,
  }),
  'client.removed': ({ name }, { by }) => ({ sentence: `OAuth client ${name} removed${by}` }),
  'reader.created': ({ name }, { by }) => ({ sentence: `Reader ${name} made${by}` }),
  'reader.changed': ({ name, changed }, { by }) => ({
    sentence: `Reader ${name} changed${by}`,
    ...also(listed(changed)),
  }),
  'reader.token_created': ({ name }, { by }) => ({ sentence: `Token of the reader ${name} made${by}` }),
  'reader.token_revoked': ({ name }, { by }) => ({ sentence: `Token of the reader ${name} revoked${by}` }),
  'reader.removed': ({ name }, { by }) => ({ sentence: `Reader ${name} removed${by}` }),
  'webhook.created': ({ name }, { by }) => ({ sentence: `Webhook ${name} made${by}` }),
  'webhook.changed': ({ name, changed }, { by }) => ({
    sentence: `Webhook ${name} changed${by}`,
    ...also(listed(changed)),
  }),
  'webhook.removed': ({ name }, { by }) => ({ sentence: `Webhook ${name} removed${by}` }),
  'webhook.secret_rotated': ({ name }, { by }) => ({
    sentence: `Secret of the webhook ${name} renewed${by}`,
  }),
  'webhook.disabled': ({ name, reason }, { by }) => ({
    sentence: `Webhook ${name} disabled${by}`,
    ...also(
      { by_hand: false, gone: 'its receiver is gone', failing: 'nothing got through for three days' }[
        reason
      ] as string | false,
    ),
  }),
  'webhook.enabled': ({ name, missed }, { by }) => ({
    sentence: `Webhook ${name} enabled${by}`,
    detail: missed === 'replay' ? 'what it missed is sent' : 'what it missed is left out',
  }),
  'webhook.replayed': ({ name, since }, { by }) => ({
    sentence: `${since === null ? 'A message' : 'Messages'} of the webhook ${name} sent again${by}`,
    ...also(since !== null && `everything since ${new Date(since).toISOString().slice(0, 10)}`),
  }),
  'hold.opened': ({ people }) => ({
    sentence: 'A mass removal is held',
    ...also(count(people, 'person', 'people')),
  }),
  'hold.approved': ({ people }, { by }) => ({
    sentence: `Mass removal approved${by}`,
    ...also(count(people, 'person', 'people')),
  }),
  'hold.restored': ({ people }, { by }) => ({
    sentence: `Mass removal undone${by}`,
    ...also(`${count(people, 'person', 'people')} restored`),
  }),
};

/** What an event says to people. */
export function eventSentence(event: ToldEvent): EventSentence {
  const by = tellActor(event.actor, event.oneself);
  const tell = sentences[event.type] as (data: unknown, teller: Teller) => EventSentence;
  return tell(event.data, { by, oneself: event.oneself });
}

/** " by Our Okta"; nothing when Rollcall did it by itself, or people to themselves. */
export function tellActor({ kind, name }: ToldEvent['actor'], oneself: boolean): string {
  return kind === 'server' || oneself ? '' : ` by ${name}`;
}

function also(detail: string | false | null): { readonly detail?: string } {
  return detail ? { detail } : {};
}

function joined(...parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

function whatEnded({ sessionsEnded, invitationsEnded }: AccessEnded): string {
  return joined(
    sessionsEnded > 0 && `${count(sessionsEnded, 'session', 'sessions')} ended`,
    invitationsEnded > 0 && `${count(invitationsEnded, 'invitation', 'invitations')} withdrawn`,
  );
}

/** Where somebody stands after something that leaves it open. */
function standing(status: string): string | false {
  const words: Readonly<Record<string, string>> = {
    not_invited: 'not invited yet',
    invited: 'invited, not joined yet',
    blocked: 'still blocked',
    deactivated: 'without access',
  };
  return words[status] ?? false;
}

function alsoChanged(changed: readonly string[]): string | false {
  const names = listed(changed.filter((path) => path !== 'active'));
  return names !== '' && `${names} changed`;
}

/** Attribute paths whose last part alone would not tell a person what is meant. */
const attributeNames: Readonly<Record<string, string>> = {
  displayName: 'name',
  'name.givenName': 'given name',
  'name.familyName': 'family name',
  'name.formatted': 'full name',
  userName: 'user name',
  emails: 'e-mail addresses',
  phoneNumbers: 'phone numbers',
  externalId: 'id at the identity provider',
  active: 'access',
};

/** "title, department and 2 more": attributes as people call them. */
function listed(paths: readonly string[]): string {
  const names = [...new Set(paths.map(attributeName))];
  if (names.length <= 3) return conjoined(names);
  return conjoined([...names.slice(0, 2), `${names.length - 2} more`]);
}

/** "urn:…:User:employeeNumber" → "employee number". */
function attributeName(path: string): string {
  const own = path.split(/[.:]/).at(-1) ?? path;
  return attributeNames[path] ?? own.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
