// RFC 7643 §2–§4 and its examples of §8 over HTTP: how attributes of users and groups behave.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  find,
  groupUrn,
  patchOp,
  userUrn,
} from './resources.ts';

/** A user with every attribute of the core schema and the enterprise extension. */
const everything = {
  externalId: '418802',
  userName: 'ottoline.frey@saltmarsh.example',
  name: {
    formatted: 'Dr. Ottoline Jun Frey, MSc',
    familyName: 'Frey',
    givenName: 'Ottoline',
    middleName: 'Jun',
    honorificPrefix: 'Dr.',
    honorificSuffix: 'MSc',
  },
  displayName: 'Otti Frey',
  nickName: 'Otti',
  profileUrl: 'https://people.saltmarsh.example/ottoline',
  emails: [
    { value: 'ottoline.frey@saltmarsh.example', type: 'work', primary: true },
    { value: 'otti@reedbed.example', type: 'home' },
  ],
  addresses: [
    {
      type: 'work',
      streetAddress: '9 Sluice Quay',
      locality: 'Saltmarsh',
      region: 'Fens',
      postalCode: 'SM2 4TT',
      country: 'GB',
      formatted: '9 Sluice Quay\nSaltmarsh SM2 4TT',
      primary: true,
    },
    { type: 'home', locality: 'Reedbed', country: 'GB' },
  ],
  phoneNumbers: [
    { value: '+44 1632 960077', type: 'work' },
    { value: '+44 7700 900077', type: 'mobile' },
  ],
  ims: [{ value: 'otti-frey', type: 'xmpp' }],
  photos: [
    { value: 'https://photos.saltmarsh.example/otti/F', type: 'photo' },
    { value: 'https://photos.saltmarsh.example/otti/T', type: 'thumbnail' },
  ],
  userType: 'Employee',
  title: 'Tide keeper',
  preferredLanguage: 'en-GB',
  locale: 'en-GB',
  timezone: 'Europe/London',
  active: true,
  entitlements: [{ value: 'boathouse' }],
  roles: [{ value: 'keeper', primary: true }],
  x509Certificates: [{ value: 'MIIBszCCAVmgAwIBAgIUQk9H' }],
  [enterpriseUrn]: {
    employeeNumber: '7031',
    costCenter: '4110',
    organization: 'Saltmarsh Trust',
    division: 'Waterways',
    department: 'Sluices',
    manager: { value: 'chief-warden' },
  },
};

