// RFC 7644 §3.4.2.3 and §3.4.2.4 over HTTP: the order of a list, and its pages by index.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  names,
  owner,
  searchRequest,
} from './resources.ts';

const people = [
  { userName: 'delta', title: 'b', externalId: 'b', name: { givenName: 'Wim' } },
  { userName: 'Bravo', externalId: 'A', [enterpriseUrn]: { department: 'Alpine' } },
  {
    userName: 'alpha',
    title: 'C',
    externalId: 'a',
    name: { givenName: 'Ada' },
    emails: [{ value: 'z@list.example' }, { value: 'a@list.example', primary: true }],
  },
  { userName: 'Charlie', title: 'a', externalId: 'B', emails: [{ value: 'm@list.example' }] },
  { userName: 'échelon', [enterpriseUrn]: { department: 'Zenith' } },
];

describe.each(databases)('sorting and paging on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
    for (const person of people) await createUser(server, person);
    await createGroup(server, { displayName: 'Upper' });
    await createGroup(server, { displayName: 'lower' });
  });
  afterAll(() => server.close());

  const list = (query: string) => server.scim('GET', `/Users?${query}`);

  test('RFC 7644 §3.4.2.3: sortBy orders by the attribute, ascending when nothing else is said, without case', async () => {
    const ascending = [owner, 'alpha', 'Bravo', 'Charlie', 'delta', 'échelon'];
    expect(names(await list('sortBy=userName'))).toEqual(ascending);
    expect(names(await list('sortBy=userName&sortOrder=ascending'))).toEqual(ascending);
  });

  test('RFC 7644 §3.4.2.3: sortOrder=descending turns the order round', async () => {
    const descending = ['échelon', 'delta', 'Charlie', 'Bravo', 'alpha', owner];
    expect(names(await list('sortBy=userName&sortOrder=descending'))).toEqual(descending);
  });

  test('RFC 7644 §3.4.2.3: who has no value comes last ascending', async () => {
    expect(names(await list('sortBy=title'))).toEqual([
      'Charlie',
      'delta',
      'alpha',
      owner,
      'Bravo',
      'échelon',
    ]);
  });

  test('RFC 7644 §3.4.2.3: who has no value comes first descending', async () => {
    const answer = await list('sortBy=title&sortOrder=descending');
    expect(names(answer).slice(0, 3).sort()).toEqual([owner, 'Bravo', 'échelon'].sort());
    expect(names(answer).slice(3)).toEqual(['alpha', 'delta', 'Charlie']);
  });

  test('RFC 7644 §3.4.2.3: a caseExact attribute sorts by case', async () => {
    const answer = await list('sortBy=externalId&filter=externalId%20pr');
    expect(names(answer)).toEqual(['Bravo', 'Charlie', 'alpha', 'delta']);
  });

  test('RFC 7644 §3.4.2.3: a multi-valued attribute sorts by its primary value, or else its first', async () => {
    const answer = await list('sortBy=emails.value&filter=emails%20pr');
    expect(names(answer)).toEqual(['alpha', owner, 'Charlie']);
    expect(names(await list('sortBy=emails&filter=emails%20pr'))).toEqual(['alpha', owner, 'Charlie']);
  });

  test('RFC 7644 §3.4.2.3: a complex attribute sorts by the sub-attribute that the path names', async () => {
    expect(names(await list('sortBy=name.givenName')).slice(0, 2)).toEqual(['alpha', 'delta']);
  });

  test('RFC 7644 §3.4.2.3: a complex attribute without a sub-attribute is 400 invalidPath', async () => {
    expectError(await list('sortBy=name'), 400, 'invalidPath');
  });

  test('RFC 7644 §3.4.2.3: an extension sorts by its URN path', async () => {
    const sorted = await list(`sortBy=${enterpriseUrn}:department&filter=${enterpriseUrn}:department%20pr`);
    expect(names(sorted)).toEqual(['Bravo', 'échelon']);
  });

  test('RFC 7644 §3.4.2.3: meta.created sorts in time', async () => {
    expect(names(await list('sortBy=meta.created'))).toHaveLength(6);
    const groups = await server.scim('GET', '/Groups?sortBy=displayName');
    expect(names(groups)).toEqual(['lower', 'Upper']);
  });

  test('RFC 7644 §3.4.2.3: an attribute that is not defined is 400 invalidPath', async () => {
    expectError(await list('sortBy=shoeSize'), 400, 'invalidPath');
  });

  test('RFC 7644 §3.4.2.3: a sortOrder that is neither is 400 invalidValue', async () => {
    expectError(await list('sortBy=userName&sortOrder=sideways'), 400, 'invalidValue');
  });

  test('RFC 7644 §3.4.2.4: startIndex and count cut a page, and the next one follows on it', async () => {
    const first = await list('startIndex=1&count=2');
    expect(first.body).toMatchObject({ totalResults: 6, startIndex: 1, itemsPerPage: 2 });
    expect(names(first)).toEqual([owner, 'delta']);
    const second = await list('startIndex=3&count=2');
    expect(second.body).toMatchObject({ totalResults: 6, startIndex: 3, itemsPerPage: 2 });
    expect(names(second)).toEqual(['Bravo', 'alpha']);
    const last = await list('startIndex=5&count=3');
    expect(last.body).toMatchObject({ totalResults: 6, startIndex: 5, itemsPerPage: 2 });
    expect(names(last)).toEqual(['Charlie', 'échelon']);
  });

  test('RFC 7644 §3.4.2.4: a startIndex beyond the end gives an empty page, however far beyond', async () => {
    for (const start of ['7', '2147483648', '9'.repeat(40)]) {
      const answer = await list(`startIndex=${start}&count=1`);
      expect(answer.body).toMatchObject({ totalResults: 6, itemsPerPage: 0 });
    }
  });

  test('RFC 7644 §3.4.2.4: a startIndex below 1 counts as 1', async () => {
    for (const start of ['0', '-7']) {
      const answer = await list(`startIndex=${start}&count=1`);
      expect(answer.body.startIndex).toBe(1);
      expect(names(answer)).toEqual([owner]);
    }
  });

  test('RFC 7644 §3.4.2.4: a count of 0 gives totalResults and no resources', async () => {
    const answer = await list('count=0');
    expect(answer.body).toMatchObject({ totalResults: 6, itemsPerPage: 0, Resources: [] });
  });

  test('RFC 7644 §3.4.2.4: a negative count counts as 0', async () => {
    expect((await list('count=-3')).body).toMatchObject({ totalResults: 6, Resources: [] });
  });

  test('RFC 7644 §3.4.2.4: a page is never larger than the count asked for', async () => {
    for (const count of [1, 3, 6, 1000]) {
      expect(names(await list(`count=${count}`))).toHaveLength(Math.min(count, 6));
    }
  });

  test('RFC 7644 §3.4.2.4: a startIndex beyond the end gives an empty page and the true total', async () => {
    expect((await list('startIndex=99')).body).toMatchObject({
      totalResults: 6,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  test('RFC 7644 §3.4.2.4: a startIndex or count that is no integer is 400 invalidValue', async () => {
    expectError(await list('startIndex=first'), 400, 'invalidValue');
    expectError(await list('count=1.5'), 400, 'invalidValue');
  });

  test('RFC 7644 §3.4.2.4: totalResults counts what the filter finds, not the page', async () => {
    const answer = await list('filter=title%20pr&count=1');
    expect(answer.body).toMatchObject({ totalResults: 3, itemsPerPage: 1 });
  });

  test('RFC 7644 §3.4.2.4: sorted pages follow on each other too', async () => {
    const first = await list('sortBy=userName&startIndex=1&count=3');
    const second = await list('sortBy=userName&startIndex=4&count=3');
    expect([...names(first), ...names(second)]).toEqual([
      owner,
      'alpha',
      'Bravo',
      'Charlie',
      'delta',
      'échelon',
    ]);
  });

  test('RFC 7644 §3.4.2.4: pages of a root query run over every resource type', async () => {
    const pages = [];
    for (const startIndex of [1, 4, 7]) {
      pages.push(await server.scim('POST', '/.search', searchRequest({ startIndex, count: 3 })));
    }
    expect(pages.map(names)).toEqual([
      [owner, 'delta', 'Bravo'],
      ['alpha', 'Charlie', 'échelon'],
      ['Upper', 'lower'],
    ]);
    expect(pages.map((page) => page.body.totalResults)).toEqual([8, 8, 8]);
  });
});
