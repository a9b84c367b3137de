// The rhythm of a simulated Entra: cycles, objects set aside, quarantine and the end of a job.
import { afterEach, describe, expect, test } from 'vitest';
import { startOfTime } from '../helpers/scim-server.ts';
import { readDirectory } from './directory-truth.ts';
import { cycleLength, isTooMany, nextTryInQuarantine } from './entra-job.ts';
import { faults } from './faults.ts';
import { entraSession, hireFive } from './simulated-sessions.ts';
import { day, hour, minute } from './simulated-time.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function started() {
  const session = await entraSession(true);
  open.push(session);
  const five = hireFive(session.idp);
  session.idp.assign(...five);
  session.idp.start();
  await session.pass(minute);
  return { ...session, five };
}

describe('in quarantine', () => {
  test.each([
    ['wrong-token', 'credentials', 401],
    ['blank-token', 'credentials', 401],
    ['blocked-by-firewall', 'credentials', 403],
    ['unplugged', 'unreachable', 0],
    ['base-url-without-path', 'not-scim', 404],
  ] as const)(
    '%s is met at 6, 12 and 24 hours, then daily, and switched off after 28 days',
    async (name, reason, status) => {
      const { idp, pass, five } = await started();
      const before = idp.sent.length;
      idp.breakWith(faults[name]);
      idp.hire({ givenName: 'Noor', familyName: 'Haddad', email: 'noor@harbourlane.example' });
      idp.assign([...idp.company.people.keys()].at(-1) ?? five[0]);
      await pass(40 * day);
      const since = startOfTime + cycleLength;
      expect(idp.job.quarantine()).toEqual({ reason, since });
      const tries = idp.sent.slice(before);
      expect(tries.map(({ at }) => (at - since) / hour)).toEqual([
        0,
        6,
        12,
        ...Array.from({ length: 28 }, (_, index) => 24 * (index + 1)),
      ]);
      expect(new Set(tries.map((request) => request.status))).toEqual(new Set([status]));
      expect(idp.job.isDisabled()).toBe(true);
    },
  );

  test('a success ends it, and the forty minutes begin again', async () => {
    const { idp, pass, server, five } = await started();
    idp.breakWith(faults.unplugged);
    idp.changeProfile(five[0], { title: 'Lead' });
    await pass(9 * hour);
    const { length } = idp.job.cycles;
    idp.mend(faults.unplugged);
    await pass(hour);
    expect(idp.job.quarantine()).not.toBeNull();
    await pass(5 * hour);
    expect(idp.job.quarantine()).toBeNull();
    const [first, second] = idp.job.cycles.slice(length);
    expect(first).toBe(startOfTime + cycleLength + 12 * hour);
    expect(second).toBe((first ?? 0) + cycleLength);
    expect(await readDirectory(server.scim)).toEqual(idp.truth());
  });

  test('the admin restarts it and everybody is looked at anew', async () => {
    const { idp, pass, news } = await started();
    idp.breakWith(faults['wrong-token']);
    idp.changeProfile([...idp.company.people.keys()][0] ?? '', { title: 'Lead' });
    await pass(2 * hour);
    idp.mend(faults['wrong-token']);
    news();
    idp.restart();
    await pass(minute);
    expect(idp.job.quarantine()).toBeNull();
    expect([...news()].sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'GET /Users/{id} 200'),
      'PATCH /Users/{id} 200',
    ]);
  });
});

test('an object that is refused is set aside and tried again in growing gaps, the others go on', async () => {
  const { idp, pass, server } = await started();
  await server.scim('POST', '/Users', { userName: 'taken@harbourlane.example', externalId: 'x1' });
  const noor = idp.hire({ givenName: 'Noor', familyName: 'Haddad', email: 'noor@harbourlane.example' });
  const remote = idp.links.get([...idp.company.people.keys()][0] ?? '');
  idp.changeProfile([...idp.company.people.keys()][0] ?? '', { login: 'taken@harbourlane.example' });
  idp.assign(noor.id);
  const before = idp.sent.length;
  await pass(day);
  const refused = idp.sent.slice(before).filter(({ status }) => status === 409);
  expect(refused.map(({ at }) => (at - startOfTime) / cycleLength)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(refused.every(({ path }) => path.endsWith(`/Users/${remote?.remoteId}`))).toBe(true);
  expect(idp.job.quarantine()).toBeNull();
  expect((await readDirectory(server.scim)).people.map(({ userName }) => userName)).toContain(
    'noor@harbourlane.example',
  );
});

test('somebody deleted on the server is missed once and made anew', async () => {
  const { idp, pass, server, five, news } = await started();
  await server.scim('DELETE', `/Users/${idp.links.get(five[0])?.remoteId}`);
  news();
  idp.changeProfile(five[0], { title: 'Lead' });
  await pass(2 * cycleLength);
  expect(news()).toEqual(['GET /Users/{id} 404', 'GET /Users?filter=userName eq "…" 200', 'POST /Users 201']);
  expect(await readDirectory(server.scim)).toEqual(idp.truth());
});

test('five thousand failures are too many when they are more than two in five', () => {
  expect(isTooMany(4_999, 0, 5_000)).toBe(false);
  expect(isTooMany(5_000, 0, 12_600)).toBe(false);
  expect(isTooMany(5_000, 0, 12_400)).toBe(true);
  expect(isTooMany(40_001, 0, 1_000_000)).toBe(true);
  expect(isTooMany(1, 59_998, 1_000_000)).toBe(false);
  expect(isTooMany(1, 59_999, 1_000_000)).toBe(true);
});

test('the tries in quarantine are counted from the first failure', () => {
  expect(nextTryInQuarantine(0, 0)).toBe(6 * hour);
  expect(nextTryInQuarantine(0, 6 * hour)).toBe(12 * hour);
  expect(nextTryInQuarantine(0, 12 * hour)).toBe(day);
  expect(nextTryInQuarantine(0, 27 * day)).toBe(28 * day);
  expect(nextTryInQuarantine(0, 28 * day)).toBeNull();
});
