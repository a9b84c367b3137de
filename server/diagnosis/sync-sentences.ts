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

/** Why nothing is said of how soon changes show. */
export const noChangeTime = {
  sentence: 'How soon changes show is not known yet.',
  idle: (caller: string) => `It is measured while ${caller} sends changes.`,
  refused: (caller: string) => `The last cycle of ${caller} was refused, so its changes wait.`,
  fewCycles: (caller: string, fewest: number) =>
    `It takes ${fewest} cycles of ${caller} within a week to say, one soon after the other.`,
  fewChanges: (changes: number, fewest: number) =>
    `It takes ${fewest} changes within 24 hours to say, and there ${changes === 1 ? 'was' : 'were'} ${changes}.`,
};

/** Measured by the rhythm of cycles. */
export const cycleWords = {
  sentence: (within: string, measured: string) => `Changes show within ${within}, measured over ${measured}.`,
  detail: (caller: string, usually: string, cycles: number, pauses: number) =>
    `From the start of a cycle to the end of the next, the longest of ${counted(cycles, 'cycle')}; usually it is ${usually}. ` +
    `${caller} does not say when a change was made; one that just misses a cycle waits this long.` +
    (pauses === 0
      ? ''
      : ` ${counted(pauses, 'longer pause')}, with nothing to send, ${pauses === 1 ? 'is' : 'are'} left out.`),
};

/** Measured from the arrival of a change on. */
export const arrivalWords = {
  sentence: (within: string) => `Changes show within ${within} of being sent, measured over 24 hours.`,
  detail: (caller: string, average: string, changes: number) =>
    `From arrival to answer, the slowest of ${counted(changes, 'change')}; on average it is ${average}. ` +
    `${caller} does not say when a change was made, so how soon it is sent is not known.`,
};

/** "1 cycle", "1,204 cycles". */
function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

const scales = [
  { ms: 1, upTo: 100, one: 'millisecond' },
  { ms: 1000, upTo: 60_000, one: 'second' },
  { ms: 60_000, upTo: 120 * 60_000, one: 'minute' },
  { ms: 3_600_000, upTo: 48 * 3_600_000, one: 'hour' },
  { ms: 86_400_000, upTo: Number.POSITIVE_INFINITY, one: 'day' },
] as const;

/** A length of time in words, rounded up: "12 milliseconds", "0.4 seconds", "45 minutes", "7 days". */
export function spanWords(ms: number): string {
  const { ms: unit, one } = scales.find(({ upTo }) => ms < upTo) ?? scales[4];
  const tenths = one === 'second' && ms < 10_000 ? 10 : 1;
  return counted(Math.max(1, Math.ceil((ms / unit) * tenths)) / tenths, one);
}
