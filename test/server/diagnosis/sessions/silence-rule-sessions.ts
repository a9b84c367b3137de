// For each rule about silence: a session in which what is expected does not come, and a healthy twin in which it does. Data.
import { cycleLength } from '../../../idp/entra-job.ts';
import { type FaultName, faults } from '../../../idp/faults.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { hour, minute, second } from '../../../idp/simulated-time.ts';
import { runningEntra } from './admin-hands.ts';
import { onEntra, onOkta, type RuleSession, type Stage } from './rule-session.ts';

/** Six people change, one in every cycle: from the third on, Entra keeps a rhythm. */
async function steadyEntra(stage: Stage<SimulatedEntra>): Promise<string> {
  const [, mikko] = await runningEntra(stage);
  for (let cycle = 1; cycle <= 4; cycle++) {
    stage.idp.changeProfile(mikko, { title: `Lead ${cycle}` });
    await stage.pass(cycleLength);
  }
  return mikko;
}

const lastSent = ({ sent }: SimulatedEntra): number => sent.at(-1)?.at ?? 0;

/** A first test that something before the server answers. */
const blockedTest =
  (name: FaultName & ('blocked-by-firewall' | 'gateway-page')) =>
  async ({ idp, server, pass, ready }: Stage<SimulatedEntra>, isFaulty: boolean) => {
    if (isFaulty) idp.breakWith(faults[name]);
    const madeAt = server.clock.now;
    await ready();
    await idp.testConnection();
    await pass(second);
    return {
      dueAt: madeAt + 30 * minute,
      mend: async () => {
        idp.mend(...idp.faults());
        await idp.testConnection();
      },
    };
  };

export const silenceRuleSessions: readonly RuleSession[] = [
  onEntra('flagged', {
    rule: 'silence.nothing_arrived',
    sentence: /^Nothing has arrived since the token ending in .{4} was made\.$/,
    stepId: 'credentials',
    lastLabel: 'Save',
    play: blockedTest('blocked-by-firewall'),
  }),
  onEntra('default', {
    rule: 'silence.nothing_arrived',
    sentence: /^Nothing has arrived since the token ending in .{4} was made\.$/,
    stepId: 'credentials',
    lastLabel: 'Save',
    onBoth: true,
    play: blockedTest('gateway-page'),
  }),
  onOkta('aiw', {
    rule: 'silence.nobody_arrived',
    sentence: 'Okta reaches this directory, but nobody has arrived.',
    stepId: 'assigned-earlier',
    lastLabel: 'OK',
    onBoth: true,
    play: async ({ idp, server, pass, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['assigned-before-provisioning']);
      const five = hireFive(idp);
      idp.assign(...five);
      await ready();
      await idp.testCredentials();
      const testedAt = server.clock.now;
      await pass(minute);
      return {
        dueAt: testedAt + 10 * minute,
        mend: async () => {
          idp.mend(...idp.faults());
          idp.provisionUsers();
          await pass(minute);
        },
      };
    },
  }),
  onEntra('flagged', {
    rule: 'silence.nobody_arrived',
    sentence: 'Entra reaches this directory, but nobody has arrived.',
    stepId: 'start',
    lastLabel: 'Start provisioning',
    play: async ({ idp, server, pass, ready }, isFaulty) => {
      const five = hireFive(idp);
      idp.assign(...five);
      await ready();
      await idp.testConnection();
      const testedAt = server.clock.now;
      if (!isFaulty) idp.start();
      await pass(minute);
      return {
        dueAt: testedAt + 45 * minute,
        mend: async () => {
          idp.start();
          await pass(minute);
        },
      };
    },
  }),
  onOkta('oin', {
    rule: 'create.never_follows',
    sentence: 'Okta looked for 5 people, found nobody, and created nobody.',
    stepId: 'actions',
    lastLabel: 'Save',
    onBoth: true,
    play: async ({ idp, pass, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['create-unticked']);
      const five = hireFive(idp);
      await idp.testCredentials();
      await ready();
      idp.assign(...five);
      await pass(10 * second);
      const lookedUpAt = idp.sent.at(-1)?.at ?? 0;
      return {
        dueAt: lookedUpAt + minute,
        mend: async () => {
          idp.mend(...idp.faults());
          idp.retryTasks();
          await pass(minute);
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'create.never_follows',
    sentence: 'Entra looked for 5 people, found nobody, and created nobody.',
    stepId: 'actions',
    lastLabel: 'Save',
    play: async ({ idp, pass, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['create-unticked']);
      const five = hireFive(idp);
      idp.assign(...five);
      await idp.testConnection();
      await ready();
      idp.start();
      await pass(second);
      return {
        dueAt: lastSent(idp) + minute,
        mend: async () => {
          idp.mend(...idp.faults());
          await pass(second);
        },
      };
    },
  }),
  onEntra('flagged', {
    rule: 'silence.entra_quiet',
    sentence: 'Entra called every 40 minutes and has been quiet for two hours. Is provisioning still on?',
    stepId: 'start',
    lastLabel: 'Start provisioning',
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      const mikko = await steadyEntra(stage);
      await ready();
      const dueAt = lastSent(idp) + 2 * hour + 1;
      if (isFaulty) idp.stop();
      else idp.changeProfile(mikko, { title: 'Head of glazing' });
      await pass(cycleLength);
      return {
        dueAt,
        mend: async () => {
          idp.start();
          await pass(minute);
        },
      };
    },
  }),
  onEntra('default', {
    rule: 'silence.entra_quarantine',
    sentence: 'Entra has probably put provisioning into quarantine.',
    stepId: 'start',
    lastLabel: 'Start provisioning',
    alongside: { 'token.unknown': 'Entra goes into quarantine for what it was refused for, here the token.' },
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      const mikko = await steadyEntra(stage);
      await ready();
      if (isFaulty) idp.breakWith(faults['wrong-token']);
      idp.changeProfile(mikko, { title: 'Head of glazing' });
      await pass(cycleLength);
      const dueAt = lastSent(idp) + 5 * hour + 1;
      if (!isFaulty)
        for (let cycle = 1; cycle <= 9; cycle++) {
          idp.changeProfile(mikko, { title: `Lead ${cycle}` });
          await pass(cycleLength);
        }
      return {
        dueAt,
        mend: async () => {
          idp.mend(...idp.faults());
          idp.restart();
          await pass(minute);
        },
      };
    },
  }),
];
