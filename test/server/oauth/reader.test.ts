import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  changeReader,
  createReader,
  removeReader,
  revokeReaderToken,
  rotateReaderToken,
} from '../../../server/provisioning/change-reader.ts';
import { readerUrlOf } from '../../../server/provisioning/client-addresses.ts';
import { listReaders } from '../../../server/provisioning/list-readers.ts';
import { commonAttributes } from '../../../server/scim/protocol/attribute.ts';
import {
  enterpriseUserSchema,
  enterpriseUserUrn,
} from '../../../server/scim/protocol/enterprise-user-schema.ts';
import { userType } from '../../../server/scim/protocol/user-schema.ts';
import type { NewReader } from '../../../shared/reader.ts';
import { askToken, clientDesk } from '../../helpers/oauth-client.ts';
import {
  databases,
  type ScimAnswer,
  type ScimServer,
  scimClient,
  startScimServer,
} from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';

const everyUserAttribute = [
  ...[...commonAttributes, ...userType.schema.attributes].map(({ name }) => name),
  ...enterpriseUserSchema.attributes.map(({ name }) => `${enterpriseUserUrn}:${name}`),
].filter((path) => !['id', 'schemas'].includes(path));
const everyGroupAttribute = ['externalId', 'meta', 'displayName', 'members'];

