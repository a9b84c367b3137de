// RFC 7644 §3.4.1, §3.4.2, §3.4.2.1, §3.4.2.5, §3.4.3, §3.9 and §3.10 over HTTP: reading one resource and many.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  find,
  listUrn,
  names,
  owner,
  searchRequest,
  userUrn,
} from './resources.ts';

describe.each(databases)('retrieving resources on %s', (database) => {
  let server: ScimServer;
  let sven: { id: string };
  let crew: { id: string };

  beforeAll(async () => {
    server = await startScimServer({ database });
    sven = await createUser(server, {
      userName: 'sven',
      displayName: 'Smithy, Sven',
      externalId: 'ext-sven',
      name: { givenName: 'Sven', familyName: 'Smithy' },
      emails: [{ value: 'sven@anvil.example', type: 'work' }],
      [enterpriseUrn]: { department: 'Forge', costCenter: '12' },
    });
    await createUser(server, { userName: 'tilda', displayName: 'Tilda' });
    crew = await createGroup(server, { displayName: 'Smithy Crew', members: [{ value: sven.id }] });
  });
  afterAll(() => server.close());

  test('RFC 7644 §3.4.1: a known resource is 200 with Location, ETag and its representation', async () => {
    const answer = await server.scim('GET', `/Users/${sven.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBe(`${server.baseUrl}/Users/${sven.id}`);
    expect(answer.headers.get('etag')).toBe(answer.body.meta.version);
    expect(answer.body).toMatchObject({
      schemas: [userUrn, enterpriseUrn],
      id: sven.id,
      externalId: 'ext-sven',
      name: { givenName: 'Sven', familyName: 'Smithy' },
    });
  });

  test('RFC 7644 §3.4.1: an unknown id is 404, and so is the id of another resource type', async () => {
    expectError(await server.scim('GET', '/Users/2819c223-7f76-453a-919d-413861904646'), 404);
    expectError(await server.scim('GET', `/Users/${crew.id}`), 404);
    expectError(await server.scim('GET', `/Groups/${sven.id}`), 404);
  });

  test('RFC 7643 §3.1: an id is case-exact', async () => {
    expectError(await server.scim('GET', `/Users/${sven.id.toUpperCase()}`), 404);
  });

  test('RFC 7644 §3.4.2: a list is a ListResponse with integer counts', async () => {
    const answer = await server.scim('GET', '/Users');
    expect(answer.body).toMatchObject({
      schemas: [listUrn],
      totalResults: 3,
      startIndex: 1,
      itemsPerPage: 3,
    });
    expect(names(answer)).toEqual([owner, 'sven', 'tilda']);
  });

  test('RFC 7644 §3.4.2: a query without matches is 200 with totalResults 0 and an empty list', async () => {
    const answer = await find(server, '/Users', 'userName eq "nobody"');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      schemas: [listUrn],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  test('RFC 7644 §3.4.2: attributes=userName gives each resource its id and userName', async () => {
    const answer = await server.scim('GET', '/Users?attributes=userName');
    const resources: readonly Record<string, unknown>[] = answer.body.Resources;
    expect(resources.map(({ schemas: _schemas, ...rest }) => rest)).toEqual([
      { id: expect.any(String), userName: owner },
      { id: sven.id, userName: 'sven' },
      { id: expect.any(String), userName: 'tilda' },
    ]);
  });

  test('RFC 7644 §3.4.2: query parameters that mean nothing here are ignored', async () => {
    expect((await server.scim('GET', '/Users?colour=blue&deep=true')).body.totalResults).toBe(3);
  });

  test('RFC 7644 §3.4.2.1: a query at the root covers every resource type', async () => {
    const answer = await server.scim('GET', '/');
    expect(names(answer)).toEqual([owner, 'sven', 'tilda', 'Smithy Crew']);
    expect(answer.body.totalResults).toBe(4);
  });

  test('RFC 7644 §3.4.2.1: meta.resourceType narrows a root query to some resource types', async () => {
    expect(names(await find(server, '/', 'meta.resourceType eq "Group"'))).toEqual(['Smithy Crew']);
    const both = '(meta.resourceType eq "User") or (meta.resourceType eq "Group")';
    expect((await find(server, '/', both)).body.totalResults).toBe(4);
  });

  test('RFC 7644 §3.4.2.1: at the root an attribute that a type lacks counts as one without value', async () => {
    expect(names(await find(server, '/', 'userName pr'))).toEqual([owner, 'sven', 'tilda']);
    expect(names(await find(server, '/', 'members pr'))).toEqual(['Smithy Crew']);
    expect(names(await find(server, '/', 'userName eq "tilda" or displayName sw "Smithy"'))).toEqual([
      'sven',
      'tilda',
      'Smithy Crew',
    ]);
  });

  test('RFC 7644 §3.4.2.5: attributes overrides the default set; what is always returned stays', async () => {
    const answer = await server.scim('GET', `/Users/${sven.id}?attributes=displayName`);
    expect(answer.body).toEqual({
      schemas: [userUrn, enterpriseUrn],
      id: sven.id,
      displayName: 'Smithy, Sven',
    });
  });

  test('RFC 7644 §3.4.2.5: excludedAttributes takes from the default set, but never what is always returned', async () => {
    const whole = (await server.scim('GET', `/Users/${sven.id}`)).body;
    const { emails: _emails, meta: _meta, ...rest } = whole;
    const answer = await server.scim('GET', `/Users/${sven.id}?excludedAttributes=emails,meta,id,schemas`);
    expect(answer.body).toEqual(rest);
  });

  test('RFC 7644 §3.9: sub-attributes can be asked for and left out one by one', async () => {
    const asked = await server.scim('GET', `/Users/${sven.id}?attributes=name.givenName,emails.value`);
    expect(asked.body).toMatchObject({
      name: { givenName: 'Sven' },
      emails: [{ value: 'sven@anvil.example' }],
    });
    expect(asked.body.name).not.toHaveProperty('familyName');
    expect(asked.body.emails[0]).not.toHaveProperty('type');
    const without = await server.scim('GET', `/Users/${sven.id}?excludedAttributes=name.givenName`);
    expect(without.body.name).toEqual({ familyName: 'Smithy' });
  });

  test('RFC 7644 §3.9: an attribute nobody defined changes nothing in the answer', async () => {
    const answer = await server.scim('GET', `/Users/${sven.id}?attributes=userName,shoeSize`);
    expect(answer.body).toMatchObject({ userName: 'sven' });
    expect(answer.body).not.toHaveProperty('displayName');
  });

  test('RFC 7644 §3.10: a path may carry its schema URN, in any letter case', async () => {
    const paths = [`${userUrn}:name.givenName`, `${enterpriseUrn.toUpperCase()}:DEPARTMENT`];
    const answer = await server.scim('GET', `/Users/${sven.id}?attributes=${paths.join(',')}`);
    expect(answer.body).toEqual({
      schemas: [userUrn, enterpriseUrn],
      id: sven.id,
      name: { givenName: 'Sven' },
      [enterpriseUrn]: { department: 'Forge' },
    });
  });

  test('RFC 7644 §3.10: the URN of an extension alone stands for all of it', async () => {
    const only = await server.scim('GET', `/Users/${sven.id}?attributes=${enterpriseUrn}`);
    expect(only.body[enterpriseUrn]).toEqual({ department: 'Forge', costCenter: '12' });
    expect(only.body).not.toHaveProperty('userName');
    const without = await server.scim('GET', `/Users/${sven.id}?excludedAttributes=${enterpriseUrn}`);
    expect(without.body).not.toHaveProperty(enterpriseUrn);
  });

  test('RFC 7644 §3.4.2.5: excludedAttributes=members leaves the members of a group out, alone and in a list', async () => {
    expect((await server.scim('GET', `/Groups/${crew.id}?excludedAttributes=members`)).body).toEqual(
      expect.not.objectContaining({ members: expect.anything() }),
    );
    const list = await server.scim('GET', '/Groups?excludedAttributes=members');
    expect(list.body.Resources[0]).not.toHaveProperty('members');
  });

  test('RFC 7644 §3.4.3: POST /.search at the root, as in the example, finds users and groups', async () => {
    const search = searchRequest({
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "smith"',
      startIndex: 1,
      count: 10,
    });
    const answer = await server.scim('POST', '/.search', search);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      schemas: [listUrn],
      totalResults: 2,
      itemsPerPage: 2,
      startIndex: 1,
    });
    expect(answer.body.Resources).toMatchObject([
      { id: sven.id, userName: 'sven', displayName: 'Smithy, Sven' },
      { id: crew.id, displayName: 'Smithy Crew' },
    ]);
    expect(answer.body.Resources[1]).not.toHaveProperty('members');
  });

  test('RFC 7644 §3.4.3: POST /Users/.search and /Groups/.search ask one resource type', async () => {
    const search = searchRequest({ filter: 'displayName sw "Smithy"' });
    expect(names(await server.scim('POST', '/Users/.search', search))).toEqual(['sven']);
    expect(names(await server.scim('POST', '/Groups/.search', search))).toEqual(['Smithy Crew']);
  });

  test('RFC 7644 §3.4.3: sortBy, sortOrder and excludedAttributes work in a search as in a query', async () => {
    const search = searchRequest({
      sortBy: 'userName',
      sortOrder: 'descending',
      excludedAttributes: ['meta'],
    });
    const answer = await server.scim('POST', '/Users/.search', search);
    expect(names(answer)).toEqual(['tilda', 'sven', owner]);
    expect(answer.body.Resources[0]).not.toHaveProperty('meta');
  });

  test('RFC 7644 §3.4.3: a filter that is none is refused in a search as in a query', async () => {
    const search = searchRequest({ filter: 'userName is "sven"' });
    expectError(await server.scim('POST', '/Users/.search', search), 400, 'invalidFilter');
  });
});
