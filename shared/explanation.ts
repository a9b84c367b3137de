// Why somebody has access or has none, as a short story for clients: what is so, what led there, what to do. Knows words
// and shapes, no rule.
import type { ConsolePath } from './finding.ts';
import type { MemberStatus } from './member.ts';

/** What stands behind a line of the story, to be opened. */
export type StorySource =
  | {
      readonly kind: 'record';
      readonly connectionId: string;
      readonly seq: number;
      /** What was asked: "PATCH /Users/{id}". */
      readonly request: string;
    }
  | { readonly kind: 'finding'; readonly findingId: string }
  | { readonly kind: 'hold'; readonly holdId: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'member'; readonly memberId: string };

export interface StoryLine {
  /** With its full stop, without a time. */
  readonly sentence: string;
  /** When that was, in Unix milliseconds; null for what simply is so. */
  readonly at: number | null;
  /** Whether it is a fault that there is now. */
  readonly isWrong: boolean;
  readonly source: StorySource | null;
}

/** The parts of the settings that a remedy leads to, by their names in the page's address. */
export type SettingPart = 'domains' | 'invitations' | 'seats';

/** What to do, and where: in the identity provider's console, at a step of its set-up here, or in the settings. */
export interface StoryRemedy {
  readonly sentence: string;
  readonly console: ConsolePath | null;
  readonly step: { readonly connectionId: string; readonly stepId: string } | null;
  readonly setting: SettingPart | null;
}

/** The status of somebody, who may be gone or never have been here. */
export type ExplainedStatus = MemberStatus | 'removed' | 'unknown';

/** The question that a story answers; `name` is what people call the person. */
export const storyHeadings: Readonly<Record<ExplainedStatus, (name: string) => string>> = {
  active: (name) => `How ${name} has access`,
  invited: (name) => `Why ${name} has no access yet`,
  not_invited: (name) => `Why ${name} has no access yet`,
  blocked: (name) => `Why ${name} has no access`,
  deactivated: (name) => `Why ${name} has no access`,
  removed: (name) => `Why ${name} has no access`,
  unknown: (name) => `Why ${name} has no access`,
};

/** A story of at most six lines, what is to be done included. */
export interface Explanation {
  /** Null for somebody who is not known here. */
  readonly memberId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly status: ExplainedStatus;
  readonly heading: string;
  /** What decides comes first, then what led there and what is wrong now. */
  readonly lines: readonly StoryLine[];
  readonly remedies: readonly StoryRemedy[];
}