describe.each(databases)('readers, on %s', (database) => {
  let server: ScimServer;
  let desk: ReturnType<typeof clientDesk>;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    server = await startScimServer({ database });
    desk = clientDesk(server);
    const second = await server.connect('okta');
    const person = async (through: Pick<ScimServer, 'scim'>, name: string, more: object = {}) => {
      const { body, text } = await through.scim('POST', '/Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUserUrn],
        userName: `${name}@larkspur.example`,
        displayName: `${name} display`,
        title: `${name} title`,
        externalId: `${name}-ext`,
        emails: [{ value: `${name}@home.example`, type: 'home' }],
        ...more,
      });
      expect(body.id, text).toBeDefined();
      ids[name] = body.id;
    };
    await person(server, 'boss');
    await person(server, 'inga', {
      [enterpriseUserUrn]: { department: 'Foundry', manager: { value: ids.boss } },
    });
    await person(server, 'lars');
    await person(second, 'okto');
    const group = async (through: Pick<ScimServer, 'scim'>, name: string, members: readonly string[]) => {
      const { body, text } = await through.scim('POST', '/Groups', {
        displayName: name,
        members: members.map((value) => ({ value })),
      });
      expect(body.id, text).toBeDefined();
      ids[name] = body.id;
    };
    await group(server, 'secret', [ids.lars ?? '']);
    await group(server, 'open', [ids.inga ?? '', ids.secret ?? '']);
    await group(second, 'okta crew', [ids.okto ?? '']);
    await server.scim('PATCH', `/Groups/${ids.secret}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: ids.inga }] }],
    });
  });
  afterAll(() => server.close());

  const make = async (choice: Partial<NewReader> = {}) => {
    const issued = await createReader(desk.deps, desk.asked, {
      name: 'Door locks',
      userAttributes: everyUserAttribute,
      groupAttributes: everyGroupAttribute,
      groupIds: null,
      tokenDays: null,
      ...choice,
    });
    const base = readerUrlOf(server.url, issued.readerId);
    return { ...issued, base, scim: scimClient(base, issued.token) };
  };
  const names = ({ body }: ScimAnswer) =>
    (body.Resources as { userName?: string; displayName?: string }[])
      .map((one) => (one.userName ?? one.displayName ?? '').replace(/@.*/, ''))
      .sort();
  const filtered = (filter: string) => `?filter=${encodeURIComponent(filter)}`;

  test('a reader without limits sees the whole directory, whoever manages it, by list, search, id and cursor', async () => {
    const { scim, base } = await make();
    const all = ['ada', 'boss', 'inga', 'lars', 'okto'];
    expect(names(await scim('GET', '/Users'))).toEqual(all);
    expect(names(await scim('POST', '/Users/.search', {}))).toEqual(all);
    expect((await scim('GET', '/Users?count=0')).body.totalResults).toBe(5);
    expect(names(await scim('GET', '/Users?startIndex=3&count=2'))).toHaveLength(2);
    const first = await scim('GET', '/Users?cursor&count=3');
    const rest = await scim('GET', `/Users?count=3&cursor=${encodeURIComponent(first.body.nextCursor)}`);
    expect([...names(first), ...names(rest)].sort()).toEqual(all);
    expect(names(await scim('GET', '/Groups'))).toEqual(['okta crew', 'open', 'secret']);
    const one = await scim('GET', `/Users/${ids.okto}`);
    expect(one.body.meta.location).toBe(`${base}/Users/${ids.okto}`);
    expect(one.body.groups).toMatchObject([{ display: 'okta crew' }]);
    expect((await scim('POST', '/.search', { filter: 'meta.resourceType pr' })).body.totalResults).toBe(8);
  });

  test('whatever would change something is refused with a sentence, and nothing changes', async () => {
    const { scim } = await make();
    const patch = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'title', value: 'x' }],
    };
    const before = (await server.scim('GET', `/Users/${ids.inga}`)).text;
    for (const [method, path, body] of [
      ['POST', '/Users', { userName: 'new@larkspur.example' }],
      ['PUT', `/Users/${ids.inga}`, { userName: 'inga@larkspur.example' }],
      ['PATCH', `/Users/${ids.inga}`, patch],
      ['DELETE', `/Users/${ids.inga}`, undefined],
      ['POST', '/Groups', { displayName: 'new' }],
      ['PATCH', `/Groups/${ids.open}`, patch],
      ['DELETE', `/Groups/${ids.open}`, undefined],
      ['PATCH', '/Users/.search', patch],
      ['POST', '/Bulk', { Operations: [{ method: 'DELETE', path: `/Users/${ids.inga}` }] }],
    ] as const) {
      const { status, body: answer } = await scim(method, path, body);
      expect(status, `${method} ${path}`).toBe(403);
      expect(answer.detail).toContain('change nothing');
    }
    expect((await server.scim('GET', `/Users/${ids.inga}`)).text).toBe(before);
  });

  test('attributes outside the choice never come back, whatever is asked for', async () => {
    const { scim } = await make({ userAttributes: ['userName'], groupAttributes: ['displayName'] });
    for (const query of [
      '',
      '?attributes=title,emails,active,groups,externalId,meta',
      '?excludedAttributes=userName',
      `?attributes=${enterpriseUserUrn}`,
    ]) {
      const { body } = await scim('GET', `/Users/${ids.inga}${query}`);
      for (const key of Object.keys(body)) expect(['schemas', 'id', 'userName']).toContain(key);
      expect(body.id).toBe(ids.inga);
      expect(body.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User']);
    }
    const searched = await scim('POST', '/.search', { attributes: ['title', 'members', 'externalId'] });
    expect(searched.text).not.toMatch(/title|members|ext"|home\.example|Foundry/);
    const group = await scim('GET', `/Groups/${ids.open}`);
    expect(Object.keys(group.body).sort()).toEqual(['displayName', 'id', 'schemas']);
  });

  test('attributes outside the choice are neither filtered nor sorted by, and the answer says so', async () => {
    const { scim } = await make({ userAttributes: ['userName'], groupAttributes: ['displayName'] });
    for (const filter of [
      'title eq "inga title"',
      'emails.value sw "inga"',
      'emails[type eq "home"]',
      'externalId eq "inga-ext"',
      'active eq true',
      'meta.lastModified gt "2020-01-01T00:00:00Z"',
      'groups.display eq "secret"',
      `${enterpriseUserUrn}:department eq "Foundry"`,
      'userName eq "x" or not (title pr)',
    ])
      for (const answer of [
        await scim('GET', `/Users${filtered(filter)}`),
        await scim('POST', '/Users/.search', { filter }),
      ]) {
        expect([answer.status, answer.body.scimType], filter).toEqual([400, 'invalidFilter']);
        expect(answer.body.detail).toContain('that this reader may see');
      }
    expect((await scim('GET', `/Groups${filtered(`members.value eq "${ids.lars}"`)}`)).body.scimType).toBe(
      'invalidFilter',
    );
    expect((await scim('GET', '/Users?sortBy=title')).body.scimType).toBe('invalidPath');
    expect(names(await scim('GET', `/Users${filtered('userName eq "INGA@larkspur.example"')}`))).toEqual([
      'inga',
    ]);
    // From the root, a name that nobody may see has no value in anybody.
    expect((await scim('POST', '/.search', { filter: 'title pr' })).body.totalResults).toBe(0);
  });

  test('a filter on schemas tells no more of an extension than the answer does', async () => {
    const wholeFilter = filtered(`schemas eq "${enterpriseUserUrn}"`);
    const seenBy = async (...userAttributes: string[]) =>
      names(await (await make({ userAttributes })).scim('GET', `/Users${wholeFilter}`));
    expect(await seenBy(...everyUserAttribute)).toEqual(['inga']);
    expect(await seenBy('userName')).toEqual([]);
    expect(await seenBy('userName', `${enterpriseUserUrn}:costCenter`)).toEqual([]);
    expect(await seenBy('userName', `${enterpriseUserUrn}:department`)).toEqual(['inga']);
    expect(await seenBy('userName', `${enterpriseUserUrn}:manager`)).toEqual(['inga']);
  });

  test('versions are told only with meta: they would tell when something unseen changes', async () => {
    const { scim } = await make({ userAttributes: ['userName'], groupAttributes: ['displayName'] });
    for (const path of [`/Users/${ids.inga}`, `/Groups/${ids.open}`]) {
      const answer = await scim('GET', path);
      expect(answer.headers.get('etag')).toBeNull();
      const version = (await server.scim('GET', path)).headers.get('etag') ?? '';
      for (const known of [version, '*'])
        expect((await scim('GET', path, undefined, { 'if-none-match': known })).status).toBe(200);
    }
    const whole = await make();
    const etag = (await whole.scim('GET', `/Users/${ids.inga}`)).headers.get('etag') ?? '';
    expect((await whole.scim('GET', `/Users/${ids.inga}`, undefined, { 'if-none-match': etag })).status).toBe(
      304,
    );
  });

  test('a reader limited to a group sees that group and who is in it, and nobody else', async () => {
    const { scim } = await make({ groupIds: [ids.open ?? ''] });
    expect(names(await scim('GET', '/Users'))).toEqual(['inga']);
    expect((await scim('GET', '/Users?count=0')).body.totalResults).toBe(1);
    expect(names(await scim('GET', '/Groups'))).toEqual(['open']);
    expect((await scim('GET', `/Users/${ids.inga}`)).status).toBe(200);
    for (const name of ['lars', 'boss', 'okto']) {
      expect((await scim('GET', `/Users/${ids[name]}`)).status, name).toBe(404);
      for (const filter of [
        `userName eq "${name}@larkspur.example"`,
        `id eq "${ids[name]}"`,
        `emails.value eq "${name}@home.example"`,
        `userName sw "${name}"`,
      ])
        expect((await scim('GET', `/Users${filtered(filter)}`)).body.totalResults, filter).toBe(0);
    }
    for (const group of ['secret', 'okta crew'])
      expect((await scim('GET', `/Groups/${ids[group]}`)).status).toBe(404);
    expect((await scim('POST', '/.search', {})).body.totalResults).toBe(2);
  });

  test('a name is looked up by its index under group limits too, and no member is walked past', async () => {
    const { scim } = await make({ groupIds: [ids.open ?? ''] });
    const statements = watchStatements();
    await scim('GET', `/Users${filtered('userName eq "inga@larkspur.example"')}`);
    const text =
      statements().find((one) => one.includes('reader_groups') && one.includes('user_name_norm')) ?? '';
    expect(text).toContain('limit');
    if (database === 'postgres') return;
    const plan = await sql<{
      detail: string;
    }>`explain query plan ${sql.raw(text.replaceAll('?', "'x'"))}`.execute(server.deps.database.db);
    const steps = plan.rows.map(({ detail }) => detail);
    expect(steps).toContainEqual(
      expect.stringMatching(/^SEARCH r USING INDEX \w+ \(org_id=\? AND user_name_norm=\?\)/),
    );
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  });

  test('neither groups nor members nor managers lead to whom a limited reader does not see', async () => {
    const { scim } = await make({ groupIds: [ids.open ?? ''] });
    const inga = await scim('GET', `/Users/${ids.inga}`);
    expect(inga.body.groups).toMatchObject([{ value: ids.open, display: 'open' }]);
    expect(inga.text).not.toMatch(/secret|boss display/);
    for (const filter of [
      'groups.display eq "secret"',
      `groups.value eq "${ids.secret}"`,
      `groups[display co "ecre"]`,
      `not (groups.display ne "secret")`,
    ])
      expect((await scim('GET', `/Users${filtered(filter)}`)).body.totalResults, filter).toBe(0);
    expect((await scim('GET', `/Users${filtered('groups.display eq "open"')}`)).body.totalResults).toBe(1);
    const open = await scim('GET', `/Groups/${ids.open}`);
    expect(open.body.members).toMatchObject([{ value: ids.inga }]);
    expect(open.text).not.toContain('secret');
    for (const filter of [
      `members.value eq "${ids.secret}"`,
      'members.display eq "secret"',
      'members.type eq "Group"',
    ])
      expect((await scim('GET', `/Groups${filtered(filter)}`)).body.totalResults, filter).toBe(0);
    const manager = `${enterpriseUserUrn}:manager.displayName eq "boss display"`;
    expect((await scim('GET', `/Users${filtered(manager)}`)).body.scimType).toBe('invalidFilter');
  });

  test('names of groups and people do not come in by the side where they are not chosen', async () => {
    const { scim } = await make({ userAttributes: ['groups'], groupAttributes: ['members'] });
    const inga = await scim('GET', `/Users/${ids.inga}`);
    expect(inga.body.groups).toHaveLength(2);
    expect(inga.text).not.toMatch(/open|secret/);
    const open = await scim('GET', `/Groups/${ids.open}`);
    expect(open.body.members).toHaveLength(2);
    expect(open.text).not.toMatch(/inga|secret/);
    expect((await scim('GET', `/Users${filtered('groups.display eq "open"')}`)).body.scimType).toBe(
      'invalidFilter',
    );
    expect((await scim('GET', `/Groups${filtered('members.display eq "inga"')}`)).body.scimType).toBe(
      'invalidFilter',
    );
  });

  test('discovery tells what this reader can do and see', async () => {
    const { scim } = await make({ userAttributes: ['userName'], groupAttributes: ['displayName'] });
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: false },
      bulk: { supported: false },
      filter: { supported: true },
      etag: { supported: false },
    });
    const { body } = await scim('GET', '/Schemas');
    expect(
      body.Resources.map(({ id, attributes }: { id: string; attributes: { name: string }[] }) => [
        id.split(':').at(-1),
        attributes.map(({ name }) => name),
      ]),
    ).toEqual([
      ['User', ['userName']],
      ['Group', ['displayName']],
    ]);
    expect((await scim('GET', `/Schemas/${enterpriseUserUrn}`)).status).toBe(404);
    const { body: types } = await scim('GET', '/ResourceTypes/User');
    expect(types.schemaExtensions).toEqual([]);
  });

  test('what is chosen can be changed, and counts from the next request on', async () => {
    const reader = await make({ groupIds: [ids.open ?? ''] });
    await changeReader(desk.deps, desk.asked, {
      readerId: reader.readerId,
      groupIds: null,
      userAttributes: ['userName'],
    });
    const { body } = await reader.scim('GET', '/Users');
    expect([body.totalResults, body.Resources[0].displayName]).toEqual([5, undefined]);
    const [shown] = (await listReaders({ ...desk.deps, publicUrl: () => server.url }, server.orgId)).filter(
      ({ id }) => id === reader.readerId,
    );
    expect(shown).toMatchObject({
      baseUrl: reader.base,
      groups: null,
      userAttributes: ['userName'],
      lastUsedAt: server.clock.now,
    });
    await expect(
      changeReader(desk.deps, desk.asked, { readerId: reader.readerId, userAttributes: ['password'] }),
    ).rejects.toThrow('cannot be chosen');
    await expect(
      changeReader(desk.deps, desk.asked, { readerId: reader.readerId, groupIds: ['nothing'] }),
    ).rejects.toThrow('groups');
  });

  test('the list names the groups of each, those that were removed last and without a name, which may stay or go', async () => {
    const gone = await server.scim('POST', '/Groups', { displayName: 'about to go' });
    const [open = '', secret = ''] = [ids.open, ids.secret];
    const reader = await make({ groupIds: [gone.body.id, secret, open] });
    const shown = async () => {
      const all = await listReaders({ ...desk.deps, publicUrl: () => server.url }, server.orgId);
      return all.find(({ id }) => id === reader.readerId)?.groups;
    };
    const both = [
      { id: open, name: 'open' },
      { id: secret, name: 'secret' },
    ];
    expect(await shown()).toEqual([{ id: gone.body.id, name: 'about to go' }, ...both]);
    expect((await server.scim('DELETE', `/Groups/${gone.body.id}`)).status).toBe(204);
    const withRemoved = [...both, { id: gone.body.id, name: null }];
    expect(await shown()).toEqual(withRemoved);
    const listed = withRemoved.map(({ id }) => id);
    const { readerId } = reader;
    await changeReader(desk.deps, desk.asked, { readerId, name: 'Badges', groupIds: listed });
    expect(await shown()).toEqual(withRemoved);
    await changeReader(desk.deps, desk.asked, { readerId, groupIds: [open] });
    await expect(
      changeReader(desk.deps, desk.asked, { readerId, groupIds: [open, gone.body.id] }),
    ).rejects.toMatchObject({ code: 'reader.unknown_groups' });
  });

  test('two tokens live at once; one that was revoked or has ended opens nothing; removing ends all', async () => {
    const reader = await make();
    const next = await rotateReaderToken(desk.deps, desk.asked, {
      readerId: reader.readerId,
      tokenDays: 1,
      overlapDays: 7,
    });
    const by = (token: string) => scimClient(reader.base, token)('GET', '/Users?count=1');
    expect([(await by(reader.token)).status, (await by(next.token)).status]).toEqual([200, 200]);
    await expect(
      rotateReaderToken(desk.deps, desk.asked, { readerId: reader.readerId, tokenDays: 1, overlapDays: 7 }),
    ).rejects.toThrow('two live tokens');
    await revokeReaderToken(desk.deps, desk.asked, { readerId: reader.readerId, tokenId: reader.tokenId });
    expect((await by(reader.token)).body.detail).toContain('was revoked');
    server.clock.now += 24 * 60 * 60 * 1000;
    expect((await by(next.token)).body.detail).toContain('expired');
    expect((await by(server.token)).status).toBe(401);
    expect((await scimClient(server.baseUrl, next.token)('GET', '/Users')).status).toBe(401);
    await removeReader(desk.deps, desk.asked, reader.readerId);
    expect((await by(next.token)).status).toBe(404);
  });

  test('a reader’s OAuth client reads and does not write', async () => {
    const reader = await make({ userAttributes: ['userName'] });
    const its = clientDesk(server, { ownerKind: 'reader', ownerId: reader.readerId });
    const { clientId, secret } = await its.make({ kind: 'secret', days: 30 });
    const { body } = await askToken(its.tokenEndpoint, { client_id: clientId, client_secret: secret ?? '' });
    const scim = scimClient(reader.base, body.access_token);
    expect((await scim('GET', '/Users?count=1')).status).toBe(200);
    expect((await scim('POST', '/Users', { userName: 'x@larkspur.example' })).status).toBe(403);
    expect((await scimClient(server.baseUrl, body.access_token)('GET', '/Users')).status).toBe(401);
    await removeReader(desk.deps, desk.asked, reader.readerId);
    expect(
      (await askToken(its.tokenEndpoint, { client_id: clientId, client_secret: secret ?? '' })).status,
    ).toBe(404);
  });

  test('making, changing and revoking stand in the audit log, without a token', async () => {
    const reader = await make();
    await changeReader(desk.deps, desk.asked, { readerId: reader.readerId, name: 'Badges' });
    await revokeReaderToken(desk.deps, desk.asked, { readerId: reader.readerId, tokenId: reader.tokenId });
    await removeReader(desk.deps, desk.asked, reader.readerId);
    const { db } = server.deps.database;
    const entries = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(5).execute();
    expect(entries.map(({ action }) => action)).toEqual([
      'reader.removed',
      'reader.token_revoked',
      'reader.changed',
      'reader.token_created',
      'reader.created',
    ]);
    const everything = JSON.stringify([
      entries,
      await db.selectFrom('events').selectAll().execute(),
      await db.selectFrom('reader_tokens').selectAll().execute(),
    ]);
    expect(everything).not.toContain(reader.token);
  });
});
