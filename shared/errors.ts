// Every failure that Rollcall can tell a person, in one catalogue. Knows no transport beyond the status each code maps to.

import { clientErrors } from './client-errors.ts';
import { customAttributeErrors } from './custom-attribute-errors.ts';
import { type DomainRefusal, domainRefusals } from './domain.ts';
import { type ErrorEntry, entry } from './error-entry.ts';
import { type LifecycleRefusal, lifecycleRefusals } from './member.ts';
import { ssoErrors } from './sso-errors.ts';
import { webhookErrors } from './webhook-errors.ts';

export type { ErrorEntry };

/** `noun.reason` → status and sentence. A new code does not compile until every translator knows it. */
export const errors = {
  'org.not_found': entry<{ org: string }>(
    404,
    'NOT_FOUND',
    ({ org }) =>
      `There is no organisation "${org}". Run "rollcall setup" to make one, or check its short name.`,
  ),
  'org.slug_taken': entry<{ slug: string }>(
    409,
    'CONFLICT',
    ({ slug }) =>
      `The short name "${slug}" is taken by another organisation. Choose a different organisation name.`,
  ),
  'session.missing': entry<Record<never, never>>(
    401,
    'UNAUTHORIZED',
    () => 'You are signed out. Sign in again; what you were doing is still there.',
  ),
  'session.not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'This session has ended already. Load the list again to see those that are left.',
  ),
  'sign_in.too_many': entry<{ minutes: number }>(
    429,
    'TOO_MANY_REQUESTS',
    ({ minutes }) =>
      `There were many tries in a short time. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
  ),
  'live.too_many': entry<Record<never, never>>(
    429,
    'TOO_MANY_REQUESTS',
    () =>
      'Rollcall is open in many places of this browser at once; the newest ones stay up to date. Close some, then load this one again.',
  ),
  'access.denied': entry<{ right: string }>(
    403,
    'FORBIDDEN',
    ({ right }) => `Your role does not let you ${right}. Ask an owner of your organisation for it.`,
  ),
  'connection.not_found': entry<{ connection: string }>(
    404,
    'NOT_FOUND',
    ({ connection }) =>
      `There is no connection "${connection}". "rollcall connection list" shows those that exist.`,
  ),
  'connection.two_tokens': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) => `"${name}" already has two live tokens. Revoke the older one before you make a third.`,
  ),
  'setup_step.not_found': entry<{ step: string }>(
    404,
    'NOT_FOUND',
    ({ step }) =>
      `The set-up of this connection has no step "${step}". Load the checklist again to see the steps that there are.`,
  ),
  'console.unknown_address': entry<{ expected: string }>(
    400,
    'BAD_REQUEST',
    ({ expected }) =>
      `This address does not lead to an app whose place Rollcall can remember. Open the app ${expected}, copy the address from there and paste it again.`,
  ),
  'token.not_found': entry<{ token: string }>(
    404,
    'NOT_FOUND',
    ({ token }) =>
      `There is no live token "${token}" on this connection. "rollcall connection list" shows its tokens.`,
  ),
  'member.not_found': entry<{ id: string }>(
    404,
    'NOT_FOUND',
    ({ id }) =>
      `There is no person with the id "${id}" in this directory. They may have been removed; assign them again to add them anew.`,
  ),
  'member.user_name_taken': entry<{ userName: string }>(
    409,
    'CONFLICT',
    ({ userName }) =>
      `"${userName}" is already in this directory. Link the existing person (match on userName) instead of creating a second one.`,
  ),
  'member.email_taken': entry<{ email: string }>(
    409,
    'CONFLICT',
    ({ email }) =>
      `The e-mail address "${email}" already belongs to another person in this directory. Give one of the two a different primary address.`,
  ),
  'member.managed_elsewhere': entry<{ userName: string; connection: string }>(
    409,
    'CONFLICT',
    ({ userName, connection }) =>
      `"${userName}" is provisioned by the connection "${connection}". Unassign the person there first, or remove that connection.`,
  ),
  'member.last_owner': entry<{ name: string }>(
    400,
    'BAD_REQUEST',
    ({ name }) =>
      `${name} is the last owner of this organisation and keeps access. Make somebody else an owner in Rollcall first, then try again.`,
  ),
  'member.owners_only': entry<Record<never, never>>(
    403,
    'FORBIDDEN',
    () => 'Owners are changed by owners only. Ask one of them.',
  ),
  'member.wrong_status': entry<{ name: string; refusal: LifecycleRefusal }>(
    409,
    'CONFLICT',
    ({ name, refusal }) => `${name} ${lifecycleRefusals[refusal]}. Nothing was changed.`,
  ),
  'member.managed': entry<{ name: string; connection: string }>(
    409,
    'CONFLICT',
    ({ name, connection }) =>
      `${name} is managed by "${connection}". Make this change there; Rollcall shows it as soon as it arrives.`,
  ),
  'member.no_address': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) =>
      `${name} has no e-mail address that mail could go to. Add one where the person is managed, then try again.`,
  ),
  'domain.not_one': entry<{ domain: string; refusal: DomainRefusal }>(
    400,
    'BAD_REQUEST',
    ({ domain, refusal }) => `"${domain}" ${domainRefusals[refusal]}.`,
  ),
  'domain.not_found': entry<{ domain: string }>(
    404,
    'NOT_FOUND',
    ({ domain }) => `"${domain}" is not among your domains. Add it first.`,
  ),
  'domain.taken': entry<{ domain: string }>(
    409,
    'CONFLICT',
    ({ domain }) =>
      `"${domain}" is verified by another organisation on this server. It has to give the domain up there first.`,
  ),
  'invitation.too_many': entry<{ count: number; most: number }>(
    413,
    'PAYLOAD_TOO_LARGE',
    ({ count, most }) =>
      `These are ${count} addresses; ${most} can be invited at once. Nobody was invited; send them in several parts.`,
  ),
  'form.foreign': entry<Record<never, never>>(
    403,
    'FORBIDDEN',
    () =>
      'The form was not sent from a page that this browser has open. Nothing was changed; load the page again and send it once more.',
  ),
  'member.erased': entry<{ id: string }>(
    409,
    'CONFLICT',
    ({ id }) =>
      `The person with the id "${id}" was removed so long ago that their data is erased. Add them again as somebody new.`,
  ),
  'member.not_removed': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) => `${name} is in this directory already. There is nothing to put back.`,
  ),
  'member.identity_taken': entry<{ name: string; holder: string; what: string }>(
    409,
    'CONFLICT',
    ({ name, holder, what }) =>
      `${name} cannot be put back: ${holder} has the ${what} now. Give ${holder} another one or remove them, then put ${name} back.`,
  ),
  'group.erased': entry<{ id: string }>(
    409,
    'CONFLICT',
    ({ id }) =>
      `The group with the id "${id}" was removed so long ago that its data is erased. Push it again from your identity provider.`,
  ),
  'group.not_found': entry<{ id: string }>(
    404,
    'NOT_FOUND',
    ({ id }) =>
      `There is no group with the id "${id}" in this directory. Unlink the group in your identity provider and push it again.`,
  ),
  'group.name_taken': entry<{ displayName: string }>(
    409,
    'CONFLICT',
    ({ displayName }) =>
      `A group named "${displayName}" is already in this directory. Rename one of the two in your identity provider, or link the existing group.`,
  ),
  'group.unknown_members': entry<{ displayName: string; ids: readonly string[] }>(
    400,
    'BAD_REQUEST',
    ({ displayName, ids }) =>
      `${ids.length === 1 ? 'One member' : `${ids.length} members`} of "${displayName}" ${ids.length === 1 ? 'is' : 'are'} not in this directory (${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}). Assign them to the application first, then push the group again.`,
  ),
  'mail.not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'There is no such mail in this organisation. Look at the list of its mails again.',
  ),
  'mail.not_dead': entry<{ state: string }>(409, 'CONFLICT', ({ state }) =>
    state === 'waiting' || state === 'sending'
      ? 'This mail is on its way already. Wait until it is sent or given up.'
      : 'This mail needs no second try. Send a new one from where it came from.',
  ),
  'hold.not_found': entry<{ id: string }>(
    404,
    'NOT_FOUND',
    ({ id }) =>
      `There is no held removal with the id "${id}". The list of held removals shows those there are.`,
  ),
  'hold.ended': entry<{ ended: 'approved' | 'restored' }>(
    409,
    'CONFLICT',
    ({ ended }) => `Somebody ${ended} this removal already. Nothing was changed.`,
  ),
  'finding.not_found': entry<{ finding: string }>(
    404,
    'NOT_FOUND',
    ({ finding }) => `There is no finding "${finding}" any more. The list of findings shows those there are.`,
  ),
  'finding.snooze_over': entry<Record<never, never>>(
    400,
    'BAD_REQUEST',
    () => 'This time is over already, or more than a year away. Choose a later day within the year.',
  ),
  'resource.changed': entry<{ id: string }>(
    412,
    'PRECONDITION_FAILED',
    ({ id }) => `"${id}" changed since it was read. Read it again and repeat the change.`,
  ),
  'import.too_large': entry<Record<never, never>>(
    413,
    'PAYLOAD_TOO_LARGE',
    () =>
      'This file is larger than 5 MB or has more than 10,000 lines. Nothing was changed; divide it and import the parts one after the other.',
  ),
  'import.unreadable': entry<{ line: number }>(
    400,
    'BAD_REQUEST',
    ({ line }) =>
      `This file cannot be read from line ${line} on: a quotation mark there has no counterpart. Nothing was changed; mend the line, or save the table as CSV again.`,
  ),
  'import.no_address_column': entry<{ columns: readonly string[] }>(
    400,
    'BAD_REQUEST',
    ({ columns }) =>
      `No column of this file is named "email" (there ${columns.length === 1 ? 'is' : 'are'}: ${columns.slice(0, 8).join(', ') || 'none'}). Name the column with the e-mail addresses "email" in the first line.`,
  ),
  'cursor.invalid': entry<Record<never, never>>(
    400,
    'BAD_REQUEST',
    () =>
      'This list cannot go on from here, because what it shows was chosen anew. Load it from its beginning.',
  ),
  'list.uncounted': entry<Record<never, never>>(
    400,
    'BAD_REQUEST',
    () => 'Nobody has counted this list, so its rows have no numbers. Go through it page by page.',
  ),
  ...ssoErrors,
  ...webhookErrors,
  ...customAttributeErrors,
  ...clientErrors,
  'database.busy': entry<Record<never, never>>(
    503,
    'SERVICE_UNAVAILABLE',
    () => 'The directory is busy. Nothing was changed; try again in a few seconds.',
  ),
} as const satisfies Record<string, ErrorEntry<never>>;

export type ErrorCode = keyof typeof errors;

/** The parameters that a code's sentence needs. */
export type ErrorParams<Code extends ErrorCode> =
  (typeof errors)[Code] extends ErrorEntry<infer Params> ? Params : never;
