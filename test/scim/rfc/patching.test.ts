// RFC 7644 §3.5.2 over HTTP: the frame of a PATCH, its examples, and what is refused. The engine has unit tests.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  type PatchOperation,
  patchOp,
  userUrn,
} from './resources.ts';

describe.each(databases)('modifying with PATCH on %s', (database) => {
  let server: ScimServer;
  let people: readonly { id: string; userName: string }[];
  beforeAll(async () => {
    server = await startScimServer({ database });
    people = [
      await createUser(server, { userName: 'babs', displayName: 'Babs' }),
      await createUser(server, { userName: 'jim', displayName: 'Jim' }),
      await createUser(server, { userName: 'kit' }),
    ];
  });
  afterAll(() => server.close());

  const patchUser = (id: string, ...operations: readonly PatchOperation[]) =>
    server.scim('PATCH', `/Users/${id}`, patchOp(...operations));
  const patchGroup = (id: string, ...operations: readonly PatchOperation[]) =>
    server.scim('PATCH', `/Groups/${id}`, patchOp(...operations));
  const member = (index: number) => ({ value: people[index]?.id ?? '' });

  async function membersOf(id: string): Promise<readonly string[]> {
    const members: readonly { value: string }[] =
      (await server.scim('GET', `/Groups/${id}`)).body.members ?? [];
    return members.map(({ value }) => people.find((person) => person.id === value)?.userName ?? value);
  }

  test('RFC 7644 §3.5.2: a PATCH of a user is 200 with the whole resource', async () => {
    const { id, meta } = await createUser(server, { userName: 'whole', nickName: 'W' });
    const answer = await patchUser(id, { op: 'replace', path: 'nickName', value: 'Whole' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ schemas: [userUrn], id, userName: 'whole', nickName: 'Whole' });
    expect(answer.body.meta.version).not.toBe(meta.version);
  });

  test('RFC 7644 §3.5.2: a PATCH of a group is 204, and 200 with the resource where attributes is asked for', async () => {
    const { id } = await createGroup(server, { displayName: 'Answers' });
    const silent = await patchGroup(id, { op: 'replace', path: 'displayName', value: 'Answers 2' });
    expect([silent.status, silent.text]).toEqual([204, '']);
    const rename = patchOp({ op: 'replace', path: 'displayName', value: 'Answers 3' });
    const spoken = await server.scim('PATCH', `/Groups/${id}?attributes=displayName`, rename);
    expect(spoken.status).toBe(200);
    expect(spoken.body).toMatchObject({ id, displayName: 'Answers 3' });
    expect(spoken.body).not.toHaveProperty('meta');
  });

  test('RFC 7644 §3.5.2: a PATCH whose attributes parameter is set answers those of a user', async () => {
    const { id } = await createUser(server, { userName: 'partial', title: 'Old' });
    const patch = patchOp({ op: 'replace', path: 'title', value: 'New' });
    const answer = await server.scim('PATCH', `/Users/${id}?attributes=title`, patch);
    expect(answer.body).toEqual({ schemas: [userUrn], id, title: 'New' });
  });

  test('RFC 7644 §3.5.2: a PATCH is all or nothing', async () => {
    const before = await createUser(server, { userName: 'atomic', title: 'Kept' });
    const answer = await patchUser(
      before.id,
      { op: 'replace', path: 'title', value: 'Lost' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'nobody@there.example' },
    );
    expectError(answer, 400, 'noTarget');
    expect((await server.scim('GET', `/Users/${before.id}`)).body).toEqual(before);
  });

  test('RFC 7644 §3.5.2: a PATCH of a group is all or nothing, its members included', async () => {
    const { id } = await createGroup(server, { displayName: 'Atomic', members: [member(0)] });
    const answer = await patchGroup(
      id,
      { op: 'replace', path: 'displayName', value: 'Lost' },
      { op: 'remove', path: 'members' },
      { op: 'add', path: 'members', value: [{ value: 'nobody' }] },
    );
    expectError(answer, 400, 'invalidValue');
    expect((await server.scim('GET', `/Groups/${id}`)).body).toMatchObject({ displayName: 'Atomic' });
    expect(await membersOf(id)).toEqual(['babs']);
  });

  test('RFC 7644 §3.5.2: operations are applied in order, each on what the one before it left', async () => {
    const { id } = await createUser(server, { userName: 'ordered' });
    const { body } = await patchUser(
      id,
      { op: 'add', path: 'emails', value: [{ type: 'work', value: 'a@order.example' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@order.example' },
      { op: 'add', path: 'title', value: 'Gone' },
      { op: 'remove', path: 'title' },
    );
    expect(body.emails).toEqual([{ type: 'work', value: 'b@order.example' }]);
    expect(body).not.toHaveProperty('title');
  });

  test('RFC 7644 §3.5.2: a new primary value unmarks the one before it', async () => {
    const { id } = await createUser(server, {
      userName: 'primaries',
      emails: [
        { value: 'old@primary.example', type: 'home', primary: true },
        { value: 'new@primary.example', type: 'work' },
      ],
    });
    const { body } = await patchUser(id, {
      op: 'replace',
      path: 'emails[type eq "work"].primary',
      value: true,
    });
    const emails: readonly { value: string; primary?: boolean }[] = body.emails;
    expect(emails.filter(({ primary }) => primary === true).map(({ value }) => value)).toEqual([
      'new@primary.example',
    ]);
  });

  test('RFC 7644 §3.5.2: an attribute under its full URN brings its schema with it', async () => {
    const { id } = await createUser(server, { userName: 'urn.path' });
    const path = `${enterpriseUrn}:employeeNumber`;
    const { body } = await patchUser(id, { op: 'add', path, value: '881' });
    expect(body).toMatchObject({
      schemas: [userUrn, enterpriseUrn],
      [enterpriseUrn]: { employeeNumber: '881' },
    });
  });

  test('RFC 7644 §3.5.2: readOnly attributes are refused with mutability', async () => {
    const { id } = await createUser(server, { userName: 'immovable' });
    for (const path of ['id', 'meta.created', 'groups']) {
      expectError(await patchUser(id, { op: 'replace', path, value: 'x' }), 400, 'mutability');
    }
  });

  test('RFC 7644 §3.5.2: members are immutable: their sub-attributes are refused with mutability', async () => {
    const { id } = await createGroup(server, { displayName: 'Set in stone', members: [member(0)] });
    const path = `members[value eq "${people[0]?.id}"].display`;
    expectError(await patchGroup(id, { op: 'replace', path, value: 'Other' }), 400, 'mutability');
  });

  test('RFC 7644 §3.5.2: a body without operations, or with one that is none, is refused', async () => {
    const { id } = await createUser(server, { userName: 'formless' });
    const bodies = [
      { schemas: patchOp().schemas },
      patchOp(),
      { ...patchOp(), Operations: 'add' },
      { ...patchOp(), Operations: [7] },
      patchOp({ op: 'move', path: 'title', value: 'x' }),
      { ...patchOp(), Operations: [{ path: 'title', value: 'x' }] },
    ];
    for (const body of bodies) {
      expectError(await server.scim('PATCH', `/Users/${id}`, body), 400, 'invalidSyntax');
    }
  });

  test('RFC 7644 §3.5.2: a path that is none is 400 invalidPath', async () => {
    const { id } = await createUser(server, { userName: 'pathless' });
    for (const path of ['emails[type eq "work"', 'name..givenName', '[type eq "work"]', 'title title']) {
      expectError(await patchUser(id, { op: 'replace', path, value: 'x' }), 400, 'invalidPath');
    }
  });

  test('RFC 7644 §3.5.2: a userName that somebody else has is 409 uniqueness', async () => {
    const { id } = await createUser(server, { userName: 'aspirant' });
    expectError(await patchUser(id, { op: 'replace', path: 'userName', value: 'BABS' }), 409, 'uniqueness');
  });

  test('RFC 7644 §3.5.2.1: add one member to a group, and once more without effect', async () => {
    const { id } = await createGroup(server, { displayName: 'Adding' });
    const op = { op: 'add', path: 'members', value: [{ ...member(0), display: 'Babs' }] };
    expect((await patchGroup(id, op)).status).toBe(204);
    const first = await server.scim('GET', `/Groups/${id}`);
    expect((await patchGroup(id, op)).status).toBe(204);
    expect((await server.scim('GET', `/Groups/${id}`)).body).toEqual(first.body);
    expect(await membersOf(id)).toEqual(['babs']);
  });

  test('RFC 7644 §3.5.2.1: add without a path adds attributes to the resource', async () => {
    const { id } = await createUser(server, {
      userName: 'no.path',
      emails: [{ value: 'first@path.example' }],
    });
    const value = { emails: [{ value: 'babs@path.example', type: 'home' }], nickName: 'Babs' };
    const { body } = await patchUser(id, { op: 'add', value });
    expect(body).toMatchObject({
      nickName: 'Babs',
      emails: [{ value: 'first@path.example' }, value.emails[0]],
    });
  });

  test('RFC 7644 §3.5.2.1: add to a complex attribute keeps the sub-attributes it does not name', async () => {
    const { id } = await createUser(server, {
      userName: 'merging',
      name: { givenName: 'Mer', familyName: 'Ging' },
    });
    const { body } = await patchUser(id, { op: 'add', path: 'name', value: { givenName: 'Mary' } });
    expect(body.name).toEqual({ givenName: 'Mary', familyName: 'Ging' });
  });

  test('RFC 7644 §3.5.2.1: add to a single-valued attribute replaces its value', async () => {
    const { id } = await createUser(server, { userName: 'single', title: 'Old' });
    expect((await patchUser(id, { op: 'add', path: 'title', value: 'New' })).body.title).toBe('New');
  });

  test('RFC 7644 §3.5.2.2: remove a member by its value, and once more without effect', async () => {
    const { id } = await createGroup(server, { displayName: 'Removing', members: [member(0), member(1)] });
    const op = { op: 'remove', path: `members[value eq "${people[0]?.id}"]` };
    expect((await patchGroup(id, op)).status).toBe(204);
    expect((await patchGroup(id, op)).status).toBe(204);
    expect(await membersOf(id)).toEqual(['jim']);
  });

  test('RFC 7644 §3.5.2.2: remove every member', async () => {
    const { id } = await createGroup(server, { displayName: 'Emptying', members: [member(0), member(1)] });
    expect((await patchGroup(id, { op: 'remove', path: 'members' })).status).toBe(204);
    expect(await membersOf(id)).toEqual([]);
  });

  test('RFC 7644 §3.5.2.2: remove one value by a filter on its sub-attributes', async () => {
    const [work, home] = [
      { type: 'work', value: 'w@remove.example' },
      { type: 'home', value: 'h@remove.example' },
    ];
    const { id } = await createUser(server, { userName: 'filtered', emails: [work, home] });
    const path = 'emails[type eq "work" and value ew "remove.example"]';
    expect((await patchUser(id, { op: 'remove', path })).body.emails).toEqual([home]);
    expect((await patchUser(id, { op: 'remove', path: 'emails[type eq "home"]' })).body).not.toHaveProperty(
      'emails',
    );
  });

  test('RFC 7644 §3.5.2.2: remove one member and add another in one request', async () => {
    const { id } = await createGroup(server, { displayName: 'Swapping', members: [member(0)] });
    await patchGroup(
      id,
      { op: 'remove', path: `members[value eq "${people[0]?.id}"]` },
      { op: 'add', path: 'members', value: [{ ...member(1), display: 'Jim' }] },
    );
    expect(await membersOf(id)).toEqual(['jim']);
  });

  test('RFC 7644 §3.5.2.2: remove without a path is 400 noTarget', async () => {
    const { id } = await createUser(server, { userName: 'targetless' });
    expectError(await patchUser(id, { op: 'remove' }), 400, 'noTarget');
  });

  test('RFC 7644 §3.5.2.2: remove of a required attribute is 400 mutability', async () => {
    const { id } = await createUser(server, { userName: 'needed' });
    expectError(await patchUser(id, { op: 'remove', path: 'userName' }), 400, 'mutability');
    const group = await createGroup(server, { displayName: 'Needed' });
    expectError(await patchGroup(group.id, { op: 'remove', path: 'displayName' }), 400, 'mutability');
  });

  test('RFC 7644 §3.5.2.2: remove members with a list of values follows the RFC where the client is no known IdP', async () => {
    const { id } = await createGroup(server, {
      displayName: 'By the letter',
      members: [member(0), member(1)],
    });
    await patchGroup(id, { op: 'remove', path: 'members', value: [member(0)] });
    expect(await membersOf(id)).toEqual([]);
  });

  test('RFC 7644 §3.5.2.3: replace all members of a group', async () => {
    const { id } = await createGroup(server, { displayName: 'Replacing', members: [member(0)] });
    await patchGroup(id, { op: 'replace', path: 'members', value: [member(1), member(2)] });
    expect(await membersOf(id)).toEqual(['jim', 'kit']);
  });

  const homeAndWork = [
    { type: 'work', streetAddress: '1 Old Row', locality: 'Old', primary: true },
    { type: 'home', streetAddress: '2 Home Row' },
  ];

  test("RFC 7644 §3.5.2.3: replace a user's entire work address", async () => {
    const { id } = await createUser(server, { userName: 'mover', addresses: homeAndWork });
    const value = {
      type: 'work',
      streetAddress: '911 Canal St',
      locality: 'Ferry',
      region: 'FY',
      postalCode: '5',
    };
    const { body } = await patchUser(id, { op: 'replace', path: 'addresses[type eq "work"]', value });
    expect(body.addresses).toHaveLength(2);
    expect(body.addresses).toContainEqual(homeAndWork[1]);
    expect(body.addresses).toContainEqual(expect.objectContaining(value));
  });

  test('RFC 7644 §3.5.2.3: replace one sub-attribute of the value that a filter selects', async () => {
    const { id } = await createUser(server, { userName: 'street', addresses: homeAndWork });
    const path = 'addresses[type eq "work"].streetAddress';
    const { body } = await patchUser(id, { op: 'replace', path, value: '1010 Broadway Ave' });
    expect(body.addresses).toEqual([
      { ...homeAndWork[0], streetAddress: '1010 Broadway Ave' },
      homeAndWork[1],
    ]);
  });

  test('RFC 7644 §3.5.2.3: replace all values of one attribute and add another, without a path', async () => {
    const { id } = await createUser(server, {
      userName: 'pathless.two',
      emails: [{ value: 'old@two.example' }],
    });
    const value = {
      emails: [
        { value: 'babs@two.example', type: 'work', primary: true },
        { value: 'b@home.example', type: 'home' },
      ],
      nickName: 'Babs',
    };
    expect((await patchUser(id, { op: 'replace', value })).body).toMatchObject(value);
  });

  test('RFC 7644 §3.5.2.3: replace of an attribute without value adds it', async () => {
    const { id } = await createUser(server, { userName: 'valueless' });
    expect((await patchUser(id, { op: 'replace', path: 'title', value: 'First' })).body.title).toBe('First');
  });

  test('RFC 7644 §3.5.2.3: replace of a complex attribute keeps the sub-attributes it does not name', async () => {
    const { id } = await createUser(server, {
      userName: 'unnamed',
      name: { givenName: 'Una', familyName: 'Med' },
    });
    const { body } = await patchUser(id, { op: 'replace', path: 'name', value: { familyName: 'Med-Ng' } });
    expect(body.name).toEqual({ givenName: 'Una', familyName: 'Med-Ng' });
  });

  test('RFC 7644 §3.5.2.3: replace on every value that the filter selects', async () => {
    const phones = ['1', '2'].map((value) => ({ value, type: 'work', display: 'old' }));
    const { id } = await createUser(server, { userName: 'several', phoneNumbers: phones });
    const { body } = await patchUser(id, {
      op: 'replace',
      path: 'phoneNumbers[type eq "work"].display',
      value: 'new',
    });
    expect(body.phoneNumbers).toEqual(phones.map((phone) => ({ ...phone, display: 'new' })));
  });

  test('RFC 7644 §3.5.2.3: replace on a filter that selects nothing is 400 noTarget', async () => {
    const { id } = await createUser(server, {
      userName: 'no.match',
      emails: [{ value: 'a@no.example', type: 'home' }],
    });
    for (const path of ['emails[type eq "work"].value', 'emails[type eq "work"]']) {
      const value = path.endsWith(']') ? { value: 'b@no.example' } : 'b@no.example';
      expectError(await patchUser(id, { op: 'replace', path, value }), 400, 'noTarget');
    }
  });
});
