// The checklist of a set-up as clients see it: steps with what proves them, and the attributes to compare. Knows words
// and shapes; which steps there are, it does not.
import { z } from 'zod';
import type { ConsolePath, Finding } from './finding.ts';
import type { ConnectionKind } from './provisioning.ts';
import type { SsoAddresses } from './single-sign-on.ts';

/** `unprovable`: nothing on the wire shows it, so that an admin ticks it by hand. */
export const stepStates = ['done', 'in_progress', 'problem', 'unprovable', 'todo'] as const;
export type StepState = (typeof stepStates)[number];

/** One step. Times are Unix milliseconds. */
export interface ChecklistStep {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  /** What was seen, in a sentence, and the provisioning record that shows it. */
  readonly proof: {
    readonly sentence: string;
    readonly at: number;
    readonly recordSeq: number | null;
  } | null;
  /** For a step of several proofs: how many are there. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  /** What the step is for, or what is still waited for; a sentence or two. */
  readonly note: string | null;
  readonly where: ConsolePath | null;
  /** Whether the panel shows the base URL and the token at this step, the table of attributes, or the addresses of sign-in. */
  readonly shows: 'credentials' | 'attributes' | 'single_sign_on' | 'test_person' | null;
  /** Who ticked it by hand, and when. */
  readonly ticked: { readonly by: string; readonly at: number } | null;
  readonly findings: readonly Finding[];
  /** Parts of a console's address (after the host) at which this step is the one to show. */
  readonly pages: readonly string[];
}

/** An attribute as it arrives, to compare with the mapping in the console. */
export interface AttributeShare {
  /** Ours: `userName`, `name.givenName`, `urn:…:User:department`. */
  readonly attribute: string;
  /** The console's name for what should go into it: `user.email`, `objectId`. */
  readonly source: string;
  readonly required: boolean;
  /** How many of the people of this connection carry it. */
  readonly people: number;
  readonly of: number;
  /** A value that is not what it should be, if one was seen. */
  readonly wrongExample: string | null;
}

export interface Checklist {
  readonly connectionId: string;
  readonly kind: ConnectionKind;
  readonly steps: readonly ChecklistStep[];
  /** How many are proven or ticked. */
  readonly done: number;
  readonly attributes: readonly AttributeShare[];
  /** What the identity provider is given for sign-in. */
  readonly signIn: SsoAddresses;
  /** The parts of the console's addresses that are known: `org`, `domain`, `app`, `instance`; `servicePrincipalId`, `appId`. */
  readonly console: Readonly<Record<string, string>>;
}

const connectionId = z.string().min(1).max(100);

export const checklistQuerySchema = z.strictObject({ connectionId });

export const stepTickSchema = z.strictObject({
  connectionId,
  stepId: z.string().min(1).max(100),
  ticked: z.boolean(),
});

/** The address of a page of the console, out of which the parts are taken that lead to the others. */
export const consoleAddressSchema = z.strictObject({ connectionId, address: z.url().max(2000) });
