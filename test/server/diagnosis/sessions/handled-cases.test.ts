// Troubles of other servers that are none here, in whole sessions: they are handled, the directory is right, and nothing is
// found because there is nothing to mend.
import { afterEach, describe, expect, test } from 'vitest';
import { setups } from '../../../../server/diagnosis/setups.ts';
import { databases, startScimServer } from '../../../helpers/scim-server.ts';
import { enterpriseUrn, readDirectory } from '../../../idp/directory-truth.ts';
import { cycleLength } from '../../../idp/entra-job.ts';
import { faults } from '../../../idp/faults.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import { entraSession, oktaSession, type Session } from '../../../idp/simulated-sessions.ts';
import { second } from '../../../idp/simulated-time.ts';
import { limitSeats, runningEntra, runningOkta } from './admin-hands.ts';
import { findingsNow, rulesOf, type Stage } from './rule-session.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const onStage = <Idp>(session: Session<Idp>): Stage<Idp> => {
  open.push(session);
  return { ...session, ready: async () => {} };
};
const startEntra = async (flagged: boolean) => onStage(await entraSession(flagged));

async function expectNothingWrong({ server, idp }: Stage<SimulatedEntra>): Promise<void> {
  expect(await readDirectory(server.scim)).toEqual(idp.truth());
  expect(await findingsNow(server)).toEqual([]);
}

describe('matching', () => {
  test('by externalId works like matching by userName', async () => {
    const stage = await startEntra(true);
    stage.idp.breakWith(faults['matching-by-external-id']);
    const [, mikko, dalia] = await runningEntra(stage);
    stage.idp.changeProfile(mikko, { title: 'Lead' });
    stage.idp.unassign(dalia);
    await stage.pass(cycleLength);
    expect(stage.idp.sent.some(({ path }) => path.includes('filter=externalId'))).toBe(true);
    await expectNothingWrong(stage);
  });
});

describe('what Entra writes in two ways', () => {
  test('on demand with capitals and in cycles without comes to the same', async () => {
    const stage = await startEntra(true);
    const [, mikko] = await runningEntra(stage);
    stage.idp.changeProfile(mikko, { title: 'Lead', department: 'Kiln' });
    await stage.idp.provisionOnDemand(mikko);
    await expectNothingWrong(stage);
    stage.idp.changeProfile(mikko, { title: 'Head of glazing', department: 'Glaze room' });
    await stage.pass(cycleLength);
    await expectNothingWrong(stage);
  });

  test('without the flag, booleans as text and members to remove in a list mean what they say', async () => {
    const stage = await startEntra(false);
    const [ines, mikko, dalia, soren] = await runningEntra(stage);
    const kiln = stage.idp.createGroup('Kiln crew', [ines, mikko, dalia]);
    stage.idp.assignGroup(kiln.id);
    await stage.pass(cycleLength);
    stage.idp.changeMembers(kiln.id, { remove: [dalia] });
    stage.idp.disableAccount(soren);
    await stage.pass(cycleLength);
    expect(stage.idp.truth()).toMatchObject({ groups: [{ members: { length: 2 } }] });
    await expectNothingWrong(stage);
  });
});

test('a manager can be read back, so that no cycle has to set them again', async () => {
  const stage = await startEntra(true);
  const [ines, mikko] = await runningEntra(stage);
  stage.idp.changeProfile(mikko, { managerId: ines });
  await stage.pass(cycleLength);
  const { remoteId = '' } = stage.idp.links.get(mikko) ?? {};
  const { body } = await stage.server.scim('GET', `/Users/${remoteId}`);
  expect(body[enterpriseUrn].manager.value).toBe(stage.idp.links.get(ines)?.remoteId);
  const sent = stage.idp.sent.length;
  await stage.pass(6 * cycleLength);
  expect(stage.idp.sent).toHaveLength(sent);
});

test('a value that was emptied in Entra stays, because Entra sends nothing, and the guide says so', async () => {
  const stage = await startEntra(true);
  const [, mikko] = await runningEntra(stage);
  stage.idp.changeProfile(mikko, { title: null });
  await stage.pass(cycleLength);
  const { remoteId = '' } = stage.idp.links.get(mikko) ?? {};
  expect((await stage.server.scim('GET', `/Users/${remoteId}`)).body.title).toBe('Glaze mixer');
  expect(await findingsNow(stage.server)).toEqual([]);
});

test('groups within groups are not opened by Entra, and the step that assigns groups says so', () => {
  const assign = setups.entra.steps.find(({ id }) => id === 'assign');
  expect(assign?.note).toContain('Entra does not open groups within groups');
});

test('what Entra still shows of an error is over here with the first request that is let in', async () => {
  const stage = await startEntra(true);
  const [, mikko] = await runningEntra(stage);
  stage.idp.breakWith(faults['wrong-token']);
  stage.idp.changeProfile(mikko, { title: 'Lead' });
  await stage.pass(cycleLength);
  expect(rulesOf(await findingsNow(stage.server))).toEqual(['token.unknown']);
  stage.idp.mend(faults['wrong-token']);
  await stage.idp.testConnection();
  expect(await findingsNow(stage.server)).toEqual([]);
});

test('somebody who is invited and has not joined counts as active, so that nobody is activated again and again', async () => {
  const stage = onStage(await oktaSession('oin'));
  await limitSeats(stage.server, null);
  const [ines] = await runningOkta(stage);
  const { remoteId = '' } = stage.idp.links.get(ines) ?? {};
  const read = await stage.server.scim('GET', `/Users/${remoteId}`);
  expect(read.body.active).toBe(true);
  const { version } = read.body.meta;
  const again = await stage.server.scim('PUT', `/Users/${remoteId}`, { ...read.body, active: true });
  expect([again.status, again.body.meta.version]).toEqual([200, version]);
});

describe.each(databases)('a person who is created and deleted within seconds, on %s', (database) => {
  test('leaves no seat taken, no open invitation and no finding', async () => {
    const server = await startScimServer({ database });
    open.push(server);
    await limitSeats(server, 2);
    const { db } = server.deps.database;
    const { body } = await server.scim('POST', '/Users', { userName: 'activation.test@larkspur.example' });
    server.clock.now += 3 * second;
    expect((await server.scim('DELETE', `/Users/${body.id}`)).status).toBe(204);
    expect(await db.selectFrom('members').select('id').execute()).toEqual([{ id: server.ownerId }]);
    const invitations = await db.selectFrom('invitations').select(['member_id', 'ended']).execute();
    expect(invitations.filter(({ member_id: id }) => id === body.id)).toMatchObject([
      { ended: 'access_ended' },
    ]);
    const next = await server.scim('POST', '/Users', { userName: 'noor.haddad@larkspur.example' });
    const standing = await db.selectFrom('members').select('status').where('id', '=', next.body.id).execute();
    expect(standing).toEqual([{ status: 'invited' }]);
    expect(await findingsNow(server)).toEqual([]);
  });
});
