// What a diagnostic rule is, what it looks at and what it sees. Types only.
import type { FindingSeverity } from '../../shared/finding.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import type { Refusal } from '../provisioning/refusal-store.ts';

/** A person of the connection who may sign in, as far as rules look at people. Times are Unix milliseconds. */
export interface PersonSeen {
  readonly id: string;
  readonly userName: string;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Everything that rules look at, of one connection. */
export interface FindingEvidence {
  /** Unix milliseconds. */
  readonly now: number;
  readonly connection: ConnectionWithTokens;
  /** Who calls, by name: "Okta". */
  readonly caller: string;
  /** What was refused lately, the newest first; not what somebody tried by hand. */
  readonly refusals: readonly Refusal[];
  /** When a request was last accepted. */
  readonly acceptedAt: number | null;
  /** The newest people of the connection. */
  readonly people: readonly PersonSeen[];
  readonly verifiedDomains: ReadonlySet<string>;
  /** When the groups that refusals name were last changed, by their names as the refusals have them. */
  readonly groupsChangedAt: ReadonlyMap<string, number>;
  /** The ids of the owners who can act; two at most. */
  readonly owners: readonly string[];
}

/** A fault as a rule sees it. Times are Unix milliseconds. */
export interface Observation {
  readonly sentence: string;
  readonly detail: string | null;
  /** The ids of the people whom it touches, the newest first. */
  readonly people: readonly string[];
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly count: number;
}

/** Where a fault is mended: at a step of the set-up; by the labels given, or by those of the step itself. */
export interface Remedy {
  readonly stepId: string;
  readonly labels?: readonly string[];
}

export interface DiagnosticRule {
  readonly id: string;
  readonly severity: FindingSeverity;
  /** Of which connections it is asked, and where each kind's fault is mended; null where no console mends it. */
  readonly kinds: Readonly<Partial<Record<ConnectionKind, Remedy | null>>>;
  /** The fault, if the evidence shows it. It clears by itself when the evidence does not any more. */
  evaluate(evidence: FindingEvidence): Observation | undefined;
}
