// Several faults at once: what must be mended first is told first, and mending it shows the next.
import { expect, test } from 'vitest';
import { readSyncStatus } from '../../../../server/diagnosis/read-sync-status.ts';
import type { ScimServer } from '../../../helpers/scim-server.ts';
import { type FaultName, faults } from '../../../idp/faults.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { entraSession, hireFive, oktaSession, type Session } from '../../../idp/simulated-sessions.ts';
import { minute } from '../../../idp/simulated-time.ts';
import { limitSeats } from './admin-hands.ts';

/** What is open while all faults are there, after the first is mended, after the second, and so on. */
interface Combination {
  readonly faults: readonly FaultName[];
  readonly shows: readonly (readonly string[])[];
  /** How long is waited before a look, in minutes; two unless said. */
  readonly minutes?: number;
  readonly seats?: number;
}

const onOkta: readonly Combination[] = [
  {
    faults: ['no-scheme', 'username-not-mail'],
    shows: [['token.bearer_missing'], ['user_name.no_address'], []],
  },
  {
    faults: ['wrong-token', 'base-url-without-path'],
    shows: [['token.unknown'], ['url.wrong_path'], []],
  },
  {
    faults: ['base-url-doubled', 'create-unticked'],
    shows: [['url.wrong_path'], ['create.never_follows'], []],
  },
  {
    faults: ['wrong-token', 'create-unticked'],
    shows: [['token.unknown'], ['create.never_follows'], []],
  },
  {
    faults: ['username-not-mail', 'department-outside-namespace'],
    shows: [['user_name.no_address', 'mapping.enterprise_misplaced'], ['mapping.enterprise_misplaced']],
  },
  {
    faults: ['username-not-mail', 'not-assigned-but-pushed'],
    shows: [['user_name.no_address', 'group.unknown_members'], ['group.unknown_members'], []],
  },
  {
    faults: ['same-group-assign-and-push', 'department-outside-namespace'],
    shows: [['group.assigned_and_pushed', 'mapping.enterprise_misplaced']],
  },
  {
    faults: ['double-bearer', 'not-assigned-but-pushed', 'department-outside-namespace'],
    shows: [['token.bearer_twice'], ['group.unknown_members', 'mapping.enterprise_misplaced']],
  },
];

const onEntra: readonly Combination[] = [
  {
    faults: ['blank-token', 'external-id-nickname'],
    shows: [['token.blank'], ['external_id.no_guid'], []],
  },
  {
    faults: ['external-id-nickname', 'username-not-mail'],
    shows: [['external_id.no_guid', 'user_name.no_mailbox'], ['user_name.no_mailbox'], []],
  },
  {
    faults: ['base-url-doubled', 'not-started'],
    shows: [['url.wrong_path'], ['silence.nobody_arrived'], []],
    minutes: 46,
  },
  {
    faults: ['create-unticked', 'external-id-nickname'],
    shows: [['create.never_follows'], ['external_id.no_guid'], []],
  },
  {
    faults: ['external-id-nickname', 'username-not-mail'],
    seats: 3,
    shows: [['seats.none_free', 'external_id.no_guid', 'user_name.no_mailbox']],
  },
];

async function expectShown(
  { server, idp, pass, close }: Session<SimulatedOkta | SimulatedEntra>,
  { faults: names, shows, minutes = 2, seats }: Combination,
  begin: () => Promise<unknown>,
  again: () => Promise<unknown>,
): Promise<void> {
  try {
    if (seats !== undefined) await limitSeats(server, seats);
    idp.breakWith(...names.map((name) => faults[name]));
    await begin();
    for (const [mended, open] of shows.entries()) {
      const name = names[mended - 1];
      if (name !== undefined) {
        idp.mend(faults[name]);
        await again();
      }
      await pass(minutes * minute);
      expect(await openRules(server)).toEqual(open);
    }
  } finally {
    await close();
  }
}

async function openRules({ deps, orgId }: ScimServer): Promise<readonly string[] | undefined> {
  await deps.provisioningLog.flush();
  const { connections } = await readSyncStatus(deps, orgId);
  return connections[0]?.findings.map(({ rule }) => rule);
}

test.each(onOkta.map((one) => [one.faults.join(' and '), one] as const))(
  'Okta: %s',
  async (_, combination) => {
    const session = await oktaSession('oin');
    const { idp, pass } = session;
    const [ines, mikko, dalia, soren, liv] = hireFive(idp);
    const all = idp.createGroup('Everybody', [ines, mikko, dalia, soren, liv]);
    const begin = async () => {
      await idp.testCredentials();
      idp.assignGroup(idp.createGroup('Kiln crew', [ines, mikko]).id);
      idp.assignGroup(idp.createGroup('Throwers', [dalia, soren]).id);
      await pass(minute);
      idp.pushGroup(all.id);
    };
    let round = 0;
    const again = async () => {
      round += 1;
      await idp.testCredentials();
      idp.retryTasks();
      for (const id of [ines, mikko, dalia, soren]) idp.changeProfile(id, { title: `Lead ${round}` });
      idp.pushNow(all.id);
    };
    await expectShown(session, combination, begin, again);
  },
);

test.each(onEntra.map((one) => [one.faults.join(' and '), one] as const))(
  'Entra: %s',
  async (_, combination) => {
    const session = await entraSession(true);
    const { idp } = session;
    idp.assign(...hireFive(idp));
    const begin = async () => {
      await idp.testConnection();
      idp.start();
    };
    const again = async () => {
      await idp.testConnection();
      if (idp.settings().status === 'on') idp.restart();
    };
    await expectShown(session, combination, begin, again);
  },
);
