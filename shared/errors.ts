// Every failure that Rollcall can tell a person, in one catalogue. Knows no transport beyond the status each code maps to.

import { type LifecycleRefusal, lifecycleRefusals } from './member.ts';

/** What a catalogue entry holds: HTTP status, tRPC code and the sentence, which says what to do next. */
export interface ErrorEntry<Params> {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429 | 500 | 503;
  readonly trpc:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PRECONDITION_FAILED'
    | 'PAYLOAD_TOO_LARGE'
    | 'TOO_MANY_REQUESTS'
    | 'INTERNAL_SERVER_ERROR'
    | 'SERVICE_UNAVAILABLE';
  readonly message: (params: Params) => string;
}

const entry = <Params = Record<never, never>>(
  status: ErrorEntry<Params>['status'],
  trpc: ErrorEntry<Params>['trpc'],
  message: (params: Params) => string,
): ErrorEntry<Params> => ({ status, trpc, message });

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
  'resource.changed': entry<{ id: string }>(
    412,
    'PRECONDITION_FAILED',
    ({ id }) => `"${id}" changed since it was read. Read it again and repeat the change.`,
  ),
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