describe.each(databases)('the core schema on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('RFC 7643 §8.1: a minimal user has schemas, id, userName and meta', async () => {
    const created = await createUser(server, { userName: 'minimal@saltmarsh.example' });
    expect(created).toEqual({
      schemas: [userUrn],
      id: expect.any(String),
      userName: 'minimal@saltmarsh.example',
      active: true,
      meta: {
        resourceType: 'User',
        created: expect.any(String),
        lastModified: expect.any(String),
        version: expect.stringMatching(/^W\/".+"$/),
        location: `${server.baseUrl}/Users/${created.id}`,
      },
    });
  });

  test('RFC 7643 §8.2, §8.3: a user with every attribute comes back as it was sent', async () => {
    const created = await createUser(server, everything);
    expect(created).toMatchObject({ schemas: [userUrn, enterpriseUrn], ...everything });
    const read = await server.scim('GET', `/Users/${created.id}`);
    expect(read.body).toEqual(created);
  });

  test('RFC 7643 §8.2: a password is taken and never shown', async () => {
    const created = await createUser(server, { userName: 'secretive', password: 'not-kept-anywhere' });
    expect(created).not.toHaveProperty('password');
    const read = await server.scim('GET', `/Users/${created.id}?attributes=userName,password`);
    expect(read.text).not.toContain('password');
  });

  test('RFC 7643 §8.4: a group with a user in it', async () => {
    const user = await createUser(server, { userName: 'tour.guide', displayName: 'Tour Guide' });
    const group = await createGroup(server, { displayName: 'Tour Guides', members: [{ value: user.id }] });
    expect(group).toMatchObject({
      schemas: [groupUrn],
      displayName: 'Tour Guides',
      members: [{ value: user.id, $ref: `${server.baseUrl}/Users/${user.id}`, type: 'User' }],
      meta: { resourceType: 'Group' },
    });
  });

  test('RFC 7643 §2.1: attribute names are case-insensitive', async () => {
    const created = await createUser(server, {
      USERNAME: 'shouted',
      DisplayName: 'Loud',
      NAME: { GIVENNAME: 'Lou' },
    });
    expect(created).toMatchObject({ userName: 'shouted', displayName: 'Loud', name: { givenName: 'Lou' } });
  });

  test('RFC 7643 §2.3.5: a dateTime of the directory is an xsd:dateTime with date, time and zone', async () => {
    const { meta } = await createUser(server, { userName: 'dated' });
    const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
    expect(meta.created).toMatch(dateTime);
    expect(meta.lastModified).toMatch(dateTime);
  });

  test('RFC 7643 §2.3.6: a binary that is not base64 is refused', async () => {
    const wrong = {
      schemas: [userUrn],
      userName: 'binary',
      x509Certificates: [{ value: '*** no base64 ***' }],
    };
    expectError(await server.scim('POST', '/Users', wrong), 400, 'invalidValue');
  });

  test('RFC 7643 §2.3.7: a GET on a $ref answers the resource it refers to', async () => {
    const user = await createUser(server, { userName: 'referenced' });
    const group = await createGroup(server, { displayName: 'Referrers', members: [{ value: user.id }] });
    const reference: string = group.members[0].$ref;
    const read = await server.scim('GET', reference.slice(server.baseUrl.length));
    expect(read.body.id).toBe(user.id);
  });

  test('RFC 7643 §2.4: primary is true at most once', async () => {
    const created = await createUser(server, {
      userName: 'two.primaries',
      emails: [
        { value: 'one@saltmarsh.example', primary: true },
        { value: 'two@saltmarsh.example', primary: true },
      ],
    });
    const marked: readonly { primary?: boolean }[] = created.emails;
    expect(marked.filter(({ primary }) => primary === true)).toHaveLength(1);
  });

  test('RFC 7643 §2.4: one value may stand there under two types, but not twice under one', async () => {
    const value = 'twofold@saltmarsh.example';
    const work = { value, type: 'work' };
    const home = { value, type: 'home' };
    const created = await createUser(server, { userName: 'twofold', emails: [work, home, work] });
    expect(created.emails).toEqual([work, home]);
  });

  test('RFC 7643 §2.5: null, [] and leaving an attribute out are the same', async () => {
    const left = await createUser(server, { userName: 'unassigned.1' });
    const nulled = await createUser(server, {
      userName: 'unassigned.2',
      nickName: null,
      roles: [],
      name: {},
    });
    expect(Object.keys(nulled)).toEqual(Object.keys(left));
  });

  test('RFC 7643 §3: schemas names the extension exactly when an attribute of it is there', async () => {
    const bare = await createUser(server, { userName: 'without.extension' });
    expect(bare.schemas).toEqual([userUrn]);
    const path = `${enterpriseUrn}:department`;
    const added = await server.scim(
      'PATCH',
      `/Users/${bare.id}`,
      patchOp({ op: 'add', path, value: 'Locks' }),
    );
    expect(added.body.schemas).toEqual([userUrn, enterpriseUrn]);
    const removed = await server.scim('PATCH', `/Users/${bare.id}`, patchOp({ op: 'remove', path }));
    expect(removed.body.schemas).toEqual([userUrn]);
    expect(removed.body).not.toHaveProperty(enterpriseUrn);
  });

  test('RFC 7643 §3: the order of schemas has no meaning, and a repeated one no effect', async () => {
    const created = await createUser(server, {
      schemas: [enterpriseUrn, userUrn, enterpriseUrn],
      userName: 'shuffled',
      [enterpriseUrn]: { division: 'Waterways' },
    });
    expect([...created.schemas].sort()).toEqual([userUrn, enterpriseUrn].sort());
  });

  test('RFC 7643 §3.1: an id is unique over every kind of resource and never says "bulkId"', async () => {
    const user = await createUser(server, { userName: 'identified' });
    const group = await createGroup(server, { displayName: 'Identified' });
    expect(user.id).not.toBe(group.id);
    expect(user.id + group.id).not.toMatch(/bulkid/i);
  });

  test('RFC 7643 §3.1: an id is stable: it outlives PUT, PATCH and a new userName', async () => {
    const { id } = await createUser(server, { userName: 'stable' });
    const put = await server.scim('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'stable.renamed' });
    const patch = await server.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp({ op: 'add', path: 'title', value: 'Same' }),
    );
    expect([put.body.id, patch.body.id]).toEqual([id, id]);
  });

  test("RFC 7643 §3.1: externalId is the client's, kept as it is, case and all", async () => {
    const created = await createUser(server, { userName: 'external', externalId: 'AbC-1' });
    expect(created.externalId).toBe('AbC-1');
    expect((await find(server, '/Users', 'externalId eq "AbC-1"')).body.totalResults).toBe(1);
    expect((await find(server, '/Users', 'externalId eq "abc-1"')).body.totalResults).toBe(0);
  });

  test('RFC 7643 §3.1: without externalId the directory makes none up', async () => {
    expect(await createUser(server, { userName: 'no.external' })).not.toHaveProperty('externalId');
  });

  test('RFC 7643 §3.1: lastModified equals created until the first change, and then moves', async () => {
    const { id, meta } = await createUser(server, { userName: 'modified' });
    expect(meta.lastModified).toBe(meta.created);
    server.clock.now += 5000;
    const changed = await server.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp({ op: 'add', path: 'title', value: 'New' }),
    );
    expect(changed.body.meta.created).toBe(meta.created);
    expect(Date.parse(changed.body.meta.lastModified)).toBe(Date.parse(meta.created) + 5000);
  });

  test('RFC 7643 §3.1: meta.location is the Location and the Content-Location that GET serves', async () => {
    const { meta } = await createUser(server, { userName: 'where' });
    const read = await server.scim('GET', meta.location.slice(server.baseUrl.length));
    expect(read.headers.get('location')).toBe(meta.location);
  });

  test('RFC 7643 §4.1.1: userName is unique whatever its case, beyond ASCII too', async () => {
    await createUser(server, { userName: 'ÅSA.Öberg@saltmarsh.example' });
    const again = { schemas: [userUrn], userName: 'åsa.öberg@SALTMARSH.example' };
    expectError(await server.scim('POST', '/Users', again), 409, 'uniqueness');
  });

  test('RFC 7643 §4.1.1: the case of a userName is kept as it was written', async () => {
    expect((await createUser(server, { userName: 'McAdam.Ui' })).userName).toBe('McAdam.Ui');
  });

  test('RFC 7643 §4.1.1: active false is a person who may not sign in, and stays in the directory', async () => {
    const { id } = await createUser(server, { userName: 'on.leave', active: false });
    expect((await server.scim('GET', `/Users/${id}`)).body.active).toBe(false);
    expect((await find(server, '/Users', 'userName eq "on.leave"')).body.totalResults).toBe(1);
  });

  test('RFC 7643 §4.1.2: groups of a user shows each group with value, $ref, display and type', async () => {
    const user = await createUser(server, { userName: 'joiner' });
    const group = await createGroup(server, { displayName: 'Joiners', members: [{ value: user.id }] });
    const read = await server.scim('GET', `/Users/${user.id}`);
    const $ref = `${server.baseUrl}/Groups/${group.id}`;
    expect(read.body.groups).toEqual([{ value: group.id, $ref, display: 'Joiners', type: 'direct' }]);
  });

  test('RFC 7643 §4.1.2: groups is readOnly: membership changes go through the group', async () => {
    const { id } = await createUser(server, { userName: 'pusher' });
    const { id: group } = await createGroup(server, { displayName: 'Closed' });
    const put = { schemas: [userUrn], userName: 'pusher', groups: [{ value: group }] };
    expect((await server.scim('PUT', `/Users/${id}`, put)).body).not.toHaveProperty('groups');
    const patch = patchOp({ op: 'add', path: 'groups', value: [{ value: group }] });
    expectError(await server.scim('PATCH', `/Users/${id}`, patch), 400, 'mutability');
  });

  test('RFC 7643 §4.2: a group needs no members, and may hold groups', async () => {
    const inner = await createGroup(server, { displayName: 'Inner' });
    const outer = await createGroup(server, {
      displayName: 'Outer',
      members: [{ value: inner.id, type: 'Group' }],
    });
    expect(inner).not.toHaveProperty('members.0');
    expect(outer.members).toMatchObject([
      { value: inner.id, type: 'Group', $ref: `${server.baseUrl}/Groups/${inner.id}` },
    ]);
  });

  test("RFC 7643 §4.3: the manager's value is kept, and $ref leads to a person of this directory", async () => {
    const boss = await createUser(server, { userName: 'boss', displayName: 'The Boss' });
    const { id } = await createUser(server, {
      userName: 'report',
      [enterpriseUrn]: { manager: { value: boss.id } },
    });
    const read = await server.scim('GET', `/Users/${id}`);
    expect(read.body[enterpriseUrn].manager).toMatchObject({ value: boss.id });
  });
});
