// A finding as clients see it: what is wrong, whom it touches, and the click that mends it. Knows words, no rule.

/** What a finding holds up: the whole set-up, the truth of somebody's data, or nothing yet. */
export const findingSeverities = ['blocks', 'wrong_data', 'warning'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** The way to a setting in an identity provider's console, label by label in the console's own words. */
export interface ConsolePath {
  /** The console's name: "Okta", "Entra". */
  readonly console: string;
  readonly labels: readonly string[];
  /** The address of the console's page; its front page as long as nothing nearer is known. */
  readonly href: string | null;
}

/** A named misconfiguration. Times are Unix milliseconds. */
export interface Finding {
  readonly id: string;
  /** The rule that found it, such as `token.expiring`. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly connectionId: string | null;
  /** What is wrong, in a sentence with the value seen. */
  readonly sentence: string;
  /** What comes of it. */
  readonly detail: string | null;
  readonly remedy: ConsolePath | null;
  /** The step of the checklist that mends it. */
  readonly stepId: string | null;
  readonly people: {
    readonly total: number;
    readonly first: readonly { readonly id: string; readonly name: string }[];
  };
  /** How often it was seen. */
  readonly count: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** What became of a finding: it stands; somebody put it aside; it was there until lately. */
export const findingStates = ['open', 'snoozed', 'dismissed', 'cleared'] as const;
export type FindingState = (typeof findingStates)[number];

/** A finding with its history. Times are Unix milliseconds. */
export interface KeptFinding extends Finding {
  readonly state: FindingState;
  /** How often it came back after it seemed to be gone. */
  readonly returns: number;
  readonly clearedAt: number | null;
  /** Who put it aside, and why; null while nobody did. */
  readonly putAside: {
    readonly by: string;
    readonly at: number;
    /** Until when it stays away; null for "until there is new evidence". */
    readonly until: number | null;
    readonly reason: string | null;
  } | null;
}
