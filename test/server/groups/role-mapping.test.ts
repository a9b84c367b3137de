import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inChange } from '../../../server/audit/change-context.ts';
import { putBackGroup } from '../../../server/groups/put-back-group.ts';
import { changeRoleMappings, previewRoleMappings } from '../../../server/groups/role-mapping.ts';
import { listRoleMappings } from '../../../server/groups/role-mapping-store.ts';
import { type MemberRole, memberRoles } from '../../../shared/member.ts';
import { type RoleMappings, roleMappingsSchema } from '../../../shared/role-mappings.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';

const asked = { actor: { kind: 'member', id: 'ada' }, requestId: 'from a click' } as const;

describe.each(databases)('roles by groups, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let told: () => Promise<Told>;
  let noor: string;
  let per: string;
  let ines: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    noor = await provision('Noor');
    per = await provision('Per');
    ines = await provision('Ines');
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const provision = async (displayName: string) =>
    (
      await okta.apply({
        kind: 'provision-member',
        attributes: { userName: displayName.toLowerCase(), displayName },
      })
    ).member.id;
  const addGroup = async (displayName: string, memberIds: readonly string[] = []) =>
    (await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds })).group.id;
  const change = (id: string, op: 'add' | 'remove', ids: readonly string[]) =>
    okta.apply({
      kind: 'edit-group',
      id,
      edit: (current) => current,
      steps: [{ op, ids }],
      isExpected: anyVersion,
    });
  const map = (mappings: RoleMappings) =>
    changeRoleMappings(directory.deps, { ...asked, orgId: directory.orgId }, mappings);
  const preview = (mappings: RoleMappings) => previewRoleMappings(directory, directory.orgId, mappings);
  const roles = async (...ids: readonly string[]) => {
    const rows = await directory.db
      .selectFrom('members')
      .select(['id', 'role'])
      .where('id', 'in', ids)
      .execute();
    return ids.map((id) => rows.find((row) => row.id === id)?.role);
  };

  test('the first mapped group decides, and the preview says so before', async () => {
    const staff = await addGroup('Staff', [noor, per]);
    const keepers = await addGroup('Keepers', [per]);
    await told();
    const mappings = [
      { groupId: keepers, role: 'admin' },
      { groupId: staff, role: 'member' },
    ] as const;
    const expected = { from: 'member', to: 'admin', people: 1, first: [{ id: per, name: 'Per' }] };
    expect(await preview(mappings)).toEqual({ moves: [expected], anOwnerStays: false });
    expect(await told()).toEqual(nothingTold);
    expect(await roles(noor, per)).toEqual(['member', 'member']);

    expect(await map(mappings)).toEqual({ changed: 1, kept: [] });
    expect(await roles(noor, per)).toEqual(['member', 'admin']);
    expect(await listRoleMappings(directory.db, directory.orgId)).toEqual([
      { groupId: keepers, groupName: 'Keepers', role: 'admin' },
      { groupId: staff, groupName: 'Staff', role: 'member' },
    ]);
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.role_changed',
        subject: per,
        by: 'ada',
        data: { from: 'member', to: 'admin', group: 'Keepers' },
      },
      { type: 'org.role_mappings_changed', subject: directory.orgId, by: 'ada', data: { rolesChanged: 1 } },
    ]);
    expect(audit.at(-1)).toMatchObject({
      action: 'org.role_mappings_changed',
      requestId: 'from a click',
      changes: { roleMappings: [[], mappings] },
    });
    expect(await map(mappings)).toEqual({ changed: 0, kept: [] });
    expect(await told()).toEqual(nothingTold);

    const turned = mappings.toReversed();
    expect(await preview(turned)).toMatchObject({ moves: [{ from: 'admin', to: 'member', people: 1 }] });
    expect(await map(turned)).toEqual({ changed: 1, kept: [] });
    expect(await roles(per)).toEqual(['member']);
    await map([]);
  });

  test('whoever joins or leaves a mapped group changes role in the same transaction, by the same hand', async () => {
    const keepers = await addGroup('Night keepers');
    await map([{ groupId: keepers, role: 'admin' }]);
    await told();
    await change(keepers, 'add', [noor]);
    expect(await roles(noor)).toEqual(['admin']);
    const { events } = await told();
    expect(events.map(({ type, subject, by }) => ({ type, subject, by }))).toEqual([
      { type: 'group.members_changed', subject: keepers, by: okta.connectionId },
      { type: 'member.role_changed', subject: noor, by: okta.connectionId },
    ]);
    await change(keepers, 'remove', [noor]);
    expect(await roles(noor)).toEqual(['member']);
    await map([]);
  });

  test('a role given by hand stays, whatever the groups say', async () => {
    const keepers = await addGroup('Day keepers', [ines]);
    await directory.byHand.apply({ kind: 'change-role', id: ines, role: 'member' });
    expect(await preview([{ groupId: keepers, role: 'owner' }])).toEqual({ moves: [], anOwnerStays: false });
    expect(await map([{ groupId: keepers, role: 'owner' }])).toEqual({ changed: 0, kept: [] });
    expect(await roles(ines)).toEqual(['member']);
    await directory.byHand.apply({ kind: 'change-role', id: ines, role: 'by-groups' });
    await change(keepers, 'remove', [ines]);
    await change(keepers, 'add', [ines]);
    expect(await roles(ines)).toEqual(['owner']);
    await map([]);
    expect(await roles(ines)).toEqual(['member']);
  });

  test('a group that is removed takes its roles along, and brings them back', async () => {
    const keepers = await addGroup('Gate keepers', [noor, per]);
    await map([{ groupId: keepers, role: 'admin' }]);
    expect(await roles(noor, per)).toEqual(['admin', 'admin']);
    await okta.apply({ kind: 'remove-group', id: keepers, isExpected: anyVersion });
    expect(await roles(noor, per)).toEqual(['member', 'member']);
    await inChange(directory.deps, { ...asked, orgId: directory.orgId }, (context) =>
      putBackGroup(context, keepers),
    );
    expect(await roles(noor, per)).toEqual(['admin', 'admin']);
    await map([]);
  });

  test('the last owner who can act stays one', async () => {
    const founders = await addGroup('Founders', [noor, per]);
    const mappings = [{ groupId: founders, role: 'owner' }] as const;
    await map(mappings);
    await directory.byHand.apply({ kind: 'change-role', id: directory.ownerId, role: 'by-groups' });
    expect(await roles(directory.ownerId, noor, per)).toEqual(['member', 'owner', 'owner']);
    await change(founders, 'remove', [per]);
    expect(await preview([])).toMatchObject({ anOwnerStays: true });
    await change(founders, 'remove', [noor]);
    expect(await roles(noor, per)).toEqual(['owner', 'member']);
    expect(await map([])).toEqual({ changed: 0, kept: [] });

    // A new owner lets the old one go, whichever of the two is looked at first.
    const others = await addGroup('Heirs', [per]);
    await change(founders, 'add', [noor]);
    await map(mappings);
    expect(await map([{ groupId: others, role: 'owner' }])).toEqual({ changed: 2, kept: [] });
    expect(await roles(noor, per)).toEqual(['member', 'owner']);
    expect(await map([])).toEqual({ changed: 0, kept: [per] });
    await directory.byHand.apply({ kind: 'change-role', id: directory.ownerId, role: 'owner' });
    await directory.byHand.apply({ kind: 'change-role', id: per, role: 'by-groups' });
  });

  test('an unknown group is refused, and nothing is changed', async () => {
    await told();
    await expect(map([{ groupId: 'no such group', role: 'admin' }])).rejects.toMatchObject({
      code: 'group.not_found',
    });
    expect(await told()).toEqual(nothingTold);
  });

  test('two groups that somebody leaves at the same moment take the role between them', async () => {
    const [left, right] = [await addGroup('Left', [noor]), await addGroup('Right', [noor])];
    await map([
      { groupId: left, role: 'admin' },
      { groupId: right, role: 'admin' },
    ]);
    for (let round = 0; round < 5; round++) {
      await Promise.all([change(left, 'add', [noor]), change(right, 'add', [noor])]);
      expect(await roles(noor)).toEqual(['admin']);
      await Promise.all([change(left, 'remove', [noor]), change(right, 'remove', [noor])]);
      expect(await roles(noor)).toEqual(['member']);
    }
    await map([]);
  });

  test('mappings, memberships and preview always agree with the rule', async () => {
    const people = [noor, per, await provision('Zoe'), await provision('Wim')];
    const groups: string[] = [];
    for (const name of ['A', 'B', 'C']) groups.push(await addGroup(`Rule ${name}`));
    const inside = new Map(groups.map((id) => [id, new Set<string>()]));
    const byRule = (mappings: RoleMappings) =>
      people.map(
        (id) =>
          mappings.find(({ groupId }) => inside.get(groupId)?.has(id))?.role ?? ('member' as MemberRole),
      );
    const step = fc.oneof(
      fc.record({
        mappings: fc
          .shuffledSubarray(groups)
          .chain((ids) =>
            fc
              .array(fc.constantFrom(...memberRoles), { minLength: ids.length, maxLength: ids.length })
              .map((given) => ids.map((groupId, n) => ({ groupId, role: given[n] ?? 'member' }))),
          ),
      }),
      fc.record({
        group: fc.constantFrom(...groups),
        op: fc.constantFrom('add' as const, 'remove' as const),
        ids: fc.subarray(people, { minLength: 1 }),
      }),
    );
    let mappings: RoleMappings = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          const before = await roles(...people);
          if ('mappings' in one) {
            const { moves } = await preview(one.mappings);
            mappings = roleMappingsSchema.parse(one.mappings);
            await map(mappings);
            const after = byRule(mappings);
            const ways = before
              .map((was, n) => `${was} ${after[n]}`)
              .filter((_, n) => before[n] !== after[n]);
            const counted = moves.flatMap(({ from, to, people: n }) => Array(n).fill(`${from} ${to}`));
            expect(counted.toSorted()).toEqual(ways.toSorted());
          } else {
            await change(one.group, one.op, one.ids);
            for (const id of one.ids) inside.get(one.group)?.[one.op === 'add' ? 'add' : 'delete'](id);
          }
          expect(await roles(...people)).toEqual(byRule(mappings));
        }
      }),
      { numRuns: 25 },
    );
  });
});
