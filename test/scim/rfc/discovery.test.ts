// RFC 7644 §4 and RFC 7643 §5 to §8.7 over HTTP: what the service says of itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { enterpriseUrn, expectError, groupUrn, listUrn, userUrn } from './resources.ts';

interface SchemaAttribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact?: boolean;
  readonly mutability: string;
  readonly returned: string;
  readonly uniqueness?: string;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly SchemaAttribute[];
}

describe.each(databases)('discovery on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const get = async (path: string) => {
    const answer = await server.scim('GET', path);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };

  async function attributesOf(urn: string): Promise<readonly SchemaAttribute[]> {
    return (await get(`/Schemas/${urn}`)).attributes;
  }

  async function attributeAt(urn: string, path: string): Promise<SchemaAttribute | undefined> {
    const [name, sub] = path.split('.');
    const attribute = (await attributesOf(urn)).find((each) => each.name === name);
    return sub === undefined ? attribute : attribute?.subAttributes?.find((each) => each.name === sub);
  }

  test('RFC 7643 §5: ServiceProviderConfig has every required attribute', async () => {
    const config = await get('/ServiceProviderConfig');
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: expect.any(Number) },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      meta: { resourceType: 'ServiceProviderConfig', location: `${server.baseUrl}/ServiceProviderConfig` },
    });
    for (const scheme of config.authenticationSchemes) {
      expect(scheme).toMatchObject({
        type: expect.stringMatching(/^(oauth|oauth2|oauthbearertoken|httpbasic|httpdigest)$/),
        name: expect.any(String),
        description: expect.any(String),
      });
    }
    expect(config.authenticationSchemes).not.toHaveLength(0);
  });

  test('RFC 7644 §4: /ResourceTypes is a ListResponse of User and Group', async () => {
    const list = await get('/ResourceTypes');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];
    expect(list).toMatchObject({ schemas: [listUrn], totalResults: 2, itemsPerPage: 2, startIndex: 1 });
    expect(list.Resources).toMatchObject([
      {
        schemas,
        id: 'User',
        name: 'User',
        endpoint: '/Users',
        description: expect.any(String),
        schema: userUrn,
        schemaExtensions: [{ schema: enterpriseUrn, required: false }],
        meta: { resourceType: 'ResourceType', location: `${server.baseUrl}/ResourceTypes/User` },
      },
      {
        schemas,
        id: 'Group',
        name: 'Group',
        endpoint: '/Groups',
        schema: groupUrn,
        meta: { resourceType: 'ResourceType', location: `${server.baseUrl}/ResourceTypes/Group` },
      },
    ]);
  });

  test('RFC 7644 §4: /Schemas is a ListResponse of every schema', async () => {
    const list = await get('/Schemas');
    expect(list).toMatchObject({ schemas: [listUrn], totalResults: 3 });
    const resources: readonly { id: string; schemas: readonly string[] }[] = list.Resources;
    expect(resources.map(({ id }) => id).sort()).toEqual([groupUrn, userUrn, enterpriseUrn].sort());
    for (const { schemas } of resources)
      expect(schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:Schema']);
  });

  test('RFC 7644 §4: one resource type or schema is answered as a single resource, at its own location', async () => {
    for (const path of ['/ResourceTypes', '/Schemas']) {
      for (const resource of (await get(path)).Resources) {
        expect(await get(`${path}/${encodeURIComponent(resource.id)}`)).toEqual(resource);
        expect(resource.meta.location).toBe(`${server.baseUrl}${path}/${resource.id}`);
      }
    }
  });

  test('RFC 7644 §4: a resource type or schema that does not exist is 404', async () => {
    expectError(await server.scim('GET', '/ResourceTypes/Robot'), 404);
    expectError(await server.scim('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:Robot'), 404);
  });

  test('RFC 7644 §4: a filter on resource types or schemas is 403', async () => {
    for (const path of ['/ResourceTypes', '/Schemas']) {
      expectError(await server.scim('GET', `${path}?filter=name%20eq%20%22User%22`), 403);
    }
  });

  test('RFC 7644 §4: sorting and paging parameters are ignored on discovery endpoints', async () => {
    for (const path of ['/ResourceTypes', '/Schemas']) {
      expect(await get(`${path}?count=1&startIndex=2&sortBy=name&sortOrder=descending`)).toEqual(
        await get(path),
      );
    }
  });

  test('RFC 7644 §4: discovery endpoints are read-only', async () => {
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', '/Schemas/x']) {
      const answer = await server.scim('POST', path, { schemas: [] });
      expect(answer.status, path).toBeGreaterThanOrEqual(404);
      expect(answer.status, path).toBeLessThan(502);
    }
  });

  test('RFC 7643 §7: every attribute spells its characteristics out', async () => {
    const check = (attribute: SchemaAttribute) => {
      expect(attribute, attribute.name).toMatchObject({
        name: expect.stringMatching(/^[a-zA-Z$][\w$-]*$/),
        type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|reference|binary|complex)$/),
        multiValued: expect.any(Boolean),
        description: expect.stringMatching(/\w/),
        required: expect.any(Boolean),
        mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
        returned: expect.stringMatching(/^(always|never|default|request)$/),
      });
      if (attribute.type === 'string') expect(attribute.caseExact, attribute.name).toBeTypeOf('boolean');
      if (attribute.type === 'string')
        expect(attribute.uniqueness, attribute.name).toMatch(/^(none|server|global)$/);
      if (attribute.type === 'reference')
        expect(attribute.referenceTypes, attribute.name).not.toHaveLength(0);
      expect(attribute.subAttributes !== undefined, attribute.name).toBe(attribute.type === 'complex');
      for (const sub of attribute.subAttributes ?? []) {
        expect(sub.type, sub.name).not.toBe('complex');
        check(sub);
      }
    };
    for (const urn of [userUrn, enterpriseUrn, groupUrn])
      for (const attribute of await attributesOf(urn)) check(attribute);
  });

  test('RFC 7643 §8.7.1: the User schema has the attributes of the RFC, less the password', async () => {
    const attributes = await attributesOf(userUrn);
    expect(attributes.map(({ name }) => name).sort()).toEqual(
      [
        'active',
        'addresses',
        'displayName',
        'emails',
        'entitlements',
        'groups',
        'ims',
        'locale',
        'name',
        'nickName',
        'phoneNumbers',
        'photos',
        'preferredLanguage',
        'profileUrl',
        'roles',
        'timezone',
        'title',
        'userName',
        'userType',
        'x509Certificates',
      ].sort(),
    );
  });

  test('RFC 7643 §8.7.1: the enterprise and Group schemas have the attributes of the RFC', async () => {
    const names = async (urn: string) => (await attributesOf(urn)).map(({ name }) => name).sort();
    expect(await names(groupUrn)).toEqual(['displayName', 'members']);
    expect(await names(enterpriseUrn)).toEqual([
      'costCenter',
      'department',
      'division',
      'employeeNumber',
      'manager',
      'organization',
    ]);
  });

  const characteristics: readonly [string, string, Partial<SchemaAttribute>][] = [
    [
      userUrn,
      'userName',
      { required: true, caseExact: false, uniqueness: 'server', mutability: 'readWrite' },
    ],
    [userUrn, 'emails', { type: 'complex', multiValued: true, mutability: 'readWrite' }],
    [userUrn, 'emails.primary', { type: 'boolean', multiValued: false }],
    [userUrn, 'groups', { mutability: 'readOnly', multiValued: true }],
    [userUrn, 'groups.type', { canonicalValues: ['direct', 'indirect'] }],
    [userUrn, 'profileUrl', { type: 'reference', referenceTypes: ['external'] }],
    [userUrn, 'photos.value', { type: 'reference', referenceTypes: ['external'] }],
    [userUrn, 'x509Certificates.value', { type: 'binary' }],
    [userUrn, 'active', { type: 'boolean' }],
    [userUrn, 'name.givenName', { type: 'string', required: false }],
    [enterpriseUrn, 'manager.value', { type: 'string' }],
    [enterpriseUrn, 'manager.$ref', { type: 'reference', referenceTypes: ['User'] }],
    [enterpriseUrn, 'manager.displayName', { mutability: 'readOnly' }],
    [groupUrn, 'displayName', { required: true, type: 'string' }],
    [groupUrn, 'members.value', { mutability: 'immutable' }],
    [groupUrn, 'members.$ref', { mutability: 'immutable', referenceTypes: ['User', 'Group'] }],
    [groupUrn, 'members.type', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }],
  ];

  test.each(characteristics)(
    'RFC 7643 §8.7.1: %s: %s has its characteristics',
    async (urn, path, expected) => {
      expect(await attributeAt(urn, path)).toMatchObject(expected);
    },
  );
});
