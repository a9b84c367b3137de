import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpOrg, slugOf } from '../../../server/members/set-up-org.ts';
import { findOrgBySlug, listOrgs } from '../../../server/orgs/org-store.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold } from '../../helpers/history.ts';
import { databases, operator, startOfTime } from '../../helpers/scim-server.ts';

describe.each(databases)('setting up, on %s', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  const setUp = (name: string, ownerEmail: string) =>
    setUpOrg(directory.deps, { ...operator, name, ownerEmail });
  const ownersOf = (orgId: string) =>
    directory.db
      .selectFrom('members')
      .select(['user_name', 'role', 'status', 'connection_id'])
      .where('org_id', '=', orgId)
      .orderBy('seq')
      .execute();

  test('makes the org and an owner who can act', async () => {
    const org = await setUp('Tern Optics', 'Bo@tern.example');
    expect(org).toMatchObject({ slug: 'tern-optics', name: 'Tern Optics' });
    const { ownerId: _ownerId, ...known } = org;
    expect(await findOrgBySlug(directory.db, 'tern-optics')).toMatchObject(known);
    expect(await listOrgs(directory.db)).toContainEqual(expect.objectContaining(known));
    expect(await ownersOf(org.id)).toEqual([
      { user_name: 'Bo@tern.example', role: 'owner', status: 'active', connection_id: null },
    ]);
    const history = await directory.db
      .selectFrom('events')
      .select('type')
      .where('org_id', '=', org.id)
      .orderBy('seq')
      .execute();
    expect(history.map(({ type }) => type)).toEqual(['org.created', 'member.added']);
  });

  test('done again it finds both, whatever the letter case, and writes nothing', async () => {
    const org = await setUp('Heron Mills', 'cy@heron.example');
    const told = await followHistory(directory.db, org.id);
    expect(await setUp('HERON mills', 'CY@heron.example')).toEqual(org);
    expect(await told()).toEqual(nothingTold);
    expect(await ownersOf(org.id)).toHaveLength(1);
  });

  test('done again with another owner it adds that one', async () => {
    const org = await setUp('Plover Labs', 'di@plover.example');
    await setUp('Plover Labs', 'ed@plover.example');
    expect((await ownersOf(org.id)).map(({ user_name }) => user_name)).toEqual([
      'di@plover.example',
      'ed@plover.example',
    ]);
  });

  test('done again with the address of a member it makes that member an owner, once', async () => {
    const org = await setUp('Ruff Tiles', 'ina@ruff.example');
    const attributes = { userName: 'Jon@ruff.example', active: true };
    const standing = { role: 'member', invitedAt: null, joinedAt: startOfTime } as const;
    const source = { ...operator, orgId: org.id, connectionId: null };
    const change = { kind: 'add-member-by-hand', attributes, standing } as const;
    const { member } = await applyDirectoryChange(directory.deps, source, change);
    await setUp('Ruff Tiles', 'jon@ruff.example');
    await setUp('Ruff Tiles', 'jon@ruff.example');
    const events = await directory.db
      .selectFrom('events')
      .select(['type', 'data'])
      .where('subject_id', '=', member.id)
      .orderBy('seq')
      .execute();
    expect(events.slice(1)).toEqual([
      { type: 'member.role_changed', data: '{"from":"member","to":"owner"}' },
    ]);
    expect(await ownersOf(org.id)).toHaveLength(2);
  });

  test('another name that comes to the same short name is refused', async () => {
    await setUp('Curlew & Co', 'flo@curlew.example');
    await expect(setUp('Curlew Co', 'gil@curlew.example')).rejects.toMatchObject({ code: 'org.slug_taken' });
  });

  test('done by many at once it makes one org with one owner', async () => {
    const orgs = await Promise.all(
      Array.from({ length: 5 }, () => setUp('Dunlin Works', 'hal@dunlin.example')),
    );
    expect(new Set(orgs.map(({ id }) => id)).size).toBe(1);
    expect(await ownersOf(orgs[0]?.id ?? '')).toHaveLength(1);
  });

  test('an unknown short name finds nothing', async () => {
    expect(await findOrgBySlug(directory.db, 'nobody')).toBeUndefined();
  });
});

test.each([
  ['Larkspur Foundry & Söhne', 'larkspur-foundry-sohne'],
  ['  Tern  ', 'tern'],
  ['***', 'org'],
  ['株式会社', 'org'],
  ['x'.repeat(80), 'x'.repeat(48)],
  [`${'x'.repeat(47)} tail`, 'x'.repeat(47)],
])('the short name of %j is %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
