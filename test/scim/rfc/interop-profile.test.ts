// The rules of conformance by their ids, R1–R17 for every mode, I1–I8 of the interoperability profile and P4–P6 of IPSIE.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendRaw } from '../../helpers/replay.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  find,
  groupUrn,
  names,
  owner,
  type PatchOperation,
  patchOp,
  searchRequest,
  userUrn,
} from './resources.ts';

describe.each(databases)('rules of conformance on %s', (database) => {
  let tolerant: ScimServer;
  let strict: ScimServer;
  beforeAll(async () => {
    tolerant = await startScimServer({ database });
    strict = await startScimServer({ database, mode: 'strict' });
  });
  afterAll(async () => {
    await tolerant.close();
    await strict.close();
  });

  const patch = (server: ScimServer, id: string, ...operations: readonly PatchOperation[]) =>
    server.scim('PATCH', `/Users/${id}`, patchOp(...operations));

  test('R1: every endpoint answers, and any other path is a 404 in SCIM form with an instruction', async () => {
    const { id } = await createUser(tolerant, { userName: 'r1' });
    const paths = [
      '/Users',
      `/Users/${id}`,
      '/Groups',
      '/ServiceProviderConfig',
      '/ResourceTypes',
      '/ResourceTypes/User',
      '/Schemas',
      `/Schemas/${userUrn}`,
      '/',
    ];
    for (const path of paths) expect((await tolerant.scim('GET', path)).status, path).toBe(200);
    for (const path of ['/.search', '/Users/.search', '/Groups/.search']) {
      expect((await tolerant.scim('POST', path, searchRequest({ count: 1 }))).status, path).toBe(200);
    }
    expectError(await tolerant.scim('GET', '/Me'), 501);
    expectError(await tolerant.scim('GET', '/Teams'), 404);
  });

  test('R1: a base URL that lacks or doubles /scim/v2 is told how to mend it', async () => {
    const connection = tolerant.baseUrl.replace(/\/scim\/v2$/, '');
    for (const path of ['/Users', '/v2/Users', '/scim/v2/scim/v2/Users']) {
      const answer = await fetch(connection + path, {
        headers: { authorization: `Bearer ${tolerant.token}` },
      });
      expect(answer.status, path).toBe(404);
      expect(await answer.json(), path).toMatchObject({
        status: '404',
        detail: expect.stringContaining('/scim/v2'),
      });
    }
  });

  test('R2: answers are application/scim+json without parameters, errors and lists included', async () => {
    for (const path of ['/Users', '/Users/none', '/Schemas', '/Groups?filter=x']) {
      expect((await tolerant.scim('GET', path)).headers.get('content-type'), path).toBe(
        'application/scim+json',
      );
    }
  });

  test('R3: POST 201, PUT 200, PATCH 200 for users and 204 for groups, DELETE 204, then 404', async () => {
    const { id } = await createUser(tolerant, { userName: 'r3' });
    const group = await createGroup(tolerant, { displayName: 'R3' });
    const put = { schemas: [userUrn], userName: 'r3' };
    const groupPatch = patchOp({ op: 'add', path: 'members', value: [{ value: id }] });
    const answers = [
      await tolerant.scim('PUT', `/Users/${id}`, put),
      await patch(tolerant, id, { op: 'add', path: 'title', value: 'R3' }),
      await tolerant.scim('PUT', `/Groups/${group.id}`, { schemas: [groupUrn], displayName: 'R3' }),
      await tolerant.scim('PATCH', `/Groups/${group.id}`, groupPatch),
      await tolerant.scim('PATCH', `/Groups/${group.id}?attributes=members`, groupPatch),
      await tolerant.scim('DELETE', `/Users/${id}`),
      await tolerant.scim('GET', `/Users/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 204, 200, 204, 404]);
  });

  test('R4: detail is a sentence that tells the admin what to do, and repeats no password', async () => {
    const body = { schemas: [userUrn], userName: '', password: 'hunter-two-secret' };
    const answer = await tolerant.scim('POST', '/Users', body);
    expectError(answer, 400, 'invalidValue');
    expect(answer.text).not.toContain('hunter-two-secret');
  });

  test('R5: a filter is never half understood: an unknown attribute anywhere in it refuses all of it', async () => {
    await createUser(tolerant, { userName: 'r5' });
    for (const filter of [
      'userName eq "r5" or shoeSize eq "9"',
      'emails[shoeSize eq "9"]',
      'not (shoeSize pr)',
    ]) {
      expectError(await find(tolerant, '/Users', filter), 400, 'invalidFilter');
    }
  });

  test('R5: a filter too deep or too long is refused, not crashed on', async () => {
    const deep = `${'('.repeat(5000)}userName pr${')'.repeat(5000)}`;
    const long = Array.from({ length: 2000 }, (_, n) => `userName eq "${n}"`).join(' or ');
    for (const filter of [deep, long]) {
      const answer = await tolerant.scim('POST', '/Users/.search', searchRequest({ filter }));
      expectError(answer, 400, 'invalidFilter');
    }
  });

  test('R6: a caseExact attribute is told apart by case in filters, in value paths and in uniqueness alike', async () => {
    const { id } = await createUser(tolerant, {
      userName: 'STRASSE.Öhm@r6.example',
      externalId: 'CaseR6',
      emails: [{ value: 'ÖHM@r6.example', type: 'Work' }],
    });
    for (const filter of ['userName eq "strasse.öhm@R6.example"', 'emails.value eq "öhm@R6.EXAMPLE"']) {
      expect((await find(tolerant, '/Users', filter)).body.totalResults, filter).toBe(1);
    }
    expect((await find(tolerant, '/Users', 'externalId eq "caser6"')).body.totalResults).toBe(0);
    const path = 'emails[value eq "öhm@R6.example"].display';
    expect((await patch(tolerant, id, { op: 'replace', path, value: 'found' })).status).toBe(200);
    const again = { schemas: [userUrn], userName: 'strasse.ÖHM@r6.example' };
    expectError(await tolerant.scim('POST', '/Users', again), 409, 'uniqueness');
  });

  test('R7: without sortBy a list stands in the order of creation, and equal sort values keep it', async () => {
    const server = await startScimServer({ database });
    for (const userName of ['c', 'a', 'b']) await createUser(server, { userName, title: 'same' });
    expect(names(await server.scim('GET', '/Users'))).toEqual([owner, 'c', 'a', 'b']);
    expect(names(await server.scim('GET', '/Users?sortBy=title'))).toEqual(['c', 'a', 'b', owner]);
    await server.close();
  });

  test('R8: startIndex below 1 is 1, a negative count is 0, totalResults is the total and Resources a list', async () => {
    const answer = await tolerant.scim('GET', '/Users?startIndex=-5&count=-1');
    const total = (await tolerant.scim('GET', '/Users')).body.totalResults;
    expect(answer.body).toMatchObject({ startIndex: 1, itemsPerPage: 0, totalResults: total, Resources: [] });
  });

  test('R9: a cursor leads through a search too, and index stays the default', async () => {
    for (const n of [1, 2, 3]) await createUser(tolerant, { userName: `r9.${n}` });
    const search = (cursor: string) =>
      tolerant.scim(
        'POST',
        '/Users/.search',
        searchRequest({ filter: 'userName sw "r9."', count: 2, cursor }),
      );
    const first = await search('');
    expect(names(first)).toEqual(['r9.1', 'r9.2']);
    expect(names(await search(first.body.nextCursor))).toEqual(['r9.3']);
    expect((await tolerant.scim('GET', '/Users?count=1')).body).toHaveProperty('startIndex', 1);
  });

  test('R10: attributes and excludedAttributes work on every verb that answers a resource', async () => {
    const sent = { schemas: [userUrn], userName: 'r10', title: 'R10', nickName: 'Ten' };
    const { id } = await createUser(tolerant, { userName: 'r10.first' });
    const only = '?attributes=title';
    const answers = [
      await tolerant.scim('POST', `/Users${only}`, sent),
      await tolerant.scim('PUT', `/Users/${id}${only}`, { ...sent, userName: 'r10.first' }),
      await tolerant.scim(
        'PATCH',
        `/Users/${id}${only}`,
        patchOp({ op: 'add', path: 'nickName', value: 'X' }),
      ),
      await tolerant.scim('GET', `/Users/${id}${only}`),
    ];
    for (const { body } of answers) expect(Object.keys(body).sort()).toEqual(['id', 'schemas', 'title']);
  });

  test('R11: a PATCH that changes nothing succeeds and keeps version and lastModified', async () => {
    const created = await createUser(tolerant, { userName: 'r11', roles: [{ value: 'x' }] });
    tolerant.clock.now += 1000;
    const answer = await patch(tolerant, created.id, { op: 'add', path: 'roles', value: [{ value: 'x' }] });
    expect(answer.body).toEqual(created);
  });

  test('R12: a PUT without active leaves a leaver out', async () => {
    const { id } = await createUser(tolerant, { userName: 'r12', active: false, title: 'Cleared' });
    const put = await tolerant.scim('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'r12' });
    expect(put.body.active).toBe(false);
    expect(put.body).not.toHaveProperty('title');
  });

  test('R13: conditions are honoured, and nobody is refused for sending none', async () => {
    const { id, meta } = await createUser(tolerant, { userName: 'r13' });
    const op = patchOp({ op: 'add', path: 'title', value: 'R13' });
    expect((await tolerant.scim('PATCH', `/Users/${id}`, op)).status).toBe(200);
    expectError(await tolerant.scim('PATCH', `/Users/${id}`, op, { 'if-match': meta.version }), 412);
    expect((await tolerant.scim('PATCH', `/Users/${id}`, op, { 'if-match': '*' })).status).toBe(200);
  });

  test('R14: bulk resolves references forward, backward and in a circle between users and groups', async () => {
    const manager = (bulkId: string) => ({ manager: { value: `bulkId:${bulkId}` } });
    const user = (bulkId: string, boss: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { schemas: [userUrn, enterpriseUrn], userName: `r14.${bulkId}`, [enterpriseUrn]: manager(boss) },
    });
    const members = [{ value: 'bulkId:one' }, { value: 'bulkId:two' }];
    const answer = await tolerant.scim('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        user('one', 'two'),
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'g',
          data: { schemas: [groupUrn], displayName: 'R14', members },
        },
        user('two', 'one'),
      ],
    });
    const results: readonly { status: string }[] = answer.body.Operations;
    expect(results.map(({ status }) => status)).toEqual(['201', '201', '201']);
    expect((await find(tolerant, '/Groups', 'displayName eq "R14"')).body.Resources[0].members).toHaveLength(
      2,
    );
  });

  test('R15: whatever /Schemas lists can be written and comes back, and every type has canonicalValues', async () => {
    interface Listed {
      readonly name: string;
      readonly type: string;
      readonly canonicalValues?: readonly string[];
      readonly subAttributes?: readonly Listed[];
    }
    const { attributes }: { attributes: readonly Listed[] } = (
      await tolerant.scim('GET', `/Schemas/${userUrn}`)
    ).body;
    const types = attributes
      .flatMap(({ subAttributes }) => subAttributes ?? [])
      .filter(({ name }) => name === 'type');
    expect(types.length).toBeGreaterThan(8);
    for (const { canonicalValues } of types) expect(canonicalValues?.length).toBeGreaterThan(0);
    const texts = attributes.filter(({ type, name }) => type === 'string' && name !== 'userName');
    const written = Object.fromEntries(texts.map(({ name }) => [name, `r15 ${name}`]));
    expect(await createUser(strict, { userName: 'r15', ...written })).toMatchObject(written);
  });

  test('R16: a password is taken without an error and never comes back', async () => {
    const created = await createUser(tolerant, { userName: 'r16', password: 'r16-kept-nowhere' });
    const put = { schemas: [userUrn], userName: 'r16', password: 'r16-kept-nowhere' };
    const answers = [
      await tolerant.scim('PUT', `/Users/${created.id}`, put),
      await patch(tolerant, created.id, { op: 'replace', path: 'password', value: 'r16-kept-nowhere' }),
      await patch(tolerant, created.id, { op: 'replace', value: { password: 'r16-kept-nowhere' } }),
      await tolerant.scim('GET', `/Users/${created.id}?attributes=password`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('r16-kept-nowhere');
    }
    expectError(await find(tolerant, '/Users', 'password eq "r16-kept-nowhere"'), 400, 'invalidFilter');
  });

  test('R17: stray question marks, ampersands, slashes and empty parameters are ignored', async () => {
    const { id } = await createUser(tolerant, { userName: 'r17' });
    const headers = { Host: new URL(tolerant.baseUrl).host, Authorization: `Bearer ${tolerant.token}` };
    const paths = [
      `/Users/${id}?`,
      `/Users/${id}/`,
      `//Users//${id}`,
      `/Users/${id}?&`,
      `/Users/${id}?attributes=&excludedAttributes=`,
      '/Users?filter=userName%20eq%20%22r17%22&',
      '/Users/?&&count=&startIndex=&filter=userName+eq+%22r17%22',
      '/Users?aadOptscim062020&filter=userName%20eq%20%22r17%22',
      '/Users?filter=',
    ];
    for (const path of paths) {
      const answer = await sendRaw('GET', tolerant.baseUrl + path, headers);
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).toContain('"r17"');
    }
  });

  test('R17: SCIM 1.1 schema URNs are understood', async () => {
    const created = await createUser(tolerant, {
      schemas: ['urn:scim:schemas:core:1.0'],
      userName: 'r17.old',
    });
    expect(created.schemas).toEqual([userUrn]);
  });

  test('R17: a body too deep is refused, not crashed on', async () => {
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const headers = {
      Host: new URL(tolerant.baseUrl).host,
      Authorization: `Bearer ${tolerant.token}`,
      'Content-Type': 'application/scim+json',
    };
    const text = `{"schemas":["${userUrn}"],"userName":"deep","emails":${nested}}`;
    const answer = await sendRaw('POST', `${tolerant.baseUrl}/Users`, headers, text);
    expect(answer.status).toBe(400);
    expect((await tolerant.scim('GET', '/Users?count=0')).status).toBe(200);
  });

  test('R17: a PATCH of too many operations is refused', async () => {
    const { id } = await createUser(tolerant, { userName: 'r17.many' });
    const many = Array.from({ length: 10_001 }, () => ({ op: 'add', path: 'title', value: 'x' }));
    expectError(await patch(tolerant, id, ...many), 400, 'invalidSyntax');
  });

  test('I1: strict mode refuses attributes and schema URIs that nobody defined, on POST and PUT', async () => {
    const { id } = await createUser(strict, { userName: 'i1.there' });
    const undefineds = [
      { schemas: [userUrn], userName: 'i1', shoeSize: 9 },
      { schemas: [userUrn], userName: 'i1', name: { nickName: 'x' } },
      { schemas: [userUrn], userName: 'i1', password: 'secret' },
      { schemas: [userUrn, 'urn:example:robots'], userName: 'i1' },
      { schemas: [userUrn], userName: 'i1', 'urn:example:robots': { arm: 2 } },
      { userName: 'i1' },
    ];
    for (const body of undefineds) {
      expectError(await strict.scim('POST', '/Users', body), 400, 'invalidSyntax');
      expectError(await strict.scim('PUT', `/Users/${id}`, body), 400, 'invalidSyntax');
    }
    expect((await find(strict, '/Users', 'userName eq "i1"')).body.totalResults).toBe(0);
  });

  test('I1: strict mode refuses a PATCH of an attribute that nobody defined', async () => {
    const { id } = await createUser(strict, { userName: 'i1.patch' });
    expectError(await patch(strict, id, { op: 'add', path: 'shoeSize', value: 9 }), 400, 'invalidSyntax');
  });

  test('I1: tolerant mode keeps out what nobody defined and takes the rest', async () => {
    const created = await createUser(tolerant, {
      schemas: [userUrn, 'urn:example:robots'],
      userName: 'i1.tolerant',
      shoeSize: 9,
      'urn:example:robots': { arm: 2 },
    });
    expect(created.schemas).toEqual([userUrn]);
    expect(Object.keys(created)).not.toContain('shoeSize');
    const answer = await patch(
      tolerant,
      created.id,
      { op: 'add', path: 'shoeSize', value: 9 },
      { op: 'add', path: 'title', value: 'Kept' },
    );
    expect(answer.body).toMatchObject({ title: 'Kept' });
  });

  test('I2: strict mode refuses an operation without a path', async () => {
    const { id } = await createUser(strict, { userName: 'i2.path' });
    expectError(await patch(strict, id, { op: 'replace', value: { title: 'x' } }), 400, 'invalidSyntax');
    expectError(await patch(strict, id, { op: 'add', value: { title: 'x' } }), 400, 'invalidSyntax');
  });

  test('I2: strict mode refuses a value filter that does not end in a sub-attribute', async () => {
    const { id } = await createUser(strict, {
      userName: 'i2.sub',
      emails: [{ value: 'a@i2.example', type: 'work' }],
    });
    const path = 'emails[type eq "work"]';
    expectError(
      await patch(strict, id, { op: 'replace', path, value: { value: 'b@i2.example' } }),
      400,
      'invalidPath',
    );
    const ending = { op: 'replace', path: `${path}.value`, value: 'b@i2.example' };
    expect((await patch(strict, id, ending)).body.emails).toEqual([{ value: 'b@i2.example', type: 'work' }]);
  });

  test('I2: strict mode refuses a filter that selects several values', async () => {
    const phoneNumbers = ['1', '2'].map((value) => ({ value, type: 'work' }));
    const { id } = await createUser(strict, { userName: 'i2.several', phoneNumbers });
    const path = 'phoneNumbers[type eq "work"].display';
    expectError(await patch(strict, id, { op: 'replace', path, value: 'x' }), 400, 'invalidFilter');
  });

  test('I3: add and replace are the same on a simple attribute', async () => {
    for (const server of [tolerant, strict]) {
      const { id } = await createUser(server, { userName: 'i3.simple', title: 'Old' });
      for (const op of ['add', 'replace']) {
        const answer = await patch(server, id, { op, path: 'title', value: `by ${op}` });
        expect(answer.body.title).toBe(`by ${op}`);
      }
    }
  });

  test('I3: replace on a complex attribute replaces it whole in strict mode and merges otherwise; add merges', async () => {
    const name = { givenName: 'Ida', familyName: 'Three' };
    const value = { familyName: 'Four' };
    const nameAfter = async (server: ScimServer, op: string) => {
      const { id } = await createUser(server, { userName: `i3.${op}`, name });
      return (await patch(server, id, { op, path: 'name', value })).body.name;
    };
    expect(await nameAfter(strict, 'replace')).toEqual(value);
    expect(await nameAfter(strict, 'add')).toEqual({ ...name, ...value });
    expect(await nameAfter(tolerant, 'replace')).toEqual({ ...name, ...value });
    expect(await nameAfter(tolerant, 'add')).toEqual({ ...name, ...value });
  });

  test('I4: without count a page has 100 resources, and never more than 1000', async () => {
    const server = await startScimServer({ database });
    const operations = Array.from({ length: 1000 }, (_, n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `u${n}`,
      data: { schemas: [userUrn], userName: `i4.${n}` },
    }));
    const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: operations };
    expect((await server.scim('POST', '/Bulk', bulk)).status).toBe(200);
    const itemsPerPage = async (query: string) =>
      (await server.scim('GET', `/Users${query}`)).body.itemsPerPage;
    expect(await itemsPerPage('')).toBe(100);
    expect(await itemsPerPage('?count=250')).toBe(250);
    expect(await itemsPerPage('?count=5000')).toBe(1000);
    await server.close();
  });

  test('I5: DELETE deletes and frees the unique values at once; a PATCH never deletes', async () => {
    const { id } = await createUser(strict, {
      userName: 'i5',
      emails: [{ value: 'i5@i5.example', primary: true }],
    });
    expect((await patch(strict, id, { op: 'replace', path: 'active', value: false })).body.active).toBe(
      false,
    );
    expect((await strict.scim('GET', `/Users/${id}`)).status).toBe(200);
    expect((await strict.scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expectError(await strict.scim('GET', `/Users/${id}`), 404);
    const again = await createUser(strict, {
      userName: 'i5',
      emails: [{ value: 'i5@i5.example', primary: true }],
    });
    expect(again.id).not.toBe(id);
  });

  test('I6: the id of a resource type is its name, and every schema it names is at /Schemas', async () => {
    const types: readonly {
      id: string;
      name: string;
      schema: string;
      schemaExtensions?: { schema: string }[];
    }[] = (await strict.scim('GET', '/ResourceTypes')).body.Resources;
    for (const { id, name, schema, schemaExtensions = [] } of types) {
      expect(id).toBe(name);
      for (const urn of [schema, ...schemaExtensions.map((extension) => extension.schema)]) {
        expect((await strict.scim('GET', `/Schemas/${urn}`)).body.id).toBe(urn);
      }
    }
  });

  test('I7: every uniqueness conflict is 409 uniqueness, on POST, PUT and PATCH', async () => {
    for (const server of [tolerant, strict]) {
      const emails = [{ value: 'I7@i7.example', primary: true }];
      await createUser(server, { userName: 'i7', emails });
      await createGroup(server, { displayName: 'I7' });
      const user = await createUser(server, { userName: 'i7.other' });
      const group = await createGroup(server, { displayName: 'I7 other' });
      const byEmail = {
        schemas: [userUrn],
        userName: 'i7.third',
        emails: [{ value: 'i7@I7.example', primary: true }],
      };
      const rename = patchOp({ op: 'replace', path: 'displayName', value: 'i7' });
      const answers = [
        await server.scim('POST', '/Users', { schemas: [userUrn], userName: 'I7' }),
        await server.scim('POST', '/Users', byEmail),
        await server.scim('PUT', `/Users/${user.id}`, { schemas: [userUrn], userName: 'I7' }),
        await patch(server, user.id, { op: 'replace', path: 'userName', value: 'I7' }),
        await patch(server, user.id, { op: 'add', path: 'emails', value: emails }),
        await server.scim('POST', '/Groups', { schemas: [groupUrn], displayName: 'i7' }),
        await server.scim('PUT', `/Groups/${group.id}`, { schemas: [groupUrn], displayName: 'i7' }),
        await server.scim('PATCH', `/Groups/${group.id}`, rename),
      ];
      for (const answer of answers) expectError(answer, 409, 'uniqueness');
    }
  });

  test('I8: a filter on an attribute outside the schemas of the resource type is 400 invalidFilter', async () => {
    for (const server of [tolerant, strict]) {
      expectError(await find(server, '/Users', 'members pr'), 400, 'invalidFilter');
      expectError(await find(server, '/Groups', 'userName eq "x"'), 400, 'invalidFilter');
    }
  });

  test('P4: every filter that identity providers match by finds exactly its resource', async () => {
    const emails = [{ value: 'p4@p4.example', type: 'work' }];
    const { id } = await createUser(strict, { userName: 'p4', externalId: 'ext-p4', emails });
    await createGroup(strict, { displayName: 'P4', externalId: 'grp-p4', members: [{ value: id }] });
    const filters = [
      ['/Users', 'userName eq "p4"', 'p4'],
      ['/Users', 'externalId eq "ext-p4"', 'p4'],
      ['/Users', 'emails[value eq "p4@p4.example"]', 'p4'],
      ['/Users', 'emails[type eq "work" and value eq "p4@p4.example"]', 'p4'],
      ['/Groups', 'displayName eq "P4"', 'P4'],
      ['/Groups', 'externalId eq "grp-p4"', 'P4'],
      ['/Groups', `members[value eq "${id}"]`, 'P4'],
    ] as const;
    for (const [path, filter, name] of filters) {
      expect(names(await find(strict, path, filter)), filter).toEqual([name]);
    }
  });

  test('P5: no schema has a password', async () => {
    expect((await strict.scim('GET', '/Schemas')).text).not.toMatch(/password/i);
  });

  test('P6: one PATCH takes sixty member operations, adding and removing', async () => {
    const people: string[] = [];
    for (let n = 0; n < 30; n++) people.push((await createUser(strict, { userName: `p6.${n}` })).id);
    const { id } = await createGroup(strict, { displayName: 'P6' });
    const adding = people.map((value) => ({ op: 'add', path: 'members', value: [{ value }] }));
    const removing = people
      .slice(1)
      .map((value) => ({ op: 'remove', path: `members[value eq "${value}"].value` }));
    const again = { op: 'add', path: 'members', value: [{ value: people[1] }] };
    const answer = await strict.scim('PATCH', `/Groups/${id}`, patchOp(...adding, ...removing, again));
    expect(answer.status, answer.text).toBe(204);
    const { members } = (await strict.scim('GET', `/Groups/${id}`)).body;
    expect(members).toMatchObject([{ value: people[0] }, { value: people[1] }]);
  });

  test('only strict mode says that it conforms to the profile', async () => {
    const claim = async (server: ScimServer) =>
      (await server.scim('GET', '/ServiceProviderConfig')).body.interopProfileConformant;
    expect(await claim(strict)).toBe(true);
    expect(await claim(tolerant)).not.toBe(true);
  });

  test('what harms nobody is understood in strict mode too: capital operations and booleans as strings', async () => {
    const { id } = await createUser(strict, { userName: 'harmless' });
    const answer = await patch(strict, id, { op: 'Replace', path: 'active', value: 'False' });
    expect(answer.status).toBe(200);
    expect(answer.body.active).toBe(false);
  });
});
