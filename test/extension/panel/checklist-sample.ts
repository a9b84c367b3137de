// Checklists for tests of what the panel makes of them: the real steps, all of them still to do. Knows no rule.
import { ssoAddresses } from '../../../server/auth/sso-addresses.ts';
import type { SetupStep } from '../../../server/diagnosis/setup-step.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import type { ChecklistStep, StepState } from '../../../shared/setup-checklist.ts';
import type { SsoAddresses } from '../../../shared/single-sign-on.ts';

type Sample = {
  connectionId: string;
  kind: ConnectionKind;
  steps: ChecklistStep[];
  done: number;
  attributes: never[];
  signIn: SsoAddresses;
  console: Record<string, string>;
};

export function checklistOf(kind: ConnectionKind, steps: readonly SetupStep[]): Sample {
  return {
    connectionId: 'c1',
    kind,
    done: 0,
    attributes: [],
    signIn: ssoAddresses('https://rollcall.example', 'larkspur-foundry'),
    console: {},
    steps: steps.map(({ id, title, note, pages, shows, proof }) => ({
      id,
      title,
      note,
      pages,
      shows,
      state: ['hand', 'sign-in'].includes(proof.by) ? 'unprovable' : 'todo',
      proof: null,
      progress: null,
      where: null,
      ticked: null,
      findings: [],
    })),
  };
}

export function withStates(checklist: Sample, states: Readonly<Record<string, StepState>>): Sample {
  const steps = checklist.steps.map((step) => ({ ...step, state: states[step.id] ?? step.state }));
  return { ...checklist, steps, done: steps.filter(({ state }) => state === 'done').length };
}
