// The failures that OAuth clients and readers bring to the error catalogue.
import { type ErrorEntry, entry } from './error-entry.ts';

export const clientErrors = {
  'client.not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'There is no such OAuth client any more. Load the list of clients again.',
  ),
  'client.too_many': entry<{ most: number }>(
    409,
    'CONFLICT',
    ({ most }) => `There are ${most} OAuth clients here already. Remove one that nobody needs first.`,
  ),
  'client.other_method': entry<{ name: string; signs: boolean }>(409, 'CONFLICT', ({ name, signs }) =>
    signs
      ? `"${name}" signs with a key, so it takes no secret. Add a key, or make a client with a secret.`
      : `"${name}" has a secret, so it takes no key. Add a secret, or make a client that signs with a key.`,
  ),
  'client.two_credentials': entry<{ name: string; most: number }>(
    409,
    'CONFLICT',
    ({ name, most }) =>
      `"${name}" would have more than ${most} live keys or secrets. Revoke the one that is no longer used first.`,
  ),
  'client.credential_not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'This key or secret is not live any more, or was never there. Load the list of clients again.',
  ),
  'client.unusable_key': entry<{ sentence: string }>(400, 'BAD_REQUEST', ({ sentence }) => sentence),
  'client.unusable_address': entry<{ sentence: string }>(400, 'BAD_REQUEST', ({ sentence }) => sentence),
  'reader.not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'There is no such reader any more. Load the list of readers again.',
  ),
  'reader.too_many': entry<{ most: number }>(
    409,
    'CONFLICT',
    ({ most }) => `There are ${most} readers already. Remove one that nobody needs first.`,
  ),
  'reader.unknown_attributes': entry<{ paths: readonly string[] }>(
    400,
    'BAD_REQUEST',
    ({ paths }) =>
      `${paths.slice(0, 3).join(', ')} cannot be chosen for a reader. Choose among the attributes that the list of attributes shows.`,
  ),
  'reader.unknown_groups': entry<Record<never, never>>(
    400,
    'BAD_REQUEST',
    () => 'One of the groups is not in this organisation any more. Choose the groups again.',
  ),
  'reader.two_tokens': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) => `"${name}" has two live tokens already. Revoke the one that is no longer used first.`,
  ),
  'reader.token_not_found': entry<Record<never, never>>(
    404,
    'NOT_FOUND',
    () => 'This token is not live any more, or was never there. Load the list of readers again.',
  ),
} as const satisfies Record<string, ErrorEntry<never>>;
