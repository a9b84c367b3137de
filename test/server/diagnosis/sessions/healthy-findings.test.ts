// Weeks of an identity provider in which all is well, looked at after every single request and whenever time alone could
// change something: nothing ever blocks and nothing is ever wrong.
import { expect, test } from 'vitest';
import { earliestLook } from '../../../../server/diagnosis/finding-store.ts';
import type { Finding } from '../../../../shared/finding.ts';
import type { ScimServer } from '../../../helpers/scim-server.ts';
import { openCaptureProxy } from '../../../idp/capture-proxy.ts';
import { cycleLength } from '../../../idp/entra-job.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { entraSession, hireFive, oktaSession, type Session } from '../../../idp/simulated-sessions.ts';
import { day, hour, minute } from '../../../idp/simulated-time.ts';
import { findingsNow, rulesOf } from './rule-session.ts';

/** A session that is looked at all the time. `saw` is every finding that was open at any look. */
interface Watched<Idp> extends Session<Idp> {
  readonly saw: readonly Finding[];
  looks(): number;
}

async function watched<Idp>(
  open: (behind: (baseUrl: string, server: ScimServer) => Promise<string>) => Promise<Session<Idp>>,
): Promise<Watched<Idp>> {
  const saw: Finding[] = [];
  let looks = 0;
  const look = async (server: ScimServer) => {
    looks += 1;
    saw.push(...(await findingsNow(server)));
  };
  let closeProxy = async () => {};
  const session = await open(async (baseUrl, server) => {
    const proxy = await openCaptureProxy(baseUrl, () => look(server));
    closeProxy = proxy.close;
    return proxy.baseUrl;
  });
  const { server, pass, close } = session;
  return {
    ...session,
    saw,
    looks: () => looks,
    pass: async (ms) => {
      const until = server.clock.now + ms;
      while (server.clock.now < until) {
        const next = (await earliestLook(server.deps.database.db)) ?? until;
        await pass(Math.max(1, Math.min(next, until) - server.clock.now));
        await look(server);
      }
    },
    close: async () => {
      await closeProxy();
      await close();
    },
  };
}

async function playOkta({ idp, pass }: Session<SimulatedOkta>): Promise<void> {
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  await idp.testCredentials();
  await idp.saveToApp();
  idp.assign(ines, mikko, dalia);
  await pass(minute);
  const studio = idp.createGroup('Studio (Early) & Co', [ines, mikko, soren]);
  const crew = idp.createGroup('Kiln crew', [soren, liv]);
  idp.pushGroup(studio.id);
  idp.assignGroup(crew.id);
  await pass(minute);
  idp.changeProfile(mikko, { familyName: 'Aho', managerId: ines, title: 'Lead' });
  idp.changeProfile(dalia, { email: 'dalia.haddad@harbourlane.example', familyName: 'Haddad' });
  idp.changeMembers(studio.id, { add: [dalia], remove: [ines] });
  idp.renameGroup(studio.id, 'Studio');
  await pass(hour);
  idp.unassign(mikko);
  idp.deactivateUser(dalia);
  await pass(day);
  idp.assign(mikko);
  idp.reactivateUser(dalia);
  idp.assign(dalia);
  await pass(minute);
  idp.pushGroup(crew.id);
  await idp.importUsers();
  await pass(day);
  idp.unlinkGroup(studio.id, 'delete');
  idp.changePassword(liv);
  await pass(30 * day);
}

async function playEntra({ idp, pass }: Session<SimulatedEntra>): Promise<void> {
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  idp.changeProfile(mikko, { managerId: ines });
  const studio = idp.createGroup('Studio (Early) & Co', [ines, mikko, soren]);
  idp.assign(dalia, liv);
  idp.assignGroup(studio.id);
  await idp.testConnection();
  await pass(30 * minute);
  await idp.testConnection();
  await idp.provisionOnDemand(liv);
  idp.start();
  await pass(cycleLength);
  idp.changeProfile(mikko, { familyName: 'Aho', displayName: 'Mikko Aho', department: 'Kiln' });
  idp.changeMembers(studio.id, { add: [dalia], remove: [ines] });
  idp.renameGroup(studio.id, 'Studio');
  await pass(cycleLength);
  idp.disableAccount(mikko);
  idp.unassign(liv);
  idp.deleteAccount(soren);
  await pass(cycleLength);
  idp.enableAccount(mikko);
  idp.assign(liv);
  for (let days = 1; days <= 31; days++) {
    idp.changeProfile(dalia, { title: `Thrower, day ${days}` });
    await pass(day);
  }
  idp.deleteGroup(studio.id);
  idp.restart();
  await pass(day);
}

test.each([
  ['Okta, aiw', () => watched((behind) => oktaSession('aiw', behind)), playOkta],
  ['Okta, oin', () => watched((behind) => oktaSession('oin', behind)), playOkta],
  ['Entra, default', () => watched((behind) => entraSession(false, behind)), playEntra],
  ['Entra, flagged', () => watched((behind) => entraSession(true, behind)), playEntra],
] as const)('%s: at no moment does anything block, and nothing is wrong', async (_name, open, play) => {
  const session = await open();
  try {
    await play(session as never);
    expect(session.looks()).toBeGreaterThan(session.idp.sent.length);
    expect(rulesOf(session.saw.filter(({ severity }) => severity !== 'warning'))).toEqual([]);
    expect(await findingsNow(session.server)).toEqual([]);
  } finally {
    await session.close();
  }
});
