import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { explainPerson } from '../../../server/diagnosis/explain-person.ts';
import { setUpOrg } from '../../../server/members/set-up-org.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const minute = 60_000;

describe.each(databases)('somebody by what an admin has of them, on %s', (database) => {
  let server: ScimServer;
  beforeEach(async () => {
    server = await startScimServer({ database, kind: 'okta', name: 'Our Okta' });
  });
  afterEach(() => server.close());

  const add = async (person: object) =>
    (await server.scim('POST', '/Users', { schemas, active: true, ...person })).body.id as string;
  const explain = async (text: string) => {
    await server.deps.provisioningLog.flush();
    return explainPerson(server.deps, server.orgId, text);
  };
  const unknown = async (text: string) => {
    const [story, ...others] = await explain(text);
    expect(others).toEqual([]);
    expect(story).toMatchObject({ memberId: null, status: 'unknown', heading: `Why ${text} has no access` });
    return {
      lines: (story?.lines ?? []).map(({ sentence }) => sentence),
      remedies: (story?.remedies ?? []).map(({ sentence, console }) => [sentence, console?.labels.at(-1)]),
    };
  };

  test('found by address, user name, externalId and id, whatever the case', async () => {
    const emails = [{ value: 'noor@larkspur.example', primary: true }, { value: 'n@home.example' }];
    const id = await add({ userName: 'noor.haddad', externalId: '00uNoor', emails });
    for (const text of ['Noor@Larkspur.example', 'NOOR.HADDAD', 'n@home.example', '00uNoor', id])
      expect((await explain(text)).map(({ memberId }) => memberId)).toEqual([id]);
    expect((await unknown('00unoor')).lines[0]).toBe(
      'Nobody in the directory has the name, address or id “00unoor”.',
    );
  });

  test('everybody who has the address is told of, and of each other', async () => {
    const shared = [
      { value: 'one@larkspur.example', primary: true },
      { value: 'desk@larkspur.example', type: 'other' },
    ];
    const one = await add({ userName: 'one@larkspur.example', emails: shared });
    const two = await add({ userName: 'desk@larkspur.example' });
    expect((await explain('desk@larkspur.example')).map(({ memberId }) => memberId).sort()).toEqual(
      [one, two].sort(),
    );
    const [story] = await explain(two);
    expect(story?.lines).toContainEqual({
      sentence: 'The same address belongs to one@larkspur.example, too.',
      at: null,
      isWrong: false,
      source: { kind: 'member', memberId: one },
    });
  });

  test('removed, and once back the one who is here', async () => {
    const id = await add({ userName: 'hana@larkspur.example', externalId: '00u"7' });
    await server.scim('DELETE', `/Users/${id}`);
    for (const text of ['Hana@larkspur.example', '00u"7', id])
      expect(await explain(text)).toMatchObject([
        { memberId: id, status: 'removed', name: 'hana@larkspur.example' },
      ]);
    const back = await add({ userName: 'hana@larkspur.example' });
    expect((await explain('hana@larkspur.example')).map(({ memberId }) => memberId)).toEqual([back]);
  });

  test('never seen: nothing was tested, then everything works, and somebody alike is here', async () => {
    expect(await unknown('wen@larkspur.example')).toEqual({
      lines: [
        'Nobody in the directory has the name, address or id “wen@larkspur.example”.',
        'Our Okta has not been tested: nothing has arrived from it yet.',
      ],
      remedies: [['Paste the base URL and the token of Our Okta, then test the connection.', 'Save']],
    });
    const id = await add({ userName: 'wem@larkspur.example', displayName: 'Wem Lund' });
    expect(await unknown('wem@larkspur.exmple')).toEqual({
      lines: [
        'Nobody in the directory has the name, address or id “wem@larkspur.exmple”.',
        'Wem Lund is here as wem@larkspur.example: perhaps that is who you mean.',
        'Our Okta works, and has not sent anybody of that name.',
      ],
      remedies: [['See in Okta whether the app is assigned to them, and under which name.', 'Assign']],
    });
    const [story] = await explain('wem@larkspur.exmple');
    expect(story?.lines[1]?.source).toEqual({ kind: 'member', memberId: id });
  });

  test('looked up and never created', async () => {
    const lookup = encodeURIComponent('userName eq "tove@larkspur.example"');
    expect((await server.scim('GET', `/Users?filter=${lookup}&startIndex=1&count=100`)).status).toBe(200);
    await server.deps.provisioningLog.flush();
    server.clock.now += 10 * minute;
    const { lines, remedies } = await unknown('tove@larkspur.example');
    expect(lines[1]).toBe('Okta looked for 1 person, found nobody, and created nobody.');
    expect(remedies[0]?.[0]).toBe('Create Users is not ticked. Tick it, then provision them again.');
  });

  test('refused by the directory', async () => {
    const refused = await server.scim('PUT', '/Users/sami@larkspur.example', {
      schemas,
      userName: 'sami@larkspur.example',
    });
    expect(refused.status).toBe(404);
    const { lines } = await unknown('sami@larkspur.example');
    expect(lines[1]).toMatch(/^Our Okta sent them and was refused: .*"sami@larkspur\.example"/);
  });

  test('where no identity provider is connected', async () => {
    const door = changeDepsOf(server.deps);
    const { id } = await setUpOrg(door, {
      ...operator,
      name: 'Other Works',
      ownerEmail: 'zoe@other.example',
    });
    const [story] = await explainPerson(server.deps, id, 'noor@larkspur.example');
    expect(story?.lines.map(({ sentence }) => sentence)).toContain('No identity provider is connected.');
    expect(await explainPerson(server.deps, id, 'ZOE@other.example')).toMatchObject([{ status: 'active' }]);
  });
});
