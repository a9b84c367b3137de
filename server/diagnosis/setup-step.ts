// What a step of a set-up is: what to do, where in the console, and what proves it. Types only.
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import type { WireProof } from './wire-evidence.ts';

/**
 * What shows that a step is done: requests of each of these kinds; what the people who arrived carry; or nothing that
 * could be seen from here, so that a person has to say so.
 */
export type StepProof =
  | {
      readonly by: 'requests';
      readonly all: readonly [WireProof, ...WireProof[]];
      /** What one request shows, by the name of the call ("GET /Users"); several are counted instead. */
      readonly sentence?: (call: string) => string;
    }
  | { readonly by: 'user-names' }
  | { readonly by: 'attributes' }
  /** Somebody who came in; nothing can show it where single sign-on is not set up, or not wanted. */
  | { readonly by: 'sign-in' }
  | { readonly by: 'hand' };

export interface SetupStep {
  readonly id: string;
  readonly title: string;
  /** What the step is for; what else to mind. */
  readonly note: string | null;
  /** Said after the note, and also after what is still waited for. */
  readonly always?: string;
  /** The way in the console, label by label in its own words; empty where there is nothing to click. */
  readonly labels: readonly string[];
  /** The page's address with `{name}` for each part that differs from app to app. */
  readonly link: string | null;
  /** Parts of a console's address (after the host) at which this step is the one to show. */
  readonly pages: readonly string[];
  readonly shows: ChecklistStep['shows'];
  readonly proof: StepProof;
}

/** An attribute, and what the console calls that which should go into it. */
export interface ExpectedAttribute {
  /** A path: `name.givenName`, or one with a schema URN before it. */
  readonly attribute: string;
  readonly source: string;
  readonly required: boolean;
  /** What a value looks like; anything goes where this is left out. */
  readonly looksRight?: (value: string) => boolean;
}

/** The set-up of one kind of identity provider. */
export interface Setup {
  /** The console's name, which is also that of whoever calls. */
  readonly console: string;
  readonly steps: readonly SetupStep[];
  readonly attributes: readonly ExpectedAttribute[];
  /** Addresses to fall back to while parts of a page's own are unknown, the nearest first. */
  readonly frontPages: readonly string[];
}
