// Two afternoons in which an admin of Okta and one of Entra do everything that there is, so that every request of theirs
// is made once. Knows what they press.

import { cycleLength } from './entra-job.ts';
import { keptAfterDelete } from './entra-people.ts';
import { faults } from './faults.ts';
import type { NewPerson } from './simulated-company.ts';
import { entraSession, hireFive, oktaSession } from './simulated-sessions.ts';
import { minute } from './simulated-time.ts';

/** Puts something between a provider and its server. */
type Behind = (baseUrl: string) => Promise<string>;

/** Both kinds of Okta app. Gives what closes their servers. */
export async function everyOktaRequest(behind: Behind): Promise<() => Promise<void>> {
  const sessions = [await oktaSession('aiw', behind), await oktaSession('oin', behind)];
  for (const { idp, pass, server } of sessions) {
    const [ines, mikko, dalia, soren, liv] = hireFive(idp);
    for (const fault of [faults['wrong-token'], faults['double-bearer'], faults['no-scheme']]) {
      idp.breakWith(fault);
      await idp.testCredentials();
      idp.mend(fault);
    }
    idp.configure({ importGroups: true, syncPassword: true });
    await idp.testCredentials();
    await idp.saveToApp();
    await idp.readEntitlements();
    idp.changeProfile(mikko, { managerId: ines });
    idp.assign(ines, mikko, dalia, soren, liv);
    await pass(minute);
    const group = idp.createGroup('Throwers (Early) & Trimmers', [ines, mikko]);
    idp.pushGroup(group.id);
    idp.pushGroup(idp.createGroup('Harbour Lane Admins').id);
    idp.changeProfile(ines, { familyName: 'Ferrante-Roux' });
    idp.changePassword(ines);
    await pass(minute);
    idp.changeMembers(group.id, { add: [dalia], remove: [mikko] });
    await pass(minute);
    idp.pushNow(group.id);
    await pass(minute);
    idp.deactivateUser(dalia);
    idp.unassign(mikko);
    await pass(minute);
    idp.reactivateUser(dalia);
    idp.assign(dalia, mikko);
    await pass(minute);
    idp.unlinkGroup(group.id, 'delete');
    await pass(minute);
    for (let n = 1; n <= 100 && idp.settings().app === 'oin'; n++) {
      await server.scim('POST', '/Users', { userName: `potter${n}@harbourlane.example` });
    }
    await idp.importUsers();
  }
  return async () => {
    for (const { close } of sessions) await close();
  };
}

/** Entra with and without the compliance flag, objectId and mailNickname. Gives what closes their servers. */
export async function everyEntraRequest(behind: Behind): Promise<() => Promise<void>> {
  const sessions = [await entraSession(false, behind), await entraSession(true, behind)];
  for (const { idp, pass, server } of sessions) {
    for (const fault of [faults['wrong-token'], faults['blank-token'], faults['matching-by-external-id']]) {
      idp.breakWith(fault);
      await idp.testConnection();
      idp.mend(fault);
    }
    await idp.testConnection();
    await idp.openMapping();
    const [ines, mikko, dalia, soren] = hireFive(idp);
    const kwame = idp.hire(kwameBoateng).id;
    const liv = idp.hire({ ...plain('Liv', 'Holm'), appRole: 'Admin' }).id;
    const nickname = faults['external-id-nickname'];
    idp.breakWith(nickname);
    const leads = idp.createGroup('Loom Leads & Co', [ines, mikko]);
    // Somebody made the group by another way before; it is found by its name.
    await server.scim('POST', '/Groups', { displayName: leads.name });
    idp.assign(ines, mikko, dalia, soren, kwame, liv);
    idp.assignGroup(leads.id);
    idp.assignGroup(idp.createGroup('Warping').id);
    idp.start();
    await pass(minute);
    idp.mend(nickname);
    await pass(cycleLength);
    idp.changeProfile(ines, {
      displayName: 'Astrid Holm-Vik',
      familyName: 'Holm-Vik',
      email: 'a.vik@northmere-looms.example',
      login: 'a.vik@northmere-looms.example',
      title: 'Pattern drafter',
      department: 'Drafting',
    });
    idp.changeProfile(mikko, { employeeNumber: 'NL-0204', department: 'Finishing', managerId: ines });
    idp.changeProfile(dalia, { mobilePhone: '+44 7700 900789', employeeNumber: 'NL-0205' });
    idp.changeProfile(soren, { employeeNumber: 'NL-0206', department: 'Finishing' });
    idp.renameGroup(leads.id, 'Loom Leads');
    idp.changeMembers(leads.id, { remove: [mikko], add: [dalia] });
    await pass(cycleLength);
    idp.changeProfile(mikko, { managerId: dalia });
    idp.changeProfile(ines, {
      displayName: 'Astrid Vik',
      familyName: 'Vik',
      title: 'Senior',
      department: 'Design',
    });
    await pass(cycleLength);
    idp.changeProfile(mikko, { managerId: null });
    idp.disableAccount(ines);
    await pass(cycleLength);
    idp.enableAccount(ines);
    await pass(cycleLength);
    idp.deleteAccount(dalia);
    await pass(cycleLength + keptAfterDelete);
    idp.deleteGroup(leads.id);
    await pass(cycleLength);
  }
  return async () => {
    for (const { close } of sessions) await close();
  };
}

const plain = (givenName: string, familyName: string): NewPerson => ({
  givenName,
  familyName,
  email: `${givenName}.${familyName}@northmere-looms.example`.toLowerCase(),
});

const kwameBoateng: NewPerson = {
  ...plain('Kwame', 'Boateng'),
  title: 'Loom lead',
  language: 'en-GB',
  address: {
    streetAddress: '11 Heddle Row',
    locality: 'Northmere',
    region: 'Fells',
    postalCode: 'NM4 7QE',
    country: 'United Kingdom',
    formatted: 'Shed 5',
  },
  workPhone: '+44 1632 960044',
  mobilePhone: '+44 7700 900456',
  employeeNumber: 'NL-204',
  department: 'Warping',
};
