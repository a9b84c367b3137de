// For each rule about people: a session that shows its fault, and what its healthy twin does instead. Data.
import { cycleLength } from '../../../idp/entra-job.ts';
import { faults } from '../../../idp/faults.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { minute } from '../../../idp/simulated-time.ts';
import { limitSeats, runningEntra, runningOkta, verifyDomain } from './admin-hands.ts';
import { onEntra, onOkta, type RuleSession } from './rule-session.ts';

const inMapping = { stepId: 'mappings', lastLabel: 'Save' } as const;
const here = { stepId: null, lastLabel: null } as const;
const noor = { givenName: 'Noor', familyName: 'Haddad', email: 'noor.haddad@brightwater.example' };

export const peopleRuleSessions: readonly RuleSession[] = [
  onOkta('aiw', {
    rule: 'user_name.no_address',
    sentence: 'Okta sends “ines.ferrante”, not an e-mail address, for 1 person.',
    people: ['Ines Ferrante'],
    stepId: 'username-format',
    lastLabel: 'Save',
    onBoth: true,
    play: async ({ idp, pass, ready }, isFaulty) => {
      const [ines] = hireFive(idp);
      if (isFaulty) idp.breakWith(faults['username-not-mail']);
      await idp.testCredentials();
      idp.assign(ines);
      await ready();
      await pass(minute);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          idp.changeProfile(ines, { title: 'Lead' });
          await pass(minute);
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'user_name.no_mailbox',
    sentence:
      'Entra sends “mikko.salonen@harbourlane.onmicrosoft.com”, an address without a mailbox, for 2 people.',
    people: ['Mikko Salonen', 'Ines Ferrante'],
    ...inMapping,
    play: async ({ idp, pass, ready }, isFaulty) => {
      const [ines, mikko] = hireFive(idp);
      if (isFaulty) idp.breakWith(faults['username-not-mail']);
      idp.assign(ines, mikko);
      await ready();
      idp.start();
      await pass(minute);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          await pass(minute);
        },
      };
    },
  }),
  onEntra('flagged', {
    rule: 'external_id.no_guid',
    sentence: 'Entra sends “liv.sand” as externalId, not the object id, for 1 person.',
    people: ['Liv Sand'],
    ...inMapping,
    onBoth: true,
    play: async ({ idp, pass, ready }, isFaulty) => {
      const [, , , , liv] = hireFive(idp);
      if (isFaulty) idp.breakWith(faults['external-id-nickname']);
      idp.assign(liv);
      await ready();
      await idp.provisionOnDemand(liv);
      return {
        mend: async () => {
          idp.mend(...idp.faults());
          idp.start();
          await pass(minute);
        },
      };
    },
  }),
  onOkta('oin', {
    rule: 'domain.not_verified',
    sentence: 'The domain brightwater.example is not verified and arrives for 1 person.',
    people: ['Noor Haddad'],
    ...here,
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, server, pass, ready } = stage;
      await runningOkta(stage);
      await verifyDomain(server, 'harbourlane.example');
      const email = isFaulty ? noor.email : 'noor.haddad@harbourlane.example';
      const { id } = idp.hire({ ...noor, email });
      await ready();
      idp.assign(id);
      await pass(minute);
      return {
        mend: async () => {
          idp.unassign(id);
          await pass(minute);
        },
      };
    },
  }),
  onOkta('oin', {
    rule: 'user_name.other_address',
    sentence: 'Okta sends a userName that differs from the e-mail address for 2 people.',
    people: ['Mikko Salonen', 'Ines Ferrante'],
    stepId: 'username-format',
    lastLabel: 'Save',
    play: async ({ idp, pass, ready }, isFaulty) => {
      const [ines, mikko, dalia] = hireFive(idp);
      idp.changeProfile(ines, { login: 'iferrante@login.harbourlane.example' });
      idp.changeProfile(mikko, { login: 'msalonen@login.harbourlane.example' });
      if (isFaulty) idp.configure({ usernameFormat: 'okta-username' });
      await idp.testCredentials();
      idp.assign(dalia, ines);
      await pass(minute);
      await ready();
      idp.assign(mikko);
      await pass(minute);
      return {
        mend: async () => {
          idp.configure({ usernameFormat: 'email' });
          await pass(minute);
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'roles.not_read',
    sentence: 'Entra sends the role “Auditor”, which has no effect here, for 1 person.',
    people: ['Noor Haddad'],
    ...here,
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      await runningEntra(stage);
      const { id } = idp.hire({ ...noor, appRole: isFaulty ? 'Auditor' : null });
      idp.assign(id);
      await ready();
      await pass(cycleLength);
      return {
        mend: async () => {
          idp.unassign(id);
          await pass(cycleLength);
        },
      };
    },
  }),
  onOkta('aiw', {
    rule: 'seats.none_free',
    sentence: '2 people wait for a free seat.',
    people: ["Søren O'Keefe", 'Liv Sand'],
    ...here,
    onBoth: true,
    play: async ({ idp, server, pass, ready }, isFaulty) => {
      const five = hireFive(idp);
      await limitSeats(server, isFaulty ? 4 : 6);
      await idp.testCredentials();
      await ready();
      idp.assign(...five);
      await pass(minute);
      return { mend: () => limitSeats(server, null) };
    },
  }),
];
