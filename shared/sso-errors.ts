// The failures that single sign-on brings to the error catalogue.
import { type ErrorEntry, entry } from './error-entry.ts';

export const ssoErrors = {
  'sso.not_set_up': entry<Record<never, never>>(
    409,
    'CONFLICT',
    () => 'Single sign-on is not set up, or was removed meanwhile. Load the settings again.',
  ),
  'sso.unusable_issuer': entry<{ sentence: string }>(400, 'BAD_REQUEST', ({ sentence }) => sentence),
  'sso.secret_needed': entry<Record<never, never>>(
    400,
    'BAD_REQUEST',
    () =>
      'The client secret that is kept belongs to another issuer or client ID. Enter the one of this client.',
  ),
  'sso.not_proven': entry<Record<never, never>>(
    409,
    'CONFLICT',
    () =>
      'You have not signed in with these settings yourself. Sign in once with single sign-on, so that requiring it does not lock you out.',
  ),
} as const satisfies Record<string, ErrorEntry<never>>;
