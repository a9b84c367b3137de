// What a diagnostic rule is, what it looks at and what it sees. Types only.
import type { FindingSeverity } from '../../shared/finding.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import type { ClientWithCredentials } from '../provisioning/oauth-client-store.ts';
import type { LastTimes } from '../provisioning/provisioning-tally-store.ts';
import type { Refusal } from '../provisioning/refusal-store.ts';
import type { EntraRhythm } from './entra-rhythm.ts';
import type { WireEvidence } from './wire-evidence.ts';

/** A person of the connection who may sign in, as far as rules look at people. Times are Unix milliseconds. */
export interface PersonSeen {
  readonly id: string;
  readonly userName: string;
  readonly email: string | null;
  readonly externalId: string | null;
  /** What arrived under `roles`, by its values. */
  readonly roles: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Somebody's id of the directory, as a sign-in brought it; `at` in Unix milliseconds. */
export interface SignInId {
  readonly directoryId: string;
  readonly at: number;
}

/** What of a request tells anything here. */
export interface RequestSeen {
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly method: string;
  /** With ids replaced: "/scim/v2/Users/{id}". */
  readonly path: string;
  /** Without values: "filter=userName eq ?"; of a GUID, "filter=userName eq {id}". */
  readonly query: string;
  readonly status: number;
  readonly outcome: string;
  readonly client: string;
  readonly quirks: readonly string[];
  /** Of whom or what it was, where it was let in. */
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
}

/** A group that was removed; `name` is null once its data is erased. */
export interface GoneGroup {
  readonly name: string | null;
  /** Unix milliseconds. */
  readonly removedAt: number;
}

/** Everything that rules look at, of one connection. */
export interface FindingEvidence {
  /** Unix milliseconds. */
  readonly now: number;
  readonly connection: ConnectionWithTokens;
  /** The OAuth clients of the connection. */
  readonly clients: readonly ClientWithCredentials[];
  /** Who calls, by name: "Okta". */
  readonly caller: string;
  /** What was refused lately, the newest first; not what somebody tried by hand. */
  readonly refusals: readonly Refusal[];
  /** What was asked lately, refused or not, the newest first; not what somebody tried by hand. */
  readonly requests: readonly RequestSeen[];
  /** When requests last came. */
  readonly last: LastTimes;
  /** What requests have ever proven. */
  readonly proofs: WireEvidence['seen'];
  /** How Entra keeps its rhythm at a time, if nothing comes until then; undefined for who keeps none. */
  readonly rhythmAt: ((at: number) => EntraRhythm) | undefined;
  /** People of the connection for whom there is no seat, those who have waited longest first. */
  readonly waiting: readonly { readonly id: string; readonly since: number }[];
  /** The newest people of the connection. */
  readonly people: readonly PersonSeen[];
  /** What the identity provider's directory calls people of the connection when they sign in, by their ids. */
  readonly signInIds: ReadonlyMap<string, SignInId>;
  readonly verifiedDomains: ReadonlySet<string>;
  /** When the groups that refusals name were last changed, by their names as the refusals have them. */
  readonly groupsChangedAt: ReadonlyMap<string, number>;
  /** The groups that refusals name by an id which nothing has any more, by that id. */
  readonly goneGroups: ReadonlyMap<string, GoneGroup>;
  /** When people were deleted who could still sign in, the latest first; of Entra only, while it has updated nobody. */
  readonly removedWhileActive: readonly number[];
  /** The ids of the owners who can act; two at most. */
  readonly owners: readonly string[];
}

/**
 * A fault as a rule sees it; first seen in the future, one that there will be if nothing comes until then. Times are
 * Unix milliseconds.
 */
export interface Observation {
  readonly sentence: string;
  readonly detail: string | null;
  /** The ids of the people whom it touches, the newest first. */
  readonly people: readonly string[];
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly count: number;
  /** What tells this evidence apart from later evidence of the same fault, where no people do. */
  readonly mark?: string;
  /** When the fault grows, or is over, by time alone. */
  readonly changesAt?: number;
}

/** Where a fault is mended: at a step of the set-up; by the labels given, or by those of the step itself. */
export interface Remedy {
  readonly stepId: string;
  readonly labels?: readonly string[];
}

export interface DiagnosticRule {
  readonly id: string;
  /** The fault in a few words, with no value seen. */
  readonly title: string;
  readonly severity: FindingSeverity;
  /** Of which connections it is asked, and where each kind's fault is mended; null where no console mends it. */
  readonly kinds: Readonly<Partial<Record<ConnectionKind, Remedy | null>>>;
  /** What clears it, in a sentence. */
  readonly clears: string;
  /** The fault, if the evidence shows it. It clears by itself when the evidence does not any more. */
  evaluate(evidence: FindingEvidence): Observation | undefined;
}
