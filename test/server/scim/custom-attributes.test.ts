// An org's own attributes over real HTTP: defined through the API, then written, found and told over SCIM.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseDueValues } from '../../../server/attributes/erase-values.ts';
import { setUpOrg } from '../../../server/members/set-up-org.ts';
import { createConnection } from '../../../server/provisioning/change-connection.ts';
import { baseUrlOf } from '../../../server/provisioning/connection-address.ts';
import type { AttributeStep } from '../../../shared/custom-attributes.ts';
import { customAttributeSchema } from '../../../shared/custom-attributes.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import {
  databases,
  operator,
  type ScimServer,
  scimClient,
  startScimServer,
} from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const urn = 'urn:ietf:params:scim:schemas:extension:rollcall-larkspur-foundry:2.0:User';

const definitions = [
  { name: 'badge', type: 'integer' },
  { name: 'site', type: 'string', canonicalValues: ['Kiln', 'Quarry'] },
  { name: 'remote', type: 'boolean' },
  { name: 'since', type: 'dateTime' },
  { name: 'skills', type: 'string', multiValued: true },
  { name: 'levels', type: 'integer', multiValued: true },
  { name: 'rate', type: 'decimal' },
].map((one) => customAttributeSchema.parse(one));

describe.each(databases)('on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let noor: string;

  const step = async (asked: AttributeStep) => {
    const { version } = await owner.attributes.get.query();
    return owner.attributes.save.mutate({ version, step: asked });
  };
  const find = async (filter: string) => {
    const { body } = await server.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    return (body.Resources ?? [body.scimType]).map((one: { userName?: string }) => one.userName ?? one);
  };

  beforeAll(async () => {
    server = await startScimServer({ database });
    owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    for (const attribute of definitions) await step({ kind: 'add', attribute });
    const made = await server.scim('POST', '/Users', {
      schemas: [core, urn],
      userName: 'noor@larkspur.example',
      [urn]: {
        badge: 9,
        site: 'kiln',
        remote: true,
        since: '2026-01-05T00:00:00Z',
        skills: ['Glaze', 'Fire'],
        levels: [2, 10],
        rate: 1.5,
      },
    });
    noor = made.body.id;
    await server.scim('POST', '/Users', {
      schemas: [core, urn],
      userName: 'ida@larkspur.example',
      [urn]: { badge: '10', remote: 'False', site: 'Moon' },
    });
  });
  afterAll(() => server.close());

  test('what is defined is at /Schemas and /ResourceTypes', async () => {
    const { body } = await server.scim('GET', `/Schemas/${urn}`);
    expect(body.attributes.map(({ name }: { name: string }) => name)).toEqual(
      definitions.map(({ name }) => name),
    );
    const types = await server.scim('GET', '/ResourceTypes/User');
    expect(types.body.schemaExtensions).toContainEqual({ schema: urn, required: false });
  });

  test('a person comes back as sent, with the schema named', async () => {
    const { body } = await server.scim('GET', `/Users/${noor}`);
    expect(body.schemas).toEqual([core, urn]);
    expect(body[urn]).toMatchObject({ badge: 9, since: '2026-01-05T00:00:00.000Z', levels: [2, 10] });
    const some = await server.scim('GET', `/Users/${noor}?attributes=${urn}:badge`);
    expect(some.body[urn]).toEqual({ badge: 9 });
    const rest = await server.scim('GET', `/Users/${noor}?excludedAttributes=${urn}`);
    expect(rest.body[urn]).toBeUndefined();
  });

  test.each([
    [`${urn}:badge gt 9`, ['ida@larkspur.example']],
    [`${urn}:badge lt 10`, ['noor@larkspur.example']],
    [`${urn}:site eq "KILN"`, ['noor@larkspur.example']],
    [`${urn}:remote eq false`, ['ida@larkspur.example']],
    [`${urn}:since ge "2026-01-05T01:00:00+01:00"`, ['noor@larkspur.example']],
    [`${urn}:skills eq "fire"`, ['noor@larkspur.example']],
    [`${urn}:levels gt 9`, ['noor@larkspur.example']],
    [`${urn}:rate eq 1.5`, ['noor@larkspur.example']],
    [`${urn}:levels pr`, ['noor@larkspur.example']],
    [`schemas eq "${urn}" and ${urn}:skills pr`, ['noor@larkspur.example']],
    [`${urn}:nothing eq 1`, ['invalidFilter']],
  ])('the filter %s finds %j', async (filter, found) => {
    expect(await find(filter)).toEqual(found);
  });

  test('numbers are sorted as numbers', async () => {
    const { body } = await server.scim('GET', `/Users?sortBy=${urn}:badge&filter=${urn}:badge%20pr`);
    expect(body.Resources.map((one: Record<string, { badge: number }>) => one[urn]?.badge)).toEqual([9, 10]);
  });

  test('every recorded form of PATCH reaches it', async () => {
    const patch = async (...operations: unknown[]) => {
      const body = { schemas: [patchOp], Operations: operations };
      return (await server.scim('PATCH', `/Users/${noor}`, body)).body[urn];
    };
    expect(await patch({ op: 'Replace', path: `${urn}:badge`, value: '11' })).toMatchObject({ badge: 11 });
    expect(await patch({ op: 'Add', value: { [`${urn}:site`]: 'Quarry' } })).toMatchObject({
      site: 'Quarry',
    });
    expect(await patch({ op: 'replace', value: { [urn]: { badge: 9 } } })).toMatchObject({
      badge: 9,
      site: 'Quarry',
    });
    expect(await patch({ op: 'remove', path: `${urn}:site` })).not.toHaveProperty('site');
    expect(await patch({ op: 'add', path: `${urn}:skills`, value: [{ value: 'x' }] })).toMatchObject({
      skills: ['Glaze', 'Fire', 'x'],
    });
  });

  test('another org does not know it', async () => {
    const door = { db: server.deps.database.db, now: server.deps.now, secret: server.deps.secret };
    const org = await setUpOrg(door, { ...operator, name: 'Tern', ownerEmail: 'o@tern.example' });
    const request = {
      ...operator,
      orgId: org.id,
      kind: 'other',
      mode: 'tolerant',
      name: 'T',
      tokenDays: null,
    } as const;
    const { connection, token } = await createConnection(door, request);
    const scim = scimClient(baseUrlOf(server.url, connection.id), token);
    expect((await scim('GET', `/Users?filter=${urn}:badge%20eq%209`)).body.scimType).toBe('invalidFilter');
    expect((await scim('GET', `/Schemas/${urn}`)).status).toBe(404);
  });

  test('strict connections are held to lists and to what is required; nobody loses what they have', async () => {
    const badge = customAttributeSchema.parse({ name: 'badge', type: 'integer', required: true });
    const preview = await owner.attributes.preview.query({ kind: 'change', attribute: badge });
    expect(preview).toMatchObject({ people: 3, carrying: 2, lacking: 1, misfits: 0 });
    await step({ kind: 'change', attribute: badge });
    const strict = await server.connect('other', 'strict');
    const send = (values: object | undefined) =>
      strict.scim('POST', '/Users', {
        schemas: [core, urn],
        userName: 'eli@larkspur.example',
        ...(values && { [urn]: values }),
      });
    for (const values of [undefined, { remote: true }]) {
      const { status, body } = await send(values);
      expect([status, body.scimType]).toEqual([400, 'invalidValue']);
      expect(body.detail).toContain(`${urn}:badge`);
    }
    expect((await send({ badge: 1, site: 'Moon' })).body.scimType).toBe('invalidValue');
    const lax = await server.scim('PUT', `/Users/${noor}`, {
      schemas: [core],
      userName: 'noor@larkspur.example',
      [urn]: { skills: ['Fire'] },
    });
    expect(lax.status).toBe(200);
    expect(lax.body[urn]).toEqual({ skills: ['Fire'] });
  });

  test('a type that a value does not fit is refused with the number of people', async () => {
    const asked = {
      kind: 'change',
      attribute: customAttributeSchema.parse({ name: 'site', type: 'boolean' }),
    } as const;
    expect((await owner.attributes.preview.query(asked)).misfits).toBe(1);
    await expect(step(asked)).rejects.toThrow('would not fit');
  });

  test('a removed attribute is hidden, kept through a PUT, put back, and at last erased for good', async () => {
    const put = () =>
      server.scim('PUT', `/Users/${noor}`, {
        schemas: [core],
        userName: 'noor@larkspur.example',
        [urn]: { badge: 5 },
      });
    const shown = async () => (await server.scim('GET', `/Users/${noor}`)).body[urn];
    await step({ kind: 'remove', name: 'skills' });
    expect((await put()).body[urn]).toEqual({ badge: 5 });
    expect(await find(`${urn}:skills pr`)).toEqual(['invalidFilter']);
    const again = customAttributeSchema.parse({ name: 'Skills', type: 'integer' });
    await expect(step({ kind: 'add', attribute: again })).rejects.toThrow('still kept');
    await step({ kind: 'put-back', name: 'skills' });
    expect(await shown()).toEqual({ badge: 5, skills: ['Fire'] });
    await step({ kind: 'remove', name: 'skills' });
    await step({ kind: 'erase', name: 'skills' });
    server.clock.now += 61_000;
    await eraseDueValues(server.deps);
    await step({ kind: 'add', attribute: again });
    expect(await shown()).toEqual({ badge: 5 });
  });

  test('a request reads the definitions only after they changed', async () => {
    await server.scim('GET', `/Users/${noor}`);
    const seen = watchStatements();
    await server.scim('GET', `/Users/${noor}`);
    expect(seen().filter((text) => /from "attribute_schemas"/.test(text))).toEqual([]);
  });
});

test.each(['password', 'apiToken', 'clientSecret', '9lives', 'a.b'])('no attribute is named %s', (name) => {
  expect(customAttributeSchema.safeParse({ name, type: 'string' }).success).toBe(false);
});
