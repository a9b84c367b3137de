// For each rule about addresses, ids, owners and clients: a session that shows its fault, and what its healthy twin does
// instead. Data.

import { cycleLength } from '../../../idp/entra-job.ts';
import { mendedEntra } from '../../../idp/entra-settings.ts';
import { faults } from '../../../idp/faults.ts';
import { openSimulatedEntra } from '../../../idp/simulated-entra.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { day, minute } from '../../../idp/simulated-time.ts';
import { addOwner, runningEntra, runningOkta } from './admin-hands.ts';
import { onEntra, onOkta, onOther, type RuleSession } from './rule-session.ts';

const oldSchema = 'urn:scim:schemas:core:1.0';
const newSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

export const requestRuleSessions: readonly RuleSession[] = [
  onOkta('aiw', {
    rule: 'url.wrong_path',
    sentence: 'Okta calls “/Users”, where nothing is: the base URL is not right.',
    stepId: 'credentials',
    lastLabel: 'Save',
    play: async ({ idp, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['base-url-without-path']);
      await ready();
      await idp.testCredentials();
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          await idp.testCredentials();
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'url.wrong_path',
    sentence: 'Entra calls “/scim/v2/scim/v2/Users”, where nothing is: the base URL is not right.',
    stepId: 'credentials',
    lastLabel: 'Save',
    play: async ({ idp, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['base-url-doubled']);
      await ready();
      await idp.testConnection();
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          await idp.testConnection();
        },
      };
    },
  }),
  onOther({
    rule: 'client.scim_1_1',
    sentence: 'Our other speaks SCIM 1.1.',
    stepId: 'credentials',
    lastLabel: null,
    play: async ({ idp: scim, pass, ready }, isFaulty) => {
      await ready();
      const schemas = [isFaulty ? oldSchema : newSchema];
      await scim('POST', '/Users', { schemas, userName: 'noor.haddad@larkspur.example' });
      return { mend: () => pass(day + minute) };
    },
  }),
  onOkta('oin', {
    rule: 'client.two_kinds',
    sentence: 'Okta and Entra both call through this connection.',
    stepId: 'credentials',
    lastLabel: 'Save',
    play: async (stage, isFaulty) => {
      const { idp, server, pass, ready } = stage;
      await runningOkta(stage);
      await ready();
      const settings = mendedEntra(server.baseUrl, server.token, true);
      const other = openSimulatedEntra({ now: () => server.clock.now, settings });
      await (isFaulty ? other.testConnection() : idp.testCredentials());
      return { mend: () => pass(day + minute) };
    },
  }),
  onEntra('flagged', {
    rule: 'id.external_used',
    sentence: 'Entra uses externalId where the id belongs.',
    people: ['Mikko Salonen'],
    stepId: 'mappings',
    lastLabel: 'Provision Microsoft Entra ID Users',
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      const [, mikko] = await runningEntra(stage);
      if (isFaulty) idp.breakWith(faults['external-id-in-path']);
      idp.changeProfile(mikko, { title: 'Lead' });
      await ready();
      await pass(cycleLength);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          await pass(8 * day);
        },
      };
    },
  }),
  onOkta('oin', {
    rule: 'member.last_owner',
    sentence: 'Okta tried to take the last owner out of the directory.',
    people: ['Ada Whitlock'],
    stepId: null,
    lastLabel: null,
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, server, pass, ready } = stage;
      const [ines] = await runningOkta(stage);
      const owner = { givenName: 'Ada', familyName: 'Whitlock', email: 'ada@larkspur.example' };
      const { id: ada } = idp.hire(owner);
      idp.assign(ada);
      await pass(minute);
      await ready();
      idp.unassign(isFaulty ? ada : ines);
      await pass(minute);
      return { mend: () => addOwner(server) };
    },
  }),
  onOkta('aiw', {
    rule: 'mapping.enterprise_misplaced',
    sentence: 'Okta sends costCenter, department, division and employeeNumber where nothing reads them.',
    stepId: 'mappings',
    lastLabel: 'Attribute Mappings',
    play: async ({ idp, pass, ready }, isFaulty) => {
      const [ines, mikko] = hireFive(idp);
      if (isFaulty) idp.breakWith(faults['department-outside-namespace']);
      await idp.testCredentials();
      idp.assign(ines);
      await pass(minute);
      await ready();
      idp.assign(mikko);
      await pass(minute);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          await pass(day);
        },
      };
    },
  }),
  onEntra('flagged', {
    rule: 'actions.never_updated',
    sentence: 'Entra has created 12 people and never changed one of them.',
    stepId: 'actions',
    lastLabel: 'Save',
    onBoth: true,
    play: async ({ idp, server, pass, ready }, isFaulty) => {
      const [ines] = Array.from({ length: 12 }, (_, index) => {
        const email = `person-${index}@harbourlane.example`;
        const { id } = idp.hire({ givenName: 'Person', familyName: `Number ${index}`, email });
        idp.assign(id);
        return id;
      });
      if (isFaulty) idp.breakWith(faults['update-unticked']);
      idp.start();
      const startedAt = server.clock.now;
      await pass(minute);
      for (let days = 1; days < 21; days++) {
        idp.changeProfile(ines ?? '', { title: `Lead ${days}` });
        await pass(day);
      }
      await ready();
      return {
        dueAt: startedAt + 21 * day,
        mend: async () => {
          idp.mend(...idp.faults());
          idp.changeProfile(ines ?? '', { title: 'Lead' });
          await pass(cycleLength);
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'actions.never_updated',
    sentence: 'Entra deleted 2 people without deactivating them before.',
    stepId: 'actions',
    lastLabel: 'Save',
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      if (isFaulty) idp.breakWith(faults['update-unticked']);
      const [, mikko, dalia, soren, liv] = await runningEntra(stage);
      idp.deleteAccount(dalia);
      idp.deleteAccount(soren);
      for (let days = 1; days < 30; days++) {
        idp.changeProfile(mikko, { title: `Lead ${days}` });
        await pass(day);
      }
      idp.changeProfile(liv, { title: 'Thrower' });
      await pass(day - cycleLength);
      await ready();
      await pass(2 * cycleLength);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          idp.changeProfile(mikko, { title: 'Lead' });
          await pass(cycleLength);
        },
      };
    },
  }),
];
