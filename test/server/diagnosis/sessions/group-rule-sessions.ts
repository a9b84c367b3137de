// For each rule about groups: a session that shows its fault, and what its healthy twin does instead. Data.
import { faults } from '../../../idp/faults.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { day, hour, minute } from '../../../idp/simulated-time.ts';
import { removeGroupHere, runningOkta } from './admin-hands.ts';
import { onOkta, type RuleSession, type Stage } from './rule-session.ts';

const pushing = { stepId: 'push-groups', lastLabel: 'Save' } as const;

/** A group that Okta pushes is removed here by hand, and changes in Okta an hour later. */
const removedHere = async (stage: Stage<SimulatedOkta>, isFaulty: boolean) => {
  const { idp, server, pass, ready } = stage;
  const [ines, mikko, dalia] = await runningOkta(stage);
  const kiln = idp.createGroup('Kiln crew', [ines, mikko]);
  idp.pushGroup(kiln.id);
  await pass(minute);
  if (isFaulty) await removeGroupHere(server, idp.pushes.get(kiln.id)?.remoteId ?? '');
  await pass(hour);
  await ready();
  idp.changeMembers(kiln.id, { add: [dalia] });
  await pass(minute);
  return {
    mend: async () => {
      idp.unlinkGroup(kiln.id, 'leave');
      idp.pushGroup(kiln.id);
      await pass(minute);
    },
  };
};

export const groupRuleSessions: readonly RuleSession[] = [
  onOkta('oin', {
    rule: 'group.unknown_members',
    sentence: 'Okta pushes “Everybody” with people who are not in this directory.',
    stepId: 'assign',
    lastLabel: 'Assign',
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      if (isFaulty) idp.breakWith(faults['not-assigned-but-pushed']);
      const five = hireFive(idp);
      const [ines, mikko, dalia, soren, liv] = five;
      await idp.testCredentials();
      idp.assign(ines, mikko, dalia, soren);
      await pass(minute);
      await ready();
      idp.pushGroup(idp.createGroup('Everybody', five).id);
      await pass(minute);
      return {
        mend: async () => {
          idp.assign(liv);
          await pass(2 * minute);
          idp.retryTasks();
          await pass(minute);
        },
      };
    },
  }),
  onOkta('aiw', {
    rule: 'group.assigned_and_pushed',
    sentence: 'Okta pushes groups a moment before their people arrive.',
    ...pushing,
    onBoth: true,
    play: async ({ idp, pass, ready }, isFaulty) => {
      if (isFaulty) idp.breakWith(faults['same-group-assign-and-push']);
      const [ines, mikko, dalia, soren] = hireFive(idp);
      await idp.testCredentials();
      await ready();
      idp.assignGroup(idp.createGroup('Kiln crew', [ines, mikko]).id);
      idp.assignGroup(idp.createGroup('Throwers', [dalia, soren]).id);
      await pass(minute);
      return {
        mend: async () => {
          idp.retryTasks();
          await pass(day + minute);
        },
      };
    },
  }),
  onOkta('oin', {
    rule: 'group.gone',
    sentence: 'Okta pushes “Kiln crew”, which was removed here on 2 November 2026 at 09:02 UTC.',
    ...pushing,
    onBoth: true,
    play: removedHere,
  }),
  onOkta('aiw', {
    rule: 'group.gone',
    sentence: 'Okta pushes “Kiln crew”, which was removed here on 2 November 2026 at 09:02 UTC.',
    ...pushing,
    play: removedHere,
  }),
  onOkta('oin', {
    rule: 'group.name_taken',
    sentence: 'Okta sends a second group named “Throwers”.',
    ...pushing,
    play: async (stage, isFaulty) => {
      const { idp, pass, ready } = stage;
      const [ines, mikko] = await runningOkta(stage);
      const kiln = idp.createGroup('Kiln crew', [ines]);
      idp.pushGroup(kiln.id);
      idp.pushGroup(idp.createGroup('Throwers', [mikko]).id);
      await pass(minute);
      await ready();
      idp.renameGroup(kiln.id, isFaulty ? 'Throwers' : 'Kiln');
      await pass(minute);
      return { mend: () => pass(day + minute) };
    },
  }),
];
