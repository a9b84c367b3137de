// Entra ID set up by somebody who has the side panel and nothing else, with its compliance flag and without: what the
// panel copies is pasted, one wrong turn is taken, and every step ticks without a reload until none is left.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SetUpMorning, startSetUpMorning } from '../helpers/set-up-morning.ts';
import { cycleLength } from '../idp/entra-job.ts';
import { type EntraSettings, mendedEntra } from '../idp/entra-settings.ts';
import { openSimulatedEntra, type SimulatedEntra } from '../idp/simulated-entra.ts';
import { hireFive } from '../idp/simulated-sessions.ts';
import { advance, minute } from '../idp/simulated-time.ts';

/** What the admin gets wrong, what shows it, and where the panel says what. */
interface WrongTurn {
  readonly taken: (right: EntraSettings) => Partial<EntraSettings>;
  readonly shows: (entra: SimulatedEntra, firstPerson: string) => Promise<unknown>;
  readonly step: string;
  readonly says: RegExp;
}

const blankToken: WrongTurn = {
  taken: () => ({ secretToken: '' }),
  shows: (entra) => entra.testConnection(),
  step: 'Paste tenant URL and secret token',
  says: /^Secret Token is empty in Entra, which signs in/,
};

const nickname: WrongTurn = {
  taken: ({ mappings }) => ({ mappings: { ...mappings, externalId: 'mailNickname' } }),
  shows: async (entra, firstPerson) => {
    await entra.testConnection();
    entra.assign(firstPerson);
    await entra.provisionOnDemand(firstPerson);
  },
  step: 'Map the attributes',
  says: /as externalId, not the object id, for 1 person/,
};

describe.each([
  { name: 'without the flag', flagged: false, wrongTurn: blankToken },
  { name: 'with the flag', flagged: true, wrongTurn: nickname },
])('an application of Entra $name', ({ flagged, wrongTurn }) => {
  let morning: SetUpMorning;
  let entra: SimulatedEntra;
  let right: EntraSettings;
  let people: readonly string[];
  const [ines, mikko, soren] = [() => people[0] ?? '', () => people[1] ?? '', () => people[3] ?? ''];
  const pass = (ms = minute) => advance(morning.server.clock, [entra], ms);

  beforeAll(async () => {
    morning = await startSetUpMorning();
  });
  afterAll(() => morning?.close());

  test('what the panel copies is pasted into the admin center', async () => {
    await morning.connect('Microsoft Entra ID');
    await morning.panel.getByText('0 of 11 proven').waitFor();
    await morning.open('Paste tenant URL and secret token');
    const tenantUrl = await morning.paste('Copy Tenant URL');
    const token = await morning.paste('Copy token');
    expect(tenantUrl).toMatch(/\/scim\/v2\?aadOptscim062020$/);
    right = mendedEntra(tenantUrl.replace(/\?.*/, ''), token, flagged);
    if (flagged) expect(right.tenantUrl).toBe(tenantUrl);
    entra = openSimulatedEntra({
      now: () => morning.server.clock.now,
      settings: { ...right, ...wrongTurn.taken(right) },
    });
    people = hireFive(entra);
  });

  test('the wrong turn is named at its step, and gone as soon as it is mended', async () => {
    const { step, says, shows } = wrongTurn;
    await shows(entra, ines());
    await morning.sees(step, 'has a problem');
    await morning.panel.getByText(says).waitFor();
    entra.configure(right);
    expect(await entra.testConnection()).toMatchObject({ ok: true });
    entra.assign(ines());
    await entra.provisionOnDemand(ines());
    await morning.panel.getByText(says).waitFor({ state: 'detached' });
    await morning.sees('Create the enterprise application', 'done');
    await morning.sees('Turn on automatic provisioning', 'done');
    await morning.sees('Paste tenant URL and secret token', 'done');
    await morning.sees('Map the attributes', 'done');
  });

  test('people and groups tick their steps, cycle by cycle', async () => {
    entra.assign(...people);
    entra.assignGroup(entra.createGroup('Glaze room', [mikko(), soren()]).id);
    await pass(20 * minute);
    entra.start();
    await pass();
    await morning.sees('Assign people and groups', 'done');
    await morning.sees('Send groups with their members', 'done');
    await morning.sees('Start provisioning', 'to do');
    entra.changeProfile(ines(), { title: 'Studio lead' });
    entra.unassign(people[4] ?? '');
    await pass(cycleLength);
    await morning.sees('Tick create, update, delete', 'done');
    await morning.sees('Start provisioning', 'done');
  });

  test('what nothing shows is ticked by hand', async () => {
    await morning.tick('Scope is assigned users and groups only');
    await morning.tick('Sign-in uses the same application');
  });

  test('a test person is created, renamed, disabled and enabled on demand, each in sight at once', async () => {
    const { panel } = morning;
    await morning.open('Try it with one test person');
    await panel.getByRole('button', { name: 'Start the test' }).click();
    const { id } = entra.hire({
      givenName: 'Dalia',
      familyName: 'Trial',
      email: 'dalia.trial@harbourlane.example',
    });
    entra.assign(id);
    await entra.provisionOnDemand(id);
    await panel.getByText('1 of 4 arrived').waitFor();
    entra.changeProfile(id, { displayName: 'Delia Trial' });
    await entra.provisionOnDemand(id);
    await panel.getByText('2 of 4 arrived').waitFor();
    entra.disableAccount(id);
    await entra.provisionOnDemand(id);
    await panel.getByText('3 of 4 arrived').waitFor();
    entra.enableAccount(id);
    await entra.provisionOnDemand(id);
    await panel.getByText('All four arrived').waitFor();
    await morning.sees('Try it with one test person', 'done');
  });

  test('in the end everything is in place', async () => {
    await morning.panel.getByText('11 of 11 proven').waitFor();
    await morning.panel.getByText('What arrived proves 9 steps, and 2 are ticked by hand.').waitFor();
  });
});
