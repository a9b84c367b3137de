import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../helpers/routes.ts';
import { databases } from '../helpers/scim-server.ts';
import { marked, startTwoOrgs, type TwoOrgs } from '../server/api/two-orgs.ts';

const usual = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'changed@tern.example' };
const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Changed' };
const patch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { displayName: 'Changed', active: false } }],
};

describe.each(databases)('SCIM keeps orgs apart, on %s', (database) => {
  let orgs: TwoOrgs;
  let before: unknown;
  beforeAll(async () => {
    orgs = await startTwoOrgs(database);
    before = await orgs.snapshot();
  });
  afterAll(() => orgs.server.close());

  /** Every SCIM route, below `base`, aimed at what is the first org's. */
  const requests = (base: string) => {
    const { memberId, groupId } = orgs.target;
    const routes = routesOf(orgs.server.app).filter(
      ({ method, path }) => path.startsWith('/c/:connectionId/scim/v2') && usual.includes(method),
    );
    return routes.map(({ method, path }) => {
      const id = path.includes('/Groups') ? groupId : memberId;
      const rest = path.replace('/c/:connectionId/scim/v2', '').replace(':id', id).replace('*', 'Users');
      return { method, path: rest, url: `${base}${rest}` };
    });
  };
  const send = (token: string, { method, path, url }: ReturnType<typeof requests>[number]) => {
    const { memberId } = orgs.target;
    const body = {
      '/.search': { filter: 'userName pr' },
      '/Users/.search': { filter: 'userName pr' },
      '/Groups/.search': { filter: 'displayName pr' },
      '/Bulk': {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [{ method: 'DELETE', path: `/Users/${memberId}` }],
      },
    }[path];
    const plain = method === 'PATCH' ? patch : path.includes('/Groups') ? group : user;
    return fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(method !== 'GET' && { body: JSON.stringify(body ?? plain) }),
    });
  };

  test('every route of one org refuses the token of the other', async () => {
    const all = requests(orgs.server.baseUrl);
    expect(all.length).toBeGreaterThan(20);
    for (const request of all) {
      const answer = await send(orgs.foreignScim.token, request);
      expect(`${request.method} ${request.path} ${answer.status}`).toBe(
        `${request.method} ${request.path} 401`,
      );
      expect((await answer.text()).toLowerCase()).not.toContain(marked);
    }
    expect(await orgs.snapshot()).toEqual(before);
  });

  test('every route of the other org finds nothing of the first one’s', async () => {
    for (const request of requests(orgs.foreignScim.baseUrl)) {
      const answer = await send(orgs.foreignScim.token, request);
      const text = (await answer.text()).toLowerCase();
      expect(text, `${request.method} ${request.path}`).not.toContain(marked);
      if (request.path.includes(orgs.target.memberId) || request.path.includes(orgs.target.groupId))
        expect(`${request.method} ${request.path} ${answer.status}`).toBe(
          `${request.method} ${request.path} 404`,
        );
    }
    expect(await orgs.snapshot()).toEqual(before);
  });
});
