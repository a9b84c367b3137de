// Weeks of work of every variant of a simulated identity provider: the directory ends up as the provider tells it.
import { afterEach, describe, expect, test } from 'vitest';
import { readDirectory } from './directory-truth.ts';
import { cycleLength } from './entra-job.ts';
import type { SimulatedEntra } from './simulated-entra.ts';
import type { SimulatedOkta } from './simulated-okta.ts';
import { entraSession, hireFive, oktaSession, type Session } from './simulated-sessions.ts';
import { day, hour, minute } from './simulated-time.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function expectTruth({ server, idp }: Session<SimulatedOkta | SimulatedEntra>): Promise<void> {
  expect(await readDirectory(server.scim)).toEqual(idp.truth());
}

const refusals = (idp: SimulatedOkta | SimulatedEntra) =>
  idp.sent.filter(({ status }) => status === 0 || status >= 400);

describe.each(['aiw', 'oin'] as const)('Okta, %s app', (app) => {
  test('assigns, changes, deactivates, returns and pushes groups', async () => {
    const session = await oktaSession(app);
    open.push(session);
    const { idp, pass } = session;
    const [ines, mikko, dalia, soren, liv] = hireFive(idp);
    expect(await idp.testCredentials()).toMatchObject({ ok: true });
    idp.assign(ines, mikko, dalia);
    await pass(minute);
    await expectTruth(session);
    expect(idp.truth().people).toHaveLength(3);

    const studio = idp.createGroup('Studio (Early) & Co', [ines, mikko, soren]);
    const crew = idp.createGroup('Kiln crew', [soren, liv]);
    idp.pushGroup(studio.id);
    idp.assignGroup(crew.id);
    await pass(minute);
    await expectTruth(session);
    expect(idp.truth().groups).toMatchObject([{ members: { length: 3 } }]);

    idp.changeProfile(mikko, {
      familyName: 'Salonen-Aho',
      displayName: 'Mikko Aho',
      managerId: ines,
      title: 'Lead',
    });
    idp.changeProfile(dalia, { email: 'dalia.haddad@harbourlane.example', familyName: 'Haddad' });
    idp.changeMembers(studio.id, { add: [dalia], remove: [ines] });
    idp.renameGroup(studio.id, 'Studio');
    await pass(hour);
    await expectTruth(session);

    idp.unassign(mikko);
    idp.deactivateUser(dalia);
    idp.changeMembers(crew.id, { remove: [liv] });
    await pass(day);
    await expectTruth(session);
    expect(
      idp
        .truth()
        .people.filter(({ active }) => active)
        .map(({ givenName }) => givenName),
    ).toEqual(['Ines', 'Søren']);

    idp.assign(mikko, liv);
    idp.reactivateUser(dalia);
    idp.changeProfile(dalia, { title: 'Head of throwing' });
    idp.assign(dalia);
    await pass(minute);
    await expectTruth(session);

    idp.pushGroup(crew.id);
    await pass(minute);
    idp.pushNow(crew.id);
    idp.unlinkGroup(studio.id, 'delete');
    await pass(minute);
    await expectTruth(session);
    expect(idp.tasks()).toEqual([]);
    expect(refusals(idp)).toEqual([]);
    const imported = await idp.importUsers();
    expect(imported.users.filter(({ externalId }) => externalId !== undefined)).toHaveLength(5);
    expect(imported.groups.map(({ displayName }) => displayName)).toEqual(['Kiln crew']);
  });

  test('sends nothing while nothing changes', async () => {
    const session = await oktaSession(app);
    open.push(session);
    const { idp, pass } = session;
    const five = hireFive(idp);
    idp.assign(...five);
    idp.pushGroup(idp.createGroup('Everybody', five).id);
    await pass(minute);
    session.news();
    idp.assign(...five);
    await pass(day);
    expect(session.news()).toEqual([]);
  });
});

describe.each([
  ['default', false],
  ['flagged', true],
] as const)('Entra, %s', (_name, flagged) => {
  test('creates, changes, disables, restores and deletes people and groups in its cycles', async () => {
    const session = await entraSession(flagged);
    open.push(session);
    const { idp, pass } = session;
    const [ines, mikko, dalia, soren, liv] = hireFive(idp);
    idp.changeProfile(mikko, { managerId: ines });
    const studio = idp.createGroup('Studio (Early) & Co', [ines, mikko, soren]);
    idp.assign(dalia, liv);
    idp.assignGroup(studio.id);
    expect(await idp.testConnection()).toMatchObject({ ok: true });
    await pass(hour);
    expect(idp.job.cycles).toEqual([]);
    idp.start();
    await pass(minute);
    await expectTruth(session);
    expect(idp.truth()).toMatchObject({ people: { length: 5 }, groups: [{ members: { length: 3 } }] });

    idp.changeProfile(mikko, {
      familyName: 'Aho',
      displayName: 'Mikko Aho',
      title: 'Lead',
      department: 'Kiln',
    });
    idp.changeProfile(dalia, {
      email: 'd.haddad@harbourlane.example',
      login: 'd.haddad@harbourlane.example',
    });
    idp.changeProfile(soren, { mobilePhone: '+44 7700 900789', managerId: mikko });
    idp.changeProfile(mikko, { managerId: dalia });
    idp.changeMembers(studio.id, { add: [dalia], remove: [ines] });
    idp.renameGroup(studio.id, 'Studio');
    await pass(cycleLength);
    await expectTruth(session);
    expect(idp.truth().people.find(({ givenName }) => givenName === 'Ines')?.active).toBe(false);

    idp.disableAccount(mikko);
    idp.unassign(liv);
    idp.deleteAccount(soren);
    await pass(cycleLength);
    await expectTruth(session);
    idp.enableAccount(mikko);
    idp.assign(liv);
    idp.changeProfile(soren, { managerId: null });
    await pass(29 * day);
    await expectTruth(session);
    expect(idp.truth().people).toHaveLength(5);
    await pass(day);
    await expectTruth(session);
    expect(idp.truth().people).toHaveLength(4);
    expect(session.news().filter((request) => request.startsWith('DELETE'))).toEqual([
      'DELETE /Users/{id} 204',
    ]);

    idp.deleteGroup(studio.id);
    await pass(cycleLength);
    await expectTruth(session);
    expect(session.news()).toContain('DELETE /Groups/{id} 204');
    expect(idp.job.escrows().size).toBe(0);
    expect(refusals(idp)).toEqual([]);
  });

  test('provisions on demand at once, and sends nothing in a cycle without changes', async () => {
    const session = await entraSession(flagged);
    open.push(session);
    const { idp, pass } = session;
    const [ines] = hireFive(idp);
    idp.assign(ines);
    expect(await idp.provisionOnDemand(ines)).toMatchObject({ ok: true });
    await expectTruth(session);
    expect(session.news()).toEqual([
      'GET /Users?filter=userName eq "…" 200',
      'GET /Groups?excludedAttributes=members&filter=displayName eq "…" 200',
      'GET /Users?filter=userName eq "…" 200',
      'POST /Users 201',
    ]);
    idp.start();
    await pass(minute);
    expect(session.news()).toEqual(['GET /Users/{id} 200']);
    await pass(day - minute);
    expect(idp.job.cycles).toHaveLength(day / cycleLength + 1);
    expect(session.news()).toEqual([]);
  });
});
