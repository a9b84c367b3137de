import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportMembers } from '../../../server/members/export-members.ts';
import { importMembers, previewImport } from '../../../server/provisioning/import-members.ts';
import { type MemberRole, memberRoles } from '../../../shared/member.ts';
import { type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases, operator } from '../../helpers/scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe.each(databases)('members from a CSV file, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let told: () => Promise<Told>;
  let managed: string;
  let zoe: string;
  let sales: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    const per = {
      userName: 'per@larkspur.example',
      displayName: 'Per Okonjo',
      emails: [{ value: 'per@larkspur.example' }],
    };
    managed = (await okta.apply({ kind: 'provision-member', attributes: per })).member.id;
    zoe = await addByHand('zoe@larkspur.example', { displayName: 'Zoe', title: 'Smith' });
    sales = (
      await directory.byHand.apply({ kind: 'add-group', attributes: { displayName: 'Sales' }, memberIds: [] })
    ).group.id;
    await okta.apply({ kind: 'add-group', attributes: { displayName: 'Pushed' }, memberIds: [] });
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const addByHand = async (email: string, besides: object) => {
    const attributes = { userName: email, emails: [{ value: email, primary: true }], ...besides };
    const standing = { role: 'member', invitedAt: null, joinedAt: null } as const;
    return (await directory.byHand.apply({ kind: 'add-member-by-hand', attributes, standing })).member.id;
  };
  const preview = (csv: string, mayGive: readonly MemberRole[] = memberRoles) =>
    previewImport(directory.deps, directory.orgId, csv, mayGive);
  const carryOut = (csv: string, mayGive: readonly MemberRole[] = memberRoles) =>
    importMembers(directory.deps, { ...operator, orgId: directory.orgId }, csv, mayGive);

  const csv = [
    'Email;First name;Last name;Title;Department;Role;Groups;Shoe size',
    'noor@larkspur.example;Noor;Haddad;Founder;Bells;admin;Sales;40',
    'ZOE@larkspur.example;;;Smith;Bells;;sales;38',
    'per@larkspur.example;Per;;;;;;',
    'ada@larkspur.example;;;;;owner;;',
    'noor@larkspur.example;;;;;;;',
    'noor at larkspur;;;;;;;',
    ';Nobody;;;;;;',
    'wim@larkspur.example;;;;;boss;;',
    'wim2@larkspur.example;;;;;;Bells;',
    'wim3@larkspur.example;;;;;;Pushed;',
  ].join('\r\n');

  test('the preview says for each line what it comes to, and changes nothing', async () => {
    const { lines, totals, ignoredColumns } = await preview(csv);
    expect(lines).toEqual([
      { kind: 'new', line: 2, email: 'noor@larkspur.example', name: 'Noor Haddad' },
      {
        kind: 'update',
        line: 3,
        email: 'ZOE@larkspur.example',
        name: 'Zoe',
        memberId: zoe,
        changes: { department: ['', 'Bells'], groups: ['', 'Sales'] },
      },
      {
        kind: 'managed',
        line: 4,
        email: 'per@larkspur.example',
        name: 'Per Okonjo',
        memberId: managed,
        connection: 'Our Okta',
      },
      {
        kind: 'unchanged',
        line: 5,
        email: 'ada@larkspur.example',
        name: 'ada@larkspur.example',
        memberId: directory.ownerId,
      },
      { kind: 'problem', line: 6, column: 'email', value: 'noor@larkspur.example', problem: 'repeated' },
      { kind: 'problem', line: 7, column: 'email', value: 'noor at larkspur', problem: 'no_at' },
      { kind: 'problem', line: 8, column: 'email', value: '', problem: 'no_address' },
      { kind: 'problem', line: 9, column: 'role', value: 'boss', problem: 'unknown_role' },
      { kind: 'problem', line: 10, column: 'groups', value: 'Bells', problem: 'unknown_group' },
      { kind: 'problem', line: 11, column: 'groups', value: 'Pushed', problem: 'managed_group' },
    ]);
    expect(totals).toEqual({ new: 1, update: 1, unchanged: 1, managed: 1, problem: 6 });
    expect(ignoredColumns).toEqual(['Shoe size']);
    expect(await told()).toEqual(nothingTold);
  });

  test('the import does what the preview said, once', async () => {
    const { outcomes, totals } = await carryOut(csv);
    const noor = outcomes[0]?.outcome === 'added' ? outcomes[0].memberId : '';
    expect(outcomes).toEqual([
      { line: 2, outcome: 'added', memberId: noor },
      { line: 3, outcome: 'updated', memberId: zoe },
    ]);
    expect(totals.new).toBe(1);
    const { events } = await told();
    expect(events.map(({ type, subject }) => [type, subject]).toSorted()).toEqual(
      [
        ['group.members_changed', sales],
        ['member.added', noor],
        ['member.updated', zoe],
      ].toSorted(),
    );
    const rows = await directory.db
      .selectFrom('members')
      .select(['id', 'role', 'status', 'attributes'])
      .where('id', 'in', [noor, zoe])
      .execute();
    const of = (id: string) => rows.find((row) => row.id === id);
    expect(of(noor)).toMatchObject({ role: 'admin', status: 'not_invited' });
    expect(JSON.parse(of(noor)?.attributes ?? '')).toEqual({
      userName: 'noor@larkspur.example',
      emails: [{ value: 'noor@larkspur.example', type: 'work', primary: true }],
      displayName: 'Noor Haddad',
      name: { givenName: 'Noor', familyName: 'Haddad' },
      title: 'Founder',
      [enterprise]: { department: 'Bells' },
    });
    expect(JSON.parse(of(zoe)?.attributes ?? '')).toMatchObject({
      displayName: 'Zoe',
      title: 'Smith',
      [enterprise]: { department: 'Bells' },
    });
    const again = await carryOut(csv);
    expect(again.totals).toMatchObject({ new: 0, update: 0, unchanged: 3 });
    expect(again.outcomes).toEqual([]);
    expect(await told()).toEqual(nothingTold);
  });

  test('an admin who may give no role but the plain one can neither make nor unmake others', async () => {
    const roles = ['email,role', 'wim@larkspur.example,admin', 'ada@larkspur.example,member'].join('\n');
    expect((await preview(roles, ['member'])).lines).toEqual([
      { kind: 'problem', line: 2, column: 'role', value: 'admin', problem: 'role_not_allowed' },
      { kind: 'problem', line: 3, column: 'role', value: 'member', problem: 'role_not_allowed' },
    ]);
  });

  test('the last owner stays one, and the other lines are imported', async () => {
    const { outcomes } = await carryOut(
      ['email,role', 'ada@larkspur.example,member', 'ines@larkspur.example,'].join('\n'),
    );
    expect(outcomes).toMatchObject([
      { line: 2, outcome: 'refused', code: 'member.last_owner' },
      { line: 3, outcome: 'added' },
    ]);
  });

  test('an export can be imported again: nothing changes', async () => {
    const memberIds = [zoe, managed];
    await okta.apply({ kind: 'add-group', attributes: { displayName: 'Pushed too' }, memberIds });
    let text = '';
    for await (const part of exportMembers(directory, directory.orgId, { sort: 'name' })) text += part;
    const { totals } = await preview(text);
    expect(totals).toMatchObject({ new: 0, update: 0, managed: 1, problem: 0 });
    expect(totals.unchanged).toBeGreaterThan(2);
  });
});
