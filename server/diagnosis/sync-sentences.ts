// How provisioning stands and what to expect next, in a sentence each, as data. Knows no time and no number.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { SyncState } from '../../shared/sync-status.ts';

/** The state of a connection; `caller` is who calls. */
export const stateSentences: Readonly<Record<SyncState, (caller: string) => string>> = {
  healthy: (caller) => `${caller} is healthy.`,
  paused: (caller) => `${caller} is paused: its tokens are revoked.`,
  waiting: () => 'Nothing has arrived yet.',
  silent: (caller) => `${caller} has gone quiet. Is provisioning still on?`,
  attention: (caller) => `${caller} needs your attention.`,
  quarantine: (caller) => `${caller} has probably put provisioning into quarantine.`,
};

const goOn = (caller: string) => `Make a token and paste it in ${caller} to go on.`;
const asTheyHappen = () => 'Okta sends changes as they happen.';
const everyCycle = () => 'Entra calls about every 40 minutes.';
const whenever = (caller: string) => `${caller} calls when it has something to send.`;

const okta: Readonly<Record<SyncState, (caller: string) => string>> = {
  healthy: asTheyHappen,
  paused: goOn,
  waiting: () => 'The first request arrives when you press Test Connector Configuration.',
  silent: asTheyHappen,
  attention: asTheyHappen,
  quarantine: asTheyHappen,
};

const entra: typeof okta = {
  healthy: everyCycle,
  paused: goOn,
  waiting: () => 'The first request arrives when you press Test Connection.',
  silent: () => 'Entra calls about every 40 minutes, and may leave a cycle out while nothing changes.',
  attention: everyCycle,
  quarantine: () =>
    'Entra tries less and less often, down to once a day. Press Restart provisioning, and it tries at once.',
};

const other: typeof okta = {
  healthy: whenever,
  paused: goOn,
  waiting: () => 'The first request arrives when your identity provider tests the connection.',
  silent: whenever,
  attention: whenever,
  quarantine: whenever,
};

/** What to expect next of a connection. */
export const expectations: Readonly<Record<ConnectionKind, typeof okta>> = { okta, entra, other };
