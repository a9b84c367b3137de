// Okta set up by somebody who has the side panel and nothing else: what it copies is pasted, one wrong turn is taken, and
// every step ticks without a reload until none is left.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SetUpMorning, startSetUpMorning } from '../helpers/set-up-morning.ts';
import { mendedOkta, type OktaSettings } from '../idp/okta-settings.ts';
import type { NewPerson } from '../idp/simulated-company.ts';
import { openSimulatedOkta, type SimulatedOkta } from '../idp/simulated-okta.ts';
import { hireFive } from '../idp/simulated-sessions.ts';
import { advance, minute, second } from '../idp/simulated-time.ts';

const dalia: NewPerson = {
  givenName: 'Dalia',
  familyName: 'Trial',
  email: 'dalia.trial@harbourlane.example',
};

/** What the admin gets wrong, what shows it, and where the panel says what. */
interface WrongTurn {
  readonly taken: (right: OktaSettings) => Partial<OktaSettings>;
  readonly shows: (morning: SetUpMorning, okta: SimulatedOkta) => Promise<unknown>;
  readonly step: string;
  readonly says: string;
}

const wrongTurns: Readonly<Record<OktaSettings['app'], WrongTurn>> = {
  aiw: {
    taken: ({ token }) => ({ token: token.slice(0, -4) }),
    shows: (_, okta) => okta.testCredentials(),
    step: 'Paste base URL and token',
    says: 'Okta signs in with a token that is not known here.',
  },
  oin: {
    taken: () => ({ createUsers: false }),
    shows: async ({ server }, okta) => {
      const [ines = '', mikko = ''] = okta.company.people.keys();
      await okta.testCredentials();
      okta.assign(ines);
      await advance(server.clock, [okta], 2 * minute);
      okta.assign(mikko);
      await advance(server.clock, [okta], 5 * second);
    },
    step: 'Turn on create, update, deactivate',
    says: 'Okta looked for 2 people, found nobody, and created nobody.',
  },
};

describe.each(['aiw', 'oin'] as const)('an app of Okta of the kind %s', (app) => {
  const { taken, shows, step, says } = wrongTurns[app];
  let morning: SetUpMorning;
  let okta: SimulatedOkta;
  let right: OktaSettings;
  const pass = (ms = 5 * second) => advance(morning.server.clock, [okta], ms);

  beforeAll(async () => {
    morning = await startSetUpMorning();
  });
  afterAll(() => morning?.close());

  test('what the panel copies is pasted into the console', async () => {
    await morning.connect('Okta');
    await morning.panel.getByText('0 of 12 proven').waitFor();
    await morning.open('Paste base URL and token');
    const baseUrl = await morning.paste('Copy SCIM connector base URL');
    const token = await morning.paste('Copy token');
    right = mendedOkta(app, baseUrl, token);
    okta = openSimulatedOkta({
      now: () => morning.server.clock.now,
      settings: { ...right, ...taken(right) },
    });
    hireFive(okta);
  });

  test('the wrong turn is named at its step, and gone as soon as it is mended', async () => {
    await shows(morning, okta);
    await morning.sees(step, 'has a problem');
    await morning.panel.getByText(says).waitFor();
    okta.configure(right);
    okta.retryTasks();
    await pass();
    expect(await okta.testCredentials()).toMatchObject({ ok: true });
    await morning.panel.getByText(says).waitFor({ state: 'detached' });
    await morning.sees('Create the app in Okta', 'done');
    await morning.sees('Turn SCIM on', 'done');
    await morning.sees('Paste base URL and token', 'done');
  });

  test('people tick their steps as they come, change and leave', async () => {
    const [ines = '', ...others] = okta.company.people.keys();
    okta.assign(ines);
    await pass();
    await morning.sees('Application username format is Email', 'done');
    await morning.sees('Compare the attribute mappings', 'done');
    await morning.sees('Assign people', 'done');
    await morning.sees('Turn on create, update, deactivate', 'under way');
    okta.assign(...others);
    await pass();
    okta.changeProfile(ines, { title: 'Studio lead' });
    await pass();
    okta.unassign(others[0] ?? '');
    await pass();
    await morning.sees('Turn on create, update, deactivate', 'done');
  });

  test('a pushed group ticks its step, and what nothing shows is ticked by hand', async () => {
    const [ines = '', , dalia = ''] = okta.company.people.keys();
    okta.pushGroup(okta.createGroup('Glaze room', [ines, dalia]).id);
    await pass();
    await morning.sees('Push groups by name', 'done');
    await morning.tick('Provision those who were assigned earlier');
    await morning.tick('Push Immediately is ticked');
    await morning.tick('Let people sign in through Okta');
  });

  test('a test person comes, changes, leaves and comes back, each in sight at once', async () => {
    const { panel } = morning;
    await morning.open('Try it with one test person');
    await panel.getByRole('button', { name: 'Start the test' }).click();
    const { id } = okta.hire(dalia);
    okta.assign(id);
    await pass();
    await panel.getByText('1 of 4 arrived').waitFor();
    okta.changeProfile(id, { givenName: 'Delia' });
    await pass();
    await panel.getByText('2 of 4 arrived').waitFor();
    okta.unassign(id);
    await pass();
    await panel.getByText('3 of 4 arrived').waitFor();
    okta.assign(id);
    await pass();
    await panel.getByText('All four arrived').waitFor();
    await morning.sees('Try it with one test person', 'done');
  });

  test('in the end everything is in place', async () => {
    await morning.panel.getByText('12 of 12 proven').waitFor();
    await morning.panel.getByText('What arrived proves 9 steps, and 3 are ticked by hand.').waitFor();
  });
});
