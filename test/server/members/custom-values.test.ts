// An org's own attributes where people are shown: the list, one person, the file out and the file in.
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveAttributes } from '../../../server/attributes/save-attributes.ts';
import { exportMembers } from '../../../server/members/export-members.ts';
import { listMembers } from '../../../server/members/list-members.ts';
import { memberProfile } from '../../../server/members/member-profile.ts';
import { findMember } from '../../../server/members/member-store.ts';
import { importMembers, previewImport } from '../../../server/provisioning/import-members.ts';
import { type AttributeStep, customAttributeSchema } from '../../../shared/custom-attributes.ts';
import { memberRoles } from '../../../shared/member.ts';
import { type MemberListQuery, memberListQuerySchema } from '../../../shared/member-list.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';

const definitions = [
  { name: 'badge', type: 'integer', description: 'On the card at the gate' },
  { name: 'site', type: 'string', canonicalValues: ['Kiln', 'Quarry'] },
  { name: 'remote', type: 'boolean' },
  { name: 'since', type: 'dateTime' },
  { name: 'rate', type: 'decimal' },
  { name: 'skills', type: 'string', multiValued: true },
  { name: 'title', type: 'string' },
  { name: 'shoes', type: 'integer' },
].map((one) => customAttributeSchema.parse(one));

