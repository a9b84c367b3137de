// What the panel says of a checklist, and which of its steps comes first. Pure; it knows steps, not how they look.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Checklist, ChecklistStep } from '../../shared/setup-checklist.ts';
import type { Outputs } from '../lib/api.ts';

interface Vendor {
  /** "Set up …". */
  readonly title: string;
  /** How it stands in a sentence. */
  readonly name: string;
  readonly connection: string;
  readonly address: string;
  readonly token: string;
}

/** The consoles' own words for what is pasted into them. */
export const vendors: Readonly<Record<ConnectionKind, Vendor>> = {
  okta: {
    title: 'Okta',
    name: 'Okta',
    connection: 'Okta',
    address: 'SCIM connector base URL',
    token: 'Bearer token',
  },
  entra: {
    title: 'Entra ID',
    name: 'Entra',
    connection: 'Entra ID',
    address: 'Tenant URL',
    token: 'Secret Token',
  },
  other: {
    title: 'provisioning',
    name: 'your identity provider',
    connection: 'Identity provider',
    address: 'Base URL',
    token: 'Bearer token',
  },
};

/** What is pasted as the address: Entra keeps to the standard when its flag is there. */
export function addressToPaste(kind: ConnectionKind, baseUrl: string): string {
  return kind === 'entra' ? `${baseUrl}?aadOptscim062020` : baseUrl;
}

/** The step that wants attention: the first problem, then the first that is not done. */
export function nextStep(steps: readonly ChecklistStep[]): ChecklistStep | undefined {
  return steps.find(({ state }) => state === 'problem') ?? steps.find(({ state }) => state !== 'done');
}

/** Which step somebody has opened, or `null` for closed ones all; undefined as long as nobody chose. */
export type StepChoice = { readonly stepId: string | null } | undefined;

export function openStep(steps: readonly ChecklistStep[], choice: StepChoice): ChecklistStep | undefined {
  return choice === undefined ? nextStep(steps) : steps.find(({ id }) => id === choice.stepId);
}

/**
 * The choice once the checklist has changed: when the open step has become done, the work that is left opens instead; but
 * the test person stays, because what arrived is read there.
 */
export function choiceAfter(choice: StepChoice, before: Checklist, after: Checklist): StepChoice {
  const was = openStep(before.steps, choice);
  const is = after.steps.find(({ id }) => id === was?.id);
  if (was === undefined || was.state === 'done' || is?.state !== 'done') return choice;
  return is.shows === 'test_person' ? { stepId: is.id } : undefined;
}

/** A name for a new connection that no other one has. */
export function freeName(kind: ConnectionKind, taken: readonly string[]): string {
  const { connection } = vendors[kind];
  const names = [connection, ...taken.map((_, n) => `${connection} ${n + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? connection;
}

/** What changed for somebody who listens: "Assign people: done." */
export function spokenChanges(before: Checklist, after: Checklist): string {
  if (before.connectionId !== after.connectionId) return '';
  const was = new Map(before.steps.map((step) => [step.id, step]));
  const said = after.steps.flatMap((step) => {
    const old = was.get(step.id);
    if (old === undefined) return [];
    if (old.state !== step.state) return spokenStates[step.state].map((word) => `${step.title}: ${word}.`);
    const [had, has] = [old.progress?.done ?? 0, step.progress?.done ?? 0];
    return has > had ? [`${step.title}: ${has} of ${step.progress?.of ?? has}.`] : [];
  });
  return said.join(' ');
}

const spokenStates: Readonly<Record<ChecklistStep['state'], readonly string[]>> = {
  done: ['done'],
  problem: ['has a problem'],
  in_progress: ['under way'],
  todo: ['no longer done'],
  unprovable: ['no longer done'],
};

/** The checklist as it will be once a tick has been written. */
export function withTick(
  checklist: Outputs['setup']['checklist'],
  stepId: string,
  ticked: ChecklistStep['ticked'],
): Outputs['setup']['checklist'] {
  const steps = checklist.steps.map((step) => {
    if (step.id !== stepId) return step;
    if (step.state === 'problem' || step.proof !== null) return { ...step, ticked };
    return { ...step, ticked, state: ticked === null ? ('unprovable' as const) : ('done' as const) };
  });
  return { ...checklist, steps, done: steps.filter(({ state }) => state === 'done').length };
}

/** "urn:…:User:department" → "department": what is left says enough in a narrow table. */
export function shortAttribute(attribute: string): string {
  return attribute.startsWith('urn:') ? attribute.slice(attribute.lastIndexOf(':') + 1) : attribute;
}
