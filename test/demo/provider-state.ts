// How a provider is, as its own console would say: what it is at, what failed, what comes next. Knows the simulators, no HTML.
import type { SentRequest } from '../idp/wire.ts';
import type { DemoProvider } from './demo-providers.ts';
import { timeOfDay, until } from './demo-time.ts';

export interface ProviderState {
  readonly tone: 'ok' | 'attention' | 'bad';
  /** One sentence. */
  readonly sentence: string;
  /** Names and values. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export function stateOf(provider: DemoProvider, now: number): ProviderState {
  const { idp } = provider;
  const people = [...idp.company.people.values()].filter(({ enabled, deletedAt }) => enabled && !deletedAt);
  const last = idp.sent.at(-1);
  const common = [
    ['People', `${people.length} with an account, ${activeLinks(provider)} provisioned`],
    ['Last request', last === undefined ? 'none yet' : `${timeOfDay(last.at)}, ${answerOf(last)}`],
  ] as const;
  const state = provider.kind === 'okta' ? oktaState(provider.idp, now) : entraState(provider.idp, now);
  return { ...state, facts: [...common, ...state.facts] };
}

type IdpOf<Kind extends DemoProvider['kind']> = Extract<DemoProvider, { readonly kind: Kind }>['idp'];

function oktaState(idp: IdpOf<'okta'>, now: number): ProviderState {
  const tasks = idp.tasks();
  const dueAt = idp.nextDueAt();
  const facts = [
    ['Next in the queue', dueAt === null ? 'nothing' : until(dueAt, now)],
    ['Tasks', tasks.length === 0 ? 'none' : `${tasks.length} failed and wait for the admin`],
  ] as const;
  if (!idp.settings().provisioning)
    return { tone: 'attention', sentence: 'Provisioning is off: who is assigned now is not sent.', facts };
  if (tasks.length > 0) return { tone: 'bad', sentence: `${tasks.length} tasks failed.`, facts };
  return { tone: 'ok', sentence: 'Sends each change as it happens.', facts };
}

function entraState({ job, settings, nextDueAt }: IdpOf<'entra'>, now: number): ProviderState {
  const quarantine = job.quarantine();
  const lastCycle = job.cycles.at(-1);
  const nextAt = nextDueAt();
  const facts = [
    ['Last cycle', lastCycle === undefined ? 'none yet' : timeOfDay(lastCycle)],
    ['Next cycle', nextAt === null ? 'none is planned' : until(nextAt, now)],
    [
      'Set aside',
      job.escrows().size === 0 ? 'nothing' : `${job.escrows().size} objects failed and are tried again`,
    ],
  ] as const;
  if (settings().status === 'off') return { tone: 'attention', sentence: 'Provisioning is stopped.', facts };
  if (job.isDisabled())
    return { tone: 'bad', sentence: 'Switched off after four weeks of quarantine.', facts };
  if (quarantine !== null) {
    const sentence = `In quarantine since ${timeOfDay(quarantine.since)}: ${reasons[quarantine.reason]}.`;
    return { tone: 'bad', sentence, facts };
  }
  return { tone: 'ok', sentence: 'Runs a cycle every 40 minutes.', facts };
}

type Reason = NonNullable<ReturnType<IdpOf<'entra'>['job']['quarantine']>>['reason'];

const reasons: Readonly<Record<Reason, string>> = {
  credentials: 'the credentials were refused',
  unreachable: 'the server did not answer',
  'not-scim': 'what answered was no SCIM server',
  'too-many-failures': 'too many objects failed',
};

function activeLinks({ idp }: DemoProvider): number {
  return [...idp.links.values()].filter(({ active }) => active).length;
}

/** "GET 200", or what stood in its place. */
function answerOf({ method, status }: SentRequest): string {
  return `${method} ${status === 0 ? 'without an answer' : status}`;
}

/** Whether and how somebody is provisioned. */
export function standingOf({ idp }: DemoProvider, personId: string): string {
  const link = idp.links.get(personId);
  if (link === undefined) return 'not sent';
  return link.active ? 'provisioned' : 'deactivated';
}

/** Whether a group is provisioned. */
export function isProvisioned(provider: DemoProvider, groupId: string): boolean {
  if (provider.kind === 'okta') return provider.idp.pushes.get(groupId)?.active === true;
  return provider.idp.groupLinks.has(groupId);
}