describe.each(databases)('custom values of people, on %s', (database) => {
  let directory: Directory;
  let urn: string;
  let noor: string;
  let version = 0;
  const asked = () => ({ ...operator, orgId: directory.orgId });
  const step = async (one: AttributeStep) => {
    ({ version, urn } = await saveAttributes({ ...directory.deps, database: directory.database }, asked(), {
      version,
      step: one,
    }));
  };
  beforeAll(async () => {
    directory = await openDirectory(database);
    for (const attribute of definitions) await step({ kind: 'add', attribute });
    const okta = await directory.connect('Our Okta');
    const attributes = {
      userName: 'noor@larkspur.example',
      displayName: 'Noor Haddad',
      emails: [{ value: 'noor@larkspur.example' }],
      [urn]: {
        badge: -7,
        remote: false,
        skills: ['Fire; glaze', 'C:\\kiln'],
        title: 'Bellfounder',
        shoes: 40,
      },
    };
    noor = (await okta.apply({ kind: 'provision-member', attributes })).member.id;
    await step({ kind: 'remove', name: 'shoes' });
  });
  afterAll(() => directory.close());

  const list = (query: Partial<MemberListQuery>) =>
    listMembers(
      { database: directory.database, now: directory.deps.now, secret: directory.deps.secret },
      directory.orgId,
      memberListQuerySchema.parse({ search: 'noor', ...query }),
    );
  const csvOf = async () => {
    let text = '';
    for await (const part of exportMembers(directory, directory.orgId, { sort: 'newest' })) text += part;
    return text;
  };
  const preview = (csv: string) => previewImport(directory.deps, directory.orgId, csv, memberRoles);
  const carryOut = (csv: string) => importMembers(directory.deps, asked(), csv, memberRoles);
  const valuesOf = async (email: string) => {
    const { rows } = await list({ search: email, attributes: definitions.map(({ name }) => name) });
    return rows[0]?.values;
  };

  test('a list has the values that were asked for, and asks the database for nothing otherwise', async () => {
    const statements = watchStatements();
    expect((await list({})).rows[0]).not.toHaveProperty('values');
    expect(statements().filter((sql) => sql.includes('attribute_schemas'))).toEqual([]);
    const { rows } = await list({ attributes: ['BADGE', 'skills', 'shoes', 'nothing'] });
    expect(rows[0]?.values).toEqual({ badge: -7, skills: ['Fire; glaze', 'C:\\kiln'] });
  });

  test('a person has them with their meaning, those of removed attributes hidden', async () => {
    const { custom, managedFields } = await memberProfile(
      { database: directory.database, now: directory.deps.now },
      directory.orgId,
      noor,
    );
    expect(custom).toEqual([
      { name: 'badge', description: 'On the card at the gate', value: -7 },
      { name: 'remote', description: '', value: false },
      { name: 'skills', description: '', value: ['Fire; glaze', 'C:\\kiln'] },
      { name: 'title', description: '', value: 'Bellfounder' },
    ]);
    expect(managedFields).toContain('custom');
  });

  test('a file has them behind its other columns', async () => {
    const text = await csvOf();
    expect(text.split('\r\n')[0]).toMatch(
      /,lastChange,custom:badge,custom:site,custom:remote,custom:since,custom:rate,custom:skills,custom:title$/,
    );
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.find(({ id }) => id === noor)).toMatchObject({
      title: '',
      'custom:badge': "'-7",
      'custom:site': '',
      'custom:remote': 'false',
      'custom:skills': 'Fire\\; glaze; C:\\\\kiln',
      'custom:title': 'Bellfounder',
    });
  });

  test('a file gives them to somebody new, typed, by either spelling of the heading', async () => {
    const csv = `email,Badge,custom:site,${'custom:remote'},since,rate,${urn}:skills,title,custom:title
ida@larkspur.example,12,kiln,TRUE,2026-03-01T10:00:00+01:00,1.5,"Fire\\; glaze;Fire\\; glaze; C:\\\\kiln",Smith,Bellfounder`;
    const { outcomes, ignoredColumns } = await carryOut(csv);
    expect(outcomes).toMatchObject([{ line: 2, outcome: 'added' }]);
    expect(ignoredColumns).toEqual([]);
    expect(await valuesOf('ida')).toEqual({
      badge: 12,
      site: 'kiln',
      remote: true,
      since: '2026-03-01T09:00:00.000Z',
      rate: 1.5,
      skills: ['Fire; glaze', 'C:\\kiln'],
      title: 'Bellfounder',
    });
  });

  test('a file that came out goes in again and changes nobody', async () => {
    const { totals } = await preview(await csvOf());
    expect(totals).toMatchObject({ new: 0, update: 0, problem: 0, managed: 1 });
  });

  test('a change is told before it is made, keeps what the file does not say, and is in the history', async () => {
    const csv = 'email,badge,site,custom:shoes\nida@larkspur.example,13,,41';
    const before = await preview(csv);
    expect(before.lines).toMatchObject([{ kind: 'update', changes: { 'custom:badge': ['12', '13'] } }]);
    expect(before.ignoredColumns).toEqual(['custom:shoes']);
    await carryOut(csv);
    expect(await valuesOf('ida')).toMatchObject({ badge: 13, site: 'kiln', remote: true });
    const { changes } = await directory.db
      .selectFrom('audit')
      .select('changes')
      .where('org_id', '=', directory.orgId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(changes)).toEqual({ [`${urn}:badge`]: [12, 13] });
  });

  test('an empty cell, and one of separators alone, leaves what is there, as in the other columns', async () => {
    const attributes = async () => {
      const ida = directory.db
        .selectFrom('members')
        .select('attributes')
        .where('email_norm', 'like', 'ida@%');
      return JSON.parse((await ida.executeTakeFirstOrThrow()).attributes);
    };
    const before = await attributes();
    expect(before).toMatchObject({
      title: 'Smith',
      [urn]: { badge: 13, skills: ['Fire; glaze', 'C:\\kiln'] },
    });
    const empty = 'ida@larkspur.example,,,"  ",, ; ;';
    const { lines } = await preview(`email,title,badge,site,remote,skills\n${empty}`);
    expect(lines).toMatchObject([{ kind: 'unchanged' }]);
    // Where another cell of the line does change something.
    const { outcomes } = await carryOut(`email,title,badge,site,remote,skills,name\n${empty},Ida Sand`);
    expect(outcomes).toMatchObject([{ outcome: 'updated' }]);
    expect(await attributes()).toEqual({ ...before, displayName: 'Ida Sand' });
  });

  test('hidden values outlive an import', async () => {
    await step({ kind: 'remove', name: 'rate' });
    await carryOut('email,badge\nida@larkspur.example,14');
    await step({ kind: 'put-back', name: 'rate' });
    expect(await valuesOf('ida')).toMatchObject({ badge: 14, rate: 1.5 });
  });

  test('whom a connection manages stays as it says', async () => {
    const { lines, outcomes } = await carryOut('email,badge\nnoor@larkspur.example,99');
    expect(lines).toMatchObject([{ kind: 'managed' }]);
    expect(outcomes).toEqual([]);
    const row = await findMember(directory.db, directory.orgId, noor);
    expect(JSON.parse(row?.attributes ?? '')[urn]).toMatchObject({ badge: -7, shoes: 40 });
  });

  test.each([
    ['badge', 'seven', 'not_integer'],
    ['badge', '7.5', 'not_integer'],
    ['rate', '"1,5"', 'not_decimal'],
    ['remote', 'perhaps', 'not_boolean'],
    ['since', 'yesterday', 'not_time'],
    ['site', 'Moon', 'not_listed'],
  ])('a cell of %s that says %s is a problem of its line: %s', async (name, cell, problem) => {
    const { lines, totals } = await preview(`email,custom:${name}\nwim@larkspur.example,${cell}`);
    const value = cell.replaceAll('"', '');
    expect(lines).toEqual([{ kind: 'problem', line: 2, column: `custom:${name}`, value, problem }]);
    expect(totals.problem).toBe(1);
  });
});
