// Weeks of a company's life, played through the simulated identity providers before anybody looks: how it was set up, who came
// and went, what went wrong and was mended, and what is wrong today. Knows the plot, no page.
import { type FaultName, faults } from '../idp/faults.ts';
import { advance, day, hour, minute } from '../idp/simulated-time.ts';
import { type CompanyLife, openCompanyLife } from './company-life.ts';
import type { DemoClock } from './demo-clock.ts';
import { at, inventedPerson } from './demo-names.ts';
import type { DemoOptions } from './demo-options.ts';
import {
  type DemoProvider,
  givenUpGroup,
  openProvider,
  plansOf,
  provisionGroup,
  releaseGroup,
  testProvider,
} from './demo-providers.ts';
import type { DemoServer } from './demo-server.ts';
import { owner, type RollcallAdmin, setUpRollcall } from './rollcall-admin.ts';

export interface DemoCompany {
  readonly admin: RollcallAdmin;
  readonly providers: readonly DemoProvider[];
  readonly life: CompanyLife;
}

/** How many invited people go on waiting. */
const onTheWay = 12;

/** Plays from `days` ago until the clock's time; `tell` hears how far it is. */
export async function playHistory(
  server: DemoServer,
  clock: DemoClock,
  { people, days }: Pick<DemoOptions, 'people' | 'days'>,
  tell: (progress: string) => void,
): Promise<DemoCompany> {
  const end = clock.now;
  clock.now = end - days * day;
  tell('Setting up Larkspur Foundry');
  const admin = await setUpRollcall(server);
  const providers: DemoProvider[] = [];
  for (const plan of plansOf(days)) providers.push(await openProvider(server, admin.asked, plan));
  const life = openCompanyLife(() => clock.now, providers, people, new Set([owner.email]));
  const pass = (ms: number) => advance(clock, [life, ...providers.map(({ idp }) => idp)], ms);
  const passUntil = (time: number) => pass(Math.max(0, time - clock.now));

  let hired = 0;
  for (const [index, provider] of providers.entries()) {
    const share =
      index === providers.length - 1 ? people - hired : Math.round((people * provider.percent) / 100);
    tell(`${share} people arrive from ${provider.name}`);
    await moveIn(provider, hired, share);
    hired += share;
    await pass(hour);
  }
  await admin.inviteAll();
  await server.deps.mail.run();

  const [wizard, catalogue, entra, flagged] = providers as [DemoProvider, ...DemoProvider[]];
  const troubles: Readonly<Record<number, () => Promise<void>>> = {
    [Math.floor(days * 0.3)]: () => trouble(wizard, 'wrong-token', 6 * hour),
    [Math.floor(days * 0.6)]: () => trouble(entra ?? wizard, 'wrong-token', 20 * hour),
    [days - 2]: async () => catalogue?.idp.breakWith(faults['department-outside-namespace']),
  };
  const trouble = async (provider: DemoProvider, name: FaultName, forMs: number) => {
    provider.idp.breakWith(faults[name]);
    await testProvider(provider);
    for (let passed = 0; passed < forMs; passed += 2 * hour) {
      await pass(2 * hour);
      await admin.look();
    }
    provider.idp.mend(faults[name]);
    await testProvider(provider);
    if (provider.kind === 'okta') provider.idp.retryTasks();
    else provider.idp.restart();
    await pass(hour);
    await admin.look();
  };

  life.pace(3 * hour);
  for (let past = 1; past < days; past++) {
    await passUntil(end - (days - past) * day);
    if (past % 7 === 1) tell(`Week ${Math.ceil(past / 7)}`);
    // Most join within days; those who came last are still on the way.
    await admin.join(Math.ceil((people * 1.2) / days) + 3, onTheWay);
    if (past < days - 1) await admin.inviteAll();
    await troubles[past]?.();
    await admin.look();
  }
  tell('Yesterday and today');
  await admin.nudgeOldest(2);
  await admin.blockSomebody('Laptop lost');
  life.pace(30 * minute);
  await passUntil(end - 4 * hour);
  if (flagged !== undefined) giveUp(flagged);
  life.pace(10 * minute);
  await passUntil(end);
  await admin.look();
  await server.deps.mail.run();
  return { admin, providers, life };
}

/** Hires a provider's part of the company, assigns the app, provisions the groups, and tests before anything. */
async function moveIn(provider: DemoProvider, first: number, count: number): Promise<void> {
  const { idp, groups } = provider;
  await testProvider(provider);
  const hires = Array.from({ length: count }, (_, n) => inventedPerson(first + n));
  // The owner was invited by hand; Okta finds her there and takes her over.
  if (first === 0) hires[0] = { ...at(hires, 0), givenName: 'Ada', familyName: 'Holm', email: owner.email };
  const ids = hires.map((person) => idp.hire(person).id);
  for (const id of ids.slice(1)) if (ids[0] !== undefined) idp.changeProfile(id, { managerId: at(ids, 0) });
  // These have the application by that one group alone.
  const byGroup = groups.includes(givenUpGroup) ? ids.slice(-Math.ceil(count * 0.35)) : [];
  const others = ids.filter((id) => !byGroup.includes(id));
  idp.assign(...others);
  for (const [n, name] of groups.entries()) {
    const members = others.filter((_, index) => (index + n) % (2 + (n % 4)) === 0);
    provisionGroup(provider, idp.createGroup(name, name === givenUpGroup ? byGroup : members).id);
  }
  if (provider.kind === 'entra') provider.idp.start();
}

/** Somebody takes a group off the application, and with it everybody who was there by it alone. */
function giveUp(provider: DemoProvider): void {
  const group = [...provider.idp.company.groups.values()].find(({ name }) => name === givenUpGroup);
  if (group !== undefined) releaseGroup(provider, group.id);
}
