import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportMembers } from '../../../server/members/export-members.ts';
import type { MemberExportQuery } from '../../../shared/member-list.ts';
import { type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { inventMembers } from '../../helpers/invented-members.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('members as CSV, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
  });
  afterAll(() => directory.close());

  const exported = async (query: Partial<MemberExportQuery>, orgId = directory.orgId, bom = false) => {
    const parts: string[] = [];
    for await (const part of exportMembers(directory, orgId, { sort: 'newest', ...query }, { bom }))
      parts.push(part);
    const text = parts.join('');
    return { text, parts, rows: parse(text, { columns: true, bom: true }) as Record<string, string>[] };
  };

  test('the columns are these, in this order', async () => {
    const { text } = await exported({});
    expect(text.split('\r\n')[0]).toBe(
      'id,email,userName,name,givenName,familyName,title,department,role,status,groups,managedBy,addedAt,invitedAt,joinedAt,lastChange',
    );
    expect(text.startsWith('\ufeff')).toBe(false);
    expect((await exported({}, directory.orgId, true)).text.startsWith('\ufeffid,')).toBe(true);
  });

  test('a person with everything that needs quoting comes out whole', async () => {
    const attributes = {
      userName: 'noor',
      displayName: 'Noor "the bell", Haddad\nof Larkspur',
      emails: [{ value: 'noor@larkspur.example' }],
    };
    const { member } = await okta.apply({ kind: 'provision-member', attributes });
    for (const displayName of ['Sales, EMEA', 'Night shift'])
      await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds: [member.id] });
    expect((await exported({ search: 'noor' })).rows).toEqual([
      {
        id: member.id,
        email: 'noor@larkspur.example',
        userName: 'noor',
        name: 'Noor "the bell", Haddad\nof Larkspur',
        givenName: '',
        familyName: '',
        title: '',
        department: '',
        role: 'member',
        status: 'not_invited',
        groups: 'Sales, EMEA; Night shift',
        managedBy: 'Our Okta',
        addedAt: '2026-11-02T09:00:00.000Z',
        invitedAt: '',
        joinedAt: '',
        lastChange: '2026-11-02T09:00:00.000Z',
      },
    ]);
  });

  test.each(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])(
    'a cell that begins with %j is no formula',
    async (sign) => {
      const title = `${sign}HYPERLINK("http://elsewhere.example")`;
      const attributes = { userName: `formula-${sign.codePointAt(0)}`, displayName: title, title };
      await okta.apply({ kind: 'provision-member', attributes });
      const { rows } = await exported({ search: `formula-${sign.codePointAt(0)}` });
      expect(rows).toMatchObject([{ name: `'${title}`, title: `'${title}` }]);
    },
  );

  test('all are there, once each, in slices, filtered and sorted like the list', async () => {
    const other = await directory.found('A Large Company');
    const { members } = await inventMembers(other, 700, []);
    const { rows, parts } = await exported({ sort: 'name' }, other.orgId);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(members.map(({ id }) => id).toSorted());
    expect(parts.length).toBeGreaterThan(3);
    const blocked = members.filter(({ status }) => status === 'blocked').map(({ id }) => id);
    expect((await exported({ status: 'blocked' }, other.orgId)).rows.map(({ id }) => id).toSorted()).toEqual(
      blocked.toSorted(),
    );
  });
});
