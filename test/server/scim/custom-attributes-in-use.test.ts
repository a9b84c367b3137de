// An org's own attributes as Okta and Entra send them, as readers see them, and while definitions change underneath.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowOf } from '../../../server/attributes/attribute-definitions.ts';
import {
  findAttributeSchema,
  writeAttributeSchema,
} from '../../../server/attributes/attribute-schema-store.ts';
import { customAttributes } from '../../../server/attributes/save-attributes.ts';
import { customAttributeSchema } from '../../../shared/custom-attributes.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, scimClient, startScimServer } from '../../helpers/scim-server.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const urn = 'urn:ietf:params:scim:schemas:extension:rollcall-larkspur-foundry:2.0:User';

const definitions = [
  { name: 'badge', type: 'integer' },
  { name: 'site', type: 'string', canonicalValues: ['Kiln', 'Quarry'] },
  { name: 'remote', type: 'boolean' },
  { name: 'skills', type: 'string', multiValued: true },
].map((one) => customAttributeSchema.parse(one));

describe.each(databases)('on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let entra: Awaited<ReturnType<ScimServer['connect']>>;
  let okta: Awaited<ReturnType<ScimServer['connect']>>;

  beforeAll(async () => {
    server = await startScimServer({ database });
    owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    for (const [version, attribute] of definitions.entries())
      await owner.attributes.save.mutate({ version, step: { kind: 'add', attribute } });
    entra = await server.connect('entra');
    okta = await server.connect('okta');
  });
  afterAll(() => server.close());

  const make = async (through: Pick<ScimServer, 'scim'>, name: string, values: object) => {
    const { status, body } = await through.scim('POST', '/Users', {
      schemas: [core, urn],
      userName: `${name}@larkspur.example`,
      [urn]: values,
    });
    expect(status).toBe(201);
    return body.id as string;
  };
  const quirksOf = async (connectionId: string) => {
    await server.deps.provisioningLog.flush();
    const rows = await server.deps.database.db
      .selectFrom('provisioning_records')
      .select('quirks')
      .where('org_id', '=', server.orgId)
      .where('connection_id', '=', connectionId)
      .execute();
    return rows.flatMap(({ quirks }) => JSON.parse(quirks) as string[]);
  };

  test('Entra is understood with its flag and without, and what was put up with is on record', async () => {
    const id = await make(entra, 'ivo', { badge: '7', remote: 'False' });
    const patch = async (...Operations: unknown[]) =>
      (await entra.scim('PATCH', `/Users/${id}`, { schemas: [patchOp], Operations })).body[urn];
    expect(await patch({ op: 'add', value: { [`${urn}:site`]: 'Kiln', [`${urn}:remote`]: true } })).toEqual({
      badge: 7,
      remote: true,
      site: 'Kiln',
    });
    const unflagged = [
      { op: 'Replace', path: `${urn}:badge`, value: '12' },
      { op: 'Replace', path: `${urn}:remote`, value: 'False' },
      { op: 'Add', path: `${urn}:skills`, value: [{ value: 'x' }] },
    ];
    expect(await patch(...unflagged)).toEqual({ badge: 12, remote: false, site: 'Kiln', skills: ['x'] });
    expect(await quirksOf(entra.connectionId)).toEqual(
      expect.arrayContaining([
        'op-case',
        `boolean-as-string:${urn}:remote`,
        `number-as-string:${urn}:badge`,
        `simple-as-complex:${urn}:skills`,
      ]),
    );
  });

  test('a strict connection is refused a wrapped entry', async () => {
    const strict = await server.connect('entra', 'strict', 'To the letter');
    const { status, body } = await strict.scim('POST', '/Users', {
      schemas: [core, urn],
      userName: 'wrapped@larkspur.example',
      [urn]: { skills: [{ value: 'x' }] },
    });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  });

  test('Okta writes the whole person, and what it leaves out of its next PUT is gone', async () => {
    const id = await make(okta, 'ole', { badge: 3, skills: ['Fire'] });
    const { body } = await okta.scim('PUT', `/Users/${id}`, {
      schemas: [core, urn],
      id,
      userName: 'ole@larkspur.example',
      active: true,
      [urn]: { badge: 4, site: 'Quarry' },
    });
    expect(body[urn]).toEqual({ badge: 4, site: 'Quarry' });
  });

  test('the mapping names each attribute as the console does, with how many people carry it', async () => {
    const rows = async (connectionId: string) => {
      const { attributes, steps } = await owner.setup.checklist.query({ connectionId });
      const own = attributes.filter(({ attribute }) => attribute.startsWith(urn));
      const note = steps.find(({ shows }) => shows === 'attributes')?.note ?? '';
      return { own, note };
    };
    const there = await rows(entra.connectionId);
    expect(there.own.map(({ source }) => source)).toEqual(
      definitions.map(({ name }) => `target attribute ${urn}:${name}`),
    );
    expect(there.own[0]).toMatchObject({ people: 1, of: 1, required: false });
    expect(there.note).toContain('Edit attribute list for customappsso');
    const here = await rows(okta.connectionId);
    expect(here.own[1]).toMatchObject({ source: 'external name site', people: 1, wrongExample: null });
    expect(here.note).toContain(`external namespace ${urn}`);
    const odd = await make(okta, 'odd', { site: 'Moon' });
    expect((await rows(okta.connectionId)).own[1]).toMatchObject({ people: 2, wrongExample: 'Moon' });
    await okta.scim('DELETE', `/Users/${odd}`);
  });

  test('a reader sees the attributes that were chosen for it, and finds nobody by another', async () => {
    await make(server, 'rea', { badge: 21, site: 'Quarry' });
    const paths = (await owner.readers.attributes.query()).map(({ path }) => path);
    expect(paths).toContain(`${urn}:badge`);
    const { baseUrl, token } = await owner.readers.create.mutate({
      name: 'Doors',
      userAttributes: ['userName', `${urn}:badge`],
      groupAttributes: [],
      groupIds: null,
      tokenDays: null,
    });
    const read = scimClient(baseUrl, token);
    const filtered = (filter: string) => read('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    const { body } = await filtered(`${urn}:badge eq 21`);
    expect(body.Resources).toMatchObject([{ userName: 'rea@larkspur.example', [urn]: { badge: 21 } }]);
    expect(body.Resources[0][urn]).toEqual({ badge: 21 });
    expect((await filtered(`${urn}:site eq "Quarry"`)).body.scimType).toBe('invalidFilter');
    const schema = await read('GET', `/Schemas/${urn}`);
    expect(schema.body.attributes.map(({ name }: { name: string }) => name)).toEqual(['badge']);
  });

  test('a schema that a person has nothing visible of is not named to a reader', async () => {
    await make(server, 'sid', { site: 'Kiln' });
    const { baseUrl, token } = await owner.readers.create.mutate({
      name: 'Badges',
      userAttributes: ['userName', `${urn}:badge`],
      groupAttributes: [],
      groupIds: null,
      tokenDays: null,
    });
    const read = scimClient(baseUrl, token);
    const { body } = await read('GET', `/Users?filter=${encodeURIComponent('userName sw "sid@"')}`);
    expect(body.Resources[0].schemas).toEqual([core]);
    const named = await read('GET', `/Users?filter=${encodeURIComponent(`schemas eq "${urn}"`)}`);
    expect(named.body.Resources.map((one: { userName: string }) => one.userName)).not.toContain(
      'sid@larkspur.example',
    );
  });

  test('what a second server defines takes hold on the next request here', async () => {
    const { db } = server.deps.database;
    const id = await make(server, 'two', { badge: 1 });
    // Written past everything that this server keeps in memory, as another process would.
    const current = await customAttributes(db, server.orgId);
    const floor = customAttributeSchema.parse({ name: 'floor', type: 'integer' });
    const next = {
      ...current,
      version: current.version + 1,
      attributes: [...current.attributes, floor],
    };
    await writeAttributeSchema(db, rowOf(server.orgId, next));
    const { body } = await server.scim('PATCH', `/Users/${id}`, {
      schemas: [patchOp],
      Operations: [{ op: 'add', path: `${urn}:floor`, value: 2 }],
    });
    expect(body[urn]).toEqual({ badge: 1, floor: 2 });
  });

  test('a value of the type of before makes no filter and no order fail', async () => {
    const { db } = server.deps.database;
    await make(server, 'late', { site: 'Kiln', skills: ['Glaze'] });
    // A request that was under way wrote texts; these definitions are the ones that came meanwhile.
    const row = await findAttributeSchema(db, server.orgId);
    const current = await customAttributes(db, server.orgId);
    const numbers = [
      customAttributeSchema.parse({ name: 'site', type: 'integer' }),
      customAttributeSchema.parse({ name: 'skills', type: 'decimal', multiValued: true }),
      customAttributeSchema.parse({ name: 'badge', type: 'integer', multiValued: true }),
    ];
    const attributes = current.attributes.map((one) => numbers.find(({ name }) => name === one.name) ?? one);
    const next = { ...current, version: current.version + 1, attributes };
    await writeAttributeSchema(db, rowOf(server.orgId, next));
    await make(server, 'new', { site: 5, skills: [2.5], badge: [8, 9] });
    const find = async (query: string) => {
      const { body } = await server.scim('GET', `/Users?${query}`);
      return body.Resources.map((one: { userName: string }) => one.userName);
    };
    for (const filter of [`${urn}:site gt 4`, `${urn}:skills gt 2`, `${urn}:badge eq 9`])
      expect(await find(`filter=${encodeURIComponent(filter)}`), filter).toEqual(['new@larkspur.example']);
    for (const name of ['site', 'skills', 'badge'])
      expect(await find(`sortBy=${urn}:${name}`)).toContain('new@larkspur.example');
    expect(row?.version).toBeLessThan(next.version);
  });
});
