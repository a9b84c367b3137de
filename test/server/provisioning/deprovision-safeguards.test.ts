import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unseal } from '../../../server/core/seal.ts';
import { mailSeal } from '../../../server/delivery/outbox.ts';
import { defaultOrgSettings, type OrgSettings } from '../../../shared/org-settings.ts';
import {
  anyVersion,
  type Directory,
  type Entrance,
  openDirectory,
  testSecret,
} from '../../helpers/directory.ts';
import { randomNumbers } from '../../helpers/followers.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases, startScimServer } from '../../helpers/scim-server.ts';

const minute = 60_000;

describe.each(databases)('the safeguard against mass removal, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  beforeEach(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
  });
  afterEach(() => directory.close());

  /** So many people, whom the connection manages; with the owner there is one more who is active. */
  const provision = async (count: number, entrance = okta, prefix = 'p') => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const attributes = { userName: `${prefix}${n}@larkspur.example` };
      ids.push((await entrance.apply({ kind: 'provision-member', attributes })).member.id);
    }
    return ids;
  };
  const remove = (id: string, entrance: Pick<Entrance, 'apply'> = okta) =>
    entrance.apply({ kind: 'remove-member', id, isExpected: anyVersion });
  const setActive = (id: string, active: boolean, entrance = okta) =>
    entrance.apply({
      kind: 'edit-member',
      id,
      edit: (current) => ({ ...current, active }),
      isExpected: anyVersion,
    });
  const holds = () =>
    directory.db.selectFrom('holds').selectAll().where('org_id', '=', directory.orgId).execute();
  const departures = () => directory.db.selectFrom('departures').selectAll().orderBy('seq').execute();
  const threshold = (removalThreshold: OrgSettings['removalThreshold']) =>
    directory.db
      .updateTable('orgs')
      .set({ settings: JSON.stringify({ ...defaultOrgSettings, removalThreshold }) })
      .where('id', '=', directory.orgId)
      .execute();

  test('ten of 49 are no mass removal, the eleventh opens a hold with all of them, and tells the admins', async () => {
    const ids = await provision(49);
    const setRole = (id: string | undefined, role: 'admin' | 'owner', status: 'active' | 'blocked') =>
      directory.db
        .updateTable('members')
        .set({ role, status, joined_at: 1, ...(status === 'blocked' && { blocked_at: 1 }) })
        .where('id', '=', id ?? '')
        .execute();
    await setRole(ids[40], 'admin', 'active');
    await setRole(ids[41], 'admin', 'blocked');
    await setRole(ids[10], 'admin', 'active');
    for (const id of ids.slice(0, 10)) await setActive(id, false);
    expect(await holds()).toEqual([]);
    const told = await followHistory(directory.db, directory.orgId);
    await remove(ids[10] ?? '');

    const [hold] = await holds();
    expect(hold).toMatchObject({ connection_id: okta.connectionId, ended_at: null });
    expect((await departures()).map(({ kind, subject_id, hold_id }) => [kind, subject_id, hold_id])).toEqual([
      ...ids.slice(0, 10).map((id) => ['deactivated', id, hold?.id]),
      ['removed', ids[10], hold?.id],
    ]);
    const { events, audit } = await told();
    expect(events).toContainEqual({
      type: 'hold.opened',
      subject: okta.connectionId,
      by: okta.connectionId,
      data: { holdId: hold?.id, people: 11 },
    });
    expect(audit).toContainEqual(
      expect.objectContaining({ action: 'hold.opened', changes: { hold: [null, hold?.id] } }),
    );
    const mails = await directory.db.selectFrom('outbox').selectAll().orderBy('recipient').execute();
    expect(mails.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['removal-held', 'ada@larkspur.example'],
      ['removal-held', 'p40@larkspur.example'],
    ]);
    expect(JSON.parse(unseal(testSecret, mailSeal, mails[0]?.sealed ?? '') ?? '')).toEqual({
      orgName: 'Larkspur Foundry',
      connectionName: 'Our Okta',
      people: 11,
      percent: 22,
    });

    await remove(ids[11] ?? '');
    expect(await holds()).toHaveLength(1);
    expect((await departures()).at(-1)).toMatchObject({ subject_id: ids[11], hold_id: hold?.id });
    expect(await directory.db.selectFrom('outbox').selectAll().execute()).toHaveLength(2);
  });

  test('the share counts too: of 100 active people, the 21st', async () => {
    const ids = await provision(99);
    for (const id of ids.slice(0, 20)) await remove(id);
    expect(await holds()).toEqual([]);
    await remove(ids[20] ?? '');
    expect(await holds()).toHaveLength(1);
    expect(await departures()).toHaveLength(21);
  });

  test('somebody who is deactivated and then removed counts once', async () => {
    const ids = await provision(30);
    for (const id of ids.slice(0, 10)) {
      await setActive(id, false);
      await remove(id);
    }
    expect(await holds()).toEqual([]);
    await setActive(ids[10] ?? '', false);
    expect(await holds()).toHaveLength(1);
  });

  test('what is an hour old does not count any more', async () => {
    const ids = await provision(30);
    for (const id of ids.slice(0, 10)) await remove(id);
    directory.clock.now += 60 * minute;
    for (const id of ids.slice(10, 16)) await remove(id);
    expect(await holds()).toEqual([]);
    directory.clock.now += 59 * minute;
    for (const id of ids.slice(16, 20)) await remove(id);
    expect(await holds()).toEqual([]);
    await remove(ids[20] ?? '');
    expect(await departures()).toHaveLength(21);
    expect((await departures()).filter(({ hold_id }) => hold_id !== null)).toHaveLength(11);
  });

  test('each connection is counted for itself, and people of the org are not counted', async () => {
    const entra = await directory.connect('Our Entra');
    const [ours, theirs] = [await provision(15), await provision(15, entra, 'e')];
    const unmanaged = await Promise.all(
      Array.from({ length: 15 }, async (_, n) => {
        const standing = { role: 'member', invitedAt: null, joinedAt: null } as const;
        const attributes = { userName: `hand${n}` };
        const added = await directory.byHand.apply({ kind: 'add-member-by-hand', attributes, standing });
        return added.member.id;
      }),
    );
    for (const id of ours.slice(0, 10)) await remove(id);
    for (const id of theirs.slice(0, 10)) await remove(id, entra);
    for (const id of unmanaged) await remove(id, directory.byHand);
    expect(await holds()).toEqual([]);
    expect(await departures()).toHaveLength(20);
  });

  test('an org may choose its threshold, or none', async () => {
    const ids = await provision(20);
    await threshold(null);
    for (const id of ids.slice(0, 15)) await remove(id);
    expect(await holds()).toEqual([]);
    directory.clock.now += 60 * minute;
    await threshold({ people: 0, percent: 0 });
    await remove(ids[15] ?? '');
    expect(await holds()).toHaveLength(1);
  });

  test('of two removals at the same moment, over several connections of a pool, none is missed', async () => {
    const ids = await provision(40);
    await Promise.all(ids.slice(0, 10).map((id) => remove(id)));
    expect(await holds()).toEqual([]);
    await Promise.all(ids.slice(10, 20).map((id) => setActive(id, false)));
    expect(await holds()).toHaveLength(1);
    expect((await departures()).every(({ hold_id }) => hold_id !== null)).toBe(true);
    const opened = await directory.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'hold.opened')
      .execute();
    expect(opened.map(({ data }) => JSON.parse(data).people)).toEqual([11]);
  });

  test('counting now and then opens a hold exactly where counting always would', async () => {
    const random = randomNumbers(database.length);
    await threshold({ people: 4, percent: 12.5 });
    const people = (await provision(120)).map((id) => ({ id, active: true, there: true }));
    const log: { readonly id: string; readonly at: number; readonly gone: boolean }[] = [];
    let opened = 0;
    for (let step = 0; step < 250; step++) {
      directory.clock.now += Math.floor(random() * 4 * minute);
      const person = people[Math.floor(random() * people.length)];
      if (!person?.there) continue;
      if (!person.active && random() < 0.5) {
        await setActive(person.id, true);
        person.active = true;
        continue;
      }
      const removing = random() < 0.2;
      if (!removing && !person.active) continue;
      const since = directory.clock.now - 60 * minute;
      const active = 1 + people.filter((one) => one.there && one.active).length;
      const others = new Set(log.filter(({ id, at }) => at > since && id !== person.id).map(({ id }) => id));
      const total = active + others.size + (person.active ? 0 : 1);
      const expected = others.size + 1 > 4 && (others.size + 1) * 100 > 12.5 * total;
      await (removing ? remove(person.id) : setActive(person.id, false));
      person.active = false;
      person.there = !removing;
      log.push({ id: person.id, at: directory.clock.now, gone: true });
      const open = (await holds()).filter(({ ended_at }) => ended_at === null);
      expect(open.length, `at step ${step}, ${others.size + 1} of ${total}`).toBe(expected ? 1 : 0);
      if (!expected) continue;
      opened += 1;
      log.length = 0;
      await directory.db
        .updateTable('holds')
        .set({ ended_at: directory.clock.now, ended: 'approved' })
        .where('ended_at', 'is', null)
        .execute();
    }
    expect(opened).toBeGreaterThan(3);
  });

  test('a role that groups gave and took counts, and so does nobody whose group is merely deleted', async () => {
    await threshold({ people: 1, percent: 0 });
    const ids = await provision(3);
    const { group } = await okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'Admins' },
      memberIds: ids,
    });
    await directory.db
      .insertInto('role_mappings')
      .values({ org_id: directory.orgId, group_id: group.id, role: 'admin', priority: 1 })
      .execute();
    await directory.db.updateTable('members').set({ role: 'admin' }).where('id', 'in', ids).execute();
    const other = await okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'Others' },
      memberIds: ids,
    });
    await okta.apply({ kind: 'remove-group', id: other.group.id, isExpected: anyVersion });
    expect(await holds()).toEqual([]);
    await okta.apply({ kind: 'remove-group', id: group.id, isExpected: anyVersion });
    expect(await holds()).toHaveLength(1);
    const held = (await departures()).filter(({ hold_id }) => hold_id !== null);
    expect(held.map(({ kind }) => kind)).toEqual([
      'group_removed',
      'group_removed',
      'role_lost',
      'role_lost',
      'role_lost',
    ]);
    expect(JSON.parse(held.at(-1)?.was ?? '')).toEqual({ role: 'admin' });
  });
});

test('the identity provider reads back what it wrote, hold or no hold', async () => {
  const server = await startScimServer();
  const ids: string[] = [];
  for (let n = 0; n < 24; n++) ids.push((await server.scim('POST', '/Users', { userName: `p${n}` })).body.id);
  for (const id of ids.slice(0, 12)) expect((await server.scim('DELETE', `/Users/${id}`)).status).toBe(204);
  const patch = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  for (const id of ids.slice(12))
    expect((await server.scim('PATCH', `/Users/${id}`, patch)).status).toBe(200);
  expect(await server.deps.database.db.selectFrom('holds').selectAll().execute()).toHaveLength(1);
  for (const id of ids.slice(0, 12)) expect((await server.scim('GET', `/Users/${id}`)).status).toBe(404);
  for (const id of ids.slice(12)) expect((await server.scim('GET', `/Users/${id}`)).body.active).toBe(false);
  expect((await server.scim('GET', '/Users?count=0')).body.totalResults).toBe(13);
  await server.close();
});
