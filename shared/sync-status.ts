// How the provisioning of an org stands, as clients see it. Knows words and shapes; how a state is found, it does not.
import type { Finding } from './finding.ts';
import type { ConnectionKind } from './provisioning.ts';

/** In the order of urgency, the calmest first; an org's state is the most urgent one of its connections. */
export const syncStates = ['healthy', 'paused', 'waiting', 'silent', 'attention', 'quarantine'] as const;
export type SyncState = (typeof syncStates)[number];

/** Requests of the last 24 hours, the oldest stretch first. */
export interface SyncActivity {
  /** When the first stretch begins, in Unix milliseconds. */
  readonly from: number;
  /** How long each stretch is, in milliseconds. */
  readonly stretchMs: number;
  readonly writes: readonly number[];
  readonly errors: readonly number[];
}

/** How soon a change made in an identity provider shows here, as far as that was measured. */
export interface ChangeTime {
  /** The longest it took, in milliseconds; null where nothing can be said, and `sentence` says so. */
  readonly withinMs: number | null;
  /** What it takes as a rule, in milliseconds. */
  readonly usuallyMs: number | null;
  /** "Changes show within 45 minutes, measured over 7 days." */
  readonly sentence: string;
  /** What was measured, and what was not; or why nothing could be. */
  readonly detail: string;
}

/** One connection. Times are Unix milliseconds. */
export interface ConnectionSync {
  readonly connectionId: string;
  readonly kind: ConnectionKind;
  readonly name: string;
  readonly state: SyncState;
  /** The state in a sentence without a time: "Okta is healthy.", "Nothing has arrived yet." */
  readonly sentence: string;
  readonly lastContactAt: number | null;
  readonly lastWriteAt: number | null;
  /** When the next request is due; null where the identity provider keeps no rhythm. */
  readonly nextExpectedAt: number | null;
  /** What to expect next, in a sentence: "Okta sends changes as they happen." */
  readonly expectation: string;
  readonly changeTime: ChangeTime;
  readonly people: number;
  readonly groups: number;
  readonly activity: SyncActivity;
  /** The most urgent first. */
  readonly findings: readonly Finding[];
}

export interface OrgSync {
  /** `waiting` as long as there is no connection. */
  readonly state: SyncState;
  readonly connections: readonly ConnectionSync[];
}

/** What the number on the toolbar button counts, part by part. */
export interface Attention {
  readonly pending: number;
  readonly findings: number;
  /** Mass removals that wait for an admin. */
  readonly holds: number;
  /**
   * The findings that block or spoil data, the open holds, and the webhooks that Rollcall had to disable, for
   * notifications; the newest first.
   */
  readonly serious: readonly {
    readonly id: string;
    readonly kind: 'finding' | 'hold' | 'webhook';
    readonly sentence: string;
    readonly connectionId: string | null;
    readonly stepId: string | null;
    readonly at: number;
  }[];
}
