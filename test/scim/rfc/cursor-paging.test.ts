// RFC 9865 over HTTP: pages by cursor, beside the pages by index that stay the default.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { type Answer, createUser, expectError, names, owner, searchRequest } from './resources.ts';

describe.each(databases)('cursor paging on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
    for (const userName of ['jade', 'jack', 'june', 'joel', 'jody', 'kurt'])
      await createUser(server, { userName });
  });
  afterAll(() => server.close());

  const firstPage = (query = 'count=2') => server.scim('GET', `/Users?cursor&${query}`);
  const page = (cursor: string, query = 'count=2') => server.scim('GET', `/Users?cursor=${cursor}&${query}`);

  /** Follows nextCursor to the end and returns every page. */
  async function walk(query: string): Promise<Answer[]> {
    const pages = [await firstPage(query)];
    for (let next = pages[0]?.body.nextCursor; next !== undefined; next = pages.at(-1)?.body.nextCursor) {
      pages.push(await page(next, query));
    }
    return pages;
  }

  test('RFC 9865 §2: an empty cursor asks for the first page, which names the next and no previous one', async () => {
    for (const query of ['cursor&count=2', 'cursor=&count=2']) {
      const { body } = await server.scim('GET', `/Users?${query}`);
      expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 2, nextCursor: expect.any(String) });
      expect(body).not.toHaveProperty('previousCursor');
    }
  });

  test('RFC 9865 §2: nextCursor leads through every resource once and is missing on the last page only', async () => {
    const pages = await walk('count=2');
    expect(pages.flatMap(names)).toEqual([owner, 'jade', 'jack', 'june', 'joel', 'jody', 'kurt']);
    expect(pages.map((each) => 'nextCursor' in each.body)).toEqual([true, true, true, false]);
  });

  test('RFC 9865 §2: a cursor holds unreserved characters only', async () => {
    expect((await firstPage()).body.nextCursor).toMatch(/^[A-Za-z0-9\-._~]+$/);
  });

  test('RFC 9865 §2: previousCursor leads back', async () => {
    const [first, second] = await walk('count=2');
    const back = await page(second?.body.previousCursor);
    expect(names(back)).toEqual(first && names(first));
    expect(back.body).not.toHaveProperty('previousCursor');
    expect(names(await page(back.body.nextCursor))).toEqual(second && names(second));
  });

  test('RFC 9865 §2: a cursor goes with the filter of its query', async () => {
    const pages = await walk('count=3&filter=userName%20sw%20%22J%22');
    expect(pages.map(names)).toEqual([
      ['jade', 'jack', 'june'],
      ['joel', 'jody'],
    ]);
    expect(pages[1]?.body.totalResults).toBe(5);
  });

  test('RFC 9865 §2: a count of 0, or below, gives totalResults and no resources', async () => {
    for (const count of [0, -4]) {
      expect((await firstPage(`count=${count}`)).body).toMatchObject({ totalResults: 7, Resources: [] });
    }
  });

  test('RFC 9865 §2: pages by cursor miss nobody and repeat nobody while people come and go', async () => {
    const busy = await startScimServer({ database });
    const ids: string[] = [];
    for (const userName of ['a1', 'a2', 'a3', 'a4', 'a5'])
      ids.push((await createUser(busy, { userName })).id);
    const first = await busy.scim('GET', '/Users?cursor&count=2');
    await busy.scim('DELETE', `/Users/${ids[0]}`);
    await createUser(busy, { userName: 'a6' });
    const pages = [first];
    for (let next = first.body.nextCursor; next !== undefined; next = pages.at(-1)?.body.nextCursor) {
      pages.push(await busy.scim('GET', `/Users?cursor=${next}&count=2`));
    }
    expect(pages.flatMap(names)).toEqual([owner, 'a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
    await busy.close();
  });

  test('RFC 9865 §2.1: a cursor that is not ours, or was changed, is 400 invalidCursor', async () => {
    const { nextCursor } = (await firstPage()).body;
    const first = nextCursor.startsWith('A') ? 'B' : 'A';
    for (const cursor of ['garbage', 'a.b', `${first}${nextCursor.slice(1)}`, `${nextCursor}x`]) {
      expectError(await page(cursor), 400, 'invalidCursor');
    }
  });

  test('RFC 9865 §2.1: a cursor of another query is 400 invalidCursor', async () => {
    const { nextCursor } = (await firstPage()).body;
    expectError(await page(nextCursor, 'count=2&filter=userName%20pr'), 400, 'invalidCursor');
    expectError(await page(nextCursor, 'count=2&sortBy=userName'), 400, 'invalidCursor');
    expectError(await server.scim('GET', `/Groups?cursor=${nextCursor}&count=2`), 400, 'invalidCursor');
  });

  test('RFC 9865 §2.1: a cursor after its time is 400 expiredCursor', async () => {
    const { nextCursor } = (await firstPage()).body;
    const { cursorTimeout } = (await server.scim('GET', '/ServiceProviderConfig')).body.pagination;
    server.clock.now += cursorTimeout * 1000;
    expectError(await page(nextCursor), 400, 'expiredCursor');
  });

  test('RFC 9865 §2.1: another count than that of the first page, or none, is 400 invalidCount', async () => {
    const { nextCursor } = (await firstPage()).body;
    expectError(await page(nextCursor, 'count=3'), 400, 'invalidCount');
    expectError(await firstPage('count=many'), 400, 'invalidCount');
  });

  test('RFC 9865 §2.2: pages by cursor keep the order of sortBy', async () => {
    const pages = await walk('count=4&sortBy=userName&sortOrder=descending');
    expect(pages.flatMap(names)).toEqual(['kurt', 'june', 'joel', 'jody', 'jade', 'jack', owner]);
  });

  test('RFC 9865 §2.4: index stays the default where a query names no method', async () => {
    const { body } = await server.scim('GET', '/Users?count=2');
    expect(body).toMatchObject({ startIndex: 1 });
    expect(body).not.toHaveProperty('nextCursor');
  });

  test('RFC 9865 §2.4: a query asks for one method, not for both', async () => {
    expectError(await server.scim('GET', '/Users?cursor&startIndex=1'), 400, 'invalidValue');
  });

  test('RFC 9865 §3: a search takes a cursor in its body', async () => {
    const parameters = { attributes: ['userName'], filter: 'userName sw "j"', count: 3 };
    const search = (cursor: string) =>
      server.scim('POST', '/Users/.search', searchRequest({ ...parameters, cursor }));
    const first = await search('');
    expect(first.body).toMatchObject({ totalResults: 5, itemsPerPage: 3 });
    expect([...names(first), ...names(await search(first.body.nextCursor))]).toEqual([
      'jade',
      'jack',
      'june',
      'joel',
      'jody',
    ]);
  });

  test('RFC 9865 §4: ServiceProviderConfig says which methods there are and what their limits are', async () => {
    expect((await server.scim('GET', '/ServiceProviderConfig')).body.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 1000,
      cursorTimeout: 3600,
    });
  });

  test('RFC 9865 §5.2: a cursor opens nothing to another connection', async () => {
    const other = await startScimServer({ database });
    const { nextCursor } = (await firstPage()).body;
    expectError(await other.scim('GET', `/Users?cursor=${nextCursor}&count=2`), 400, 'invalidCursor');
    await other.close();
  });
});
