// The state of every step of a set-up: done with its proof, under way, a problem, unprovable, or to do. Pure: it knows
// the steps and what was seen, no table and no clock.
import type { Finding } from '../../shared/finding.ts';
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import type { AttributeCount } from './attribute-shares.ts';
import type { Setup, SetupStep } from './setup-step.ts';
import type { Arrivals, Progress, SignInFacts } from './step-progress.ts';
import {
  progressByAttributes,
  progressByRequests,
  progressBySignIn,
  progressByUserNames,
} from './step-progress.ts';
import type { WireEvidence } from './wire-evidence.ts';

/** Everything that a checklist is made from. */
export interface ChecklistFacts {
  readonly evidence: WireEvidence;
  readonly attributes: readonly AttributeCount[];
  readonly arrivals: Arrivals;
  readonly findings: readonly Finding[];
  /** How single sign-on stands; undefined where it is not set up. */
  readonly signIn: SignInFacts | undefined;
  /** By the id of the step. */
  readonly ticks: ReadonlyMap<string, { readonly by: string; readonly at: number }>;
  readonly hrefOf: (stepId: string) => string | null;
}

/** The steps in their order. A finding outweighs a proof, and a proof a tick. */
export function checklistSteps(setup: Setup, facts: ChecklistFacts): readonly ChecklistStep[] {
  return setup.steps.map((step) => {
    const findings = facts.findings.filter(({ stepId }) => stepId === step.id);
    const ticked = facts.ticks.get(step.id) ?? null;
    const progress = progressOf(step, setup, facts);
    const proven = progress.done === progress.of && progress.proof !== null;
    return {
      id: step.id,
      title: step.title,
      state: stateOf(step, progress, { wrong: findings.length > 0, proven, ticked: ticked !== null }),
      proof: proven ? progress.proof : null,
      progress: progress.of > 1 ? { done: progress.done, of: progress.of } : null,
      note: [progress.note ?? step.note, step.always].filter(Boolean).join(' ') || null,
      where:
        step.labels.length === 0
          ? null
          : { console: setup.console, labels: step.labels, href: facts.hrefOf(step.id) },
      shows: step.shows,
      ticked,
      findings,
      pages: step.pages,
    };
  });
}

function stateOf(
  step: SetupStep,
  { begun, failing = false }: Progress,
  is: { readonly wrong: boolean; readonly proven: boolean; readonly ticked: boolean },
): ChecklistStep['state'] {
  if (is.wrong || failing) return 'problem';
  if (is.proven || is.ticked) return 'done';
  if (begun) return 'in_progress';
  return ['hand', 'sign-in'].includes(step.proof.by) ? 'unprovable' : 'todo';
}

function progressOf(step: SetupStep, setup: Setup, facts: ChecklistFacts): Progress {
  switch (step.proof.by) {
    case 'requests':
      return progressByRequests(step.proof, setup.console, facts.evidence);
    case 'user-names':
      return progressByUserNames(facts.attributes, facts.arrivals);
    case 'attributes':
      return progressByAttributes(facts.attributes, facts.arrivals);
    case 'sign-in':
      return progressBySignIn(facts.signIn, setup.console);
    case 'hand':
      return { done: 0, of: 1, begun: false, proof: null, note: null };
  }
}
