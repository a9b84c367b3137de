// Whole sessions of simulated identity providers: with a fault, which finding it raises; without one, that there is none
// that blocks or spoils data, at any moment.
import { afterEach, expect, test } from 'vitest';
import { findFindings } from '../../../server/diagnosis/find-findings.ts';
import { findConnection } from '../../../server/provisioning/connection-store.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { ScimServer } from '../../helpers/scim-server.ts';
import { cycleLength } from '../../idp/entra-job.ts';
import { type FaultName, faults } from '../../idp/faults.ts';
import { entraSession, hireFive, oktaSession } from '../../idp/simulated-sessions.ts';
import { hour, minute } from '../../idp/simulated-time.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function findingsOf({ deps, orgId, connectionId }: ScimServer): Promise<readonly Finding[]> {
  await deps.provisioningLog.flush();
  const connection = await findConnection(deps.database.db, connectionId);
  return connection === undefined ? [] : findFindings(deps, orgId, connection);
}

/** A look at everything that is found after each step, from the first to the last. */
type Looks = readonly (readonly Finding[])[];

/** Test, assign four of five, push a group, change one, unassign one. */
async function playOkta(name: FaultName | null, app: 'aiw' | 'oin' = 'oin'): Promise<Looks> {
  const session = await oktaSession(app);
  open.push(session);
  const { idp, pass, server } = session;
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  if (name !== null) idp.breakWith(faults[name]);
  const looks = [await findingsOf(server)];
  await idp.testCredentials();
  looks.push(await findingsOf(server));
  const crew = idp.createGroup('Kiln crew', [ines, mikko, dalia, soren]);
  const all = idp.createGroup('Everybody', [ines, mikko, dalia, soren, liv]);
  idp.assignGroup(crew.id);
  await pass(2 * minute);
  looks.push(await findingsOf(server));
  idp.pushGroup(all.id);
  await pass(minute);
  looks.push(await findingsOf(server));
  idp.changeProfile(mikko, { title: 'Lead' });
  idp.changeMembers(crew.id, { remove: [dalia] });
  await pass(hour);
  looks.push(await findingsOf(server));
  return looks;
}

/** Test, assign five and a group, start, change one, unassign one; three hours of cycles. */
async function playEntra(name: FaultName | null, flagged = true): Promise<Looks> {
  const session = await entraSession(flagged);
  open.push(session);
  const { idp, pass, server } = session;
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  idp.assign(ines, mikko, dalia, soren, liv);
  idp.assignGroup(idp.createGroup('Everybody', [ines, mikko]).id);
  idp.start();
  if (name !== null) idp.breakWith(faults[name]);
  const looks = [await findingsOf(server)];
  await idp.testConnection();
  looks.push(await findingsOf(server));
  await pass(2 * minute);
  looks.push(await findingsOf(server));
  idp.changeProfile(mikko, { title: 'Lead' });
  idp.unassign(dalia);
  await pass(2 * cycleLength);
  looks.push(await findingsOf(server));
  return looks;
}

test.each([
  ['Okta, aiw', () => playOkta(null, 'aiw')],
  ['Okta, oin', () => playOkta(null, 'oin')],
  ['Entra, default', () => playEntra(null, false)],
  ['Entra, flagged', () => playEntra(null, true)],
] as const)('%s: nothing blocks and nothing is wrong while all is well', async (_, play) => {
  const looks = await play();
  expect(looks.flat().filter(({ severity }) => severity !== 'warning')).toEqual([]);
  expect(looks.at(-1)).toEqual([]);
});

test.each([
  ['wrong-token', playOkta, 'token.unknown'],
  ['double-bearer', playOkta, 'token.bearer_twice'],
  ['no-scheme', playOkta, 'token.bearer_missing'],
  ['base-url-without-path', playOkta, 'url.wrong_path'],
  ['base-url-doubled', playOkta, 'url.wrong_path'],
  ['blocked-by-firewall', playOkta, 'silence.nothing_arrived'],
  ['gateway-page', playOkta, 'silence.nothing_arrived'],
  ['assigned-before-provisioning', playOkta, 'silence.nobody_arrived'],
  ['create-unticked', playOkta, 'create.never_follows'],
  ['department-outside-namespace', playOkta, 'mapping.enterprise_misplaced'],
  ['not-assigned-but-pushed', playOkta, 'group.unknown_members'],
  ['same-group-assign-and-push', playOkta, 'group.unknown_members'],
  ['wrong-token', playEntra, 'token.unknown'],
  ['blank-token', playEntra, 'token.blank'],
  ['base-url-doubled', playEntra, 'url.wrong_path'],
  ['not-started', playEntra, 'silence.nobody_arrived'],
  ['external-id-nickname', playEntra, 'external_id.no_guid'],
  ['username-not-mail', playEntra, 'user_name.no_mailbox'],
  ['external-id-in-path', playEntra, 'id.external_used'],
] as const)('%s (%o) raises %s', async (name, play, rule) => {
  const looks = await play(name);
  expect([...new Set(looks.flat().map((finding) => finding.rule))]).toContain(rule);
});
