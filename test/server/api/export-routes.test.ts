import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInForApi } from '../../helpers/api-client.ts';
import { databases } from '../../helpers/scim-server.ts';
import { marked, startTwoOrgs, type TwoOrgs } from './two-orgs.ts';

describe.each(databases)('downloads, on %s', (database) => {
  let orgs: TwoOrgs;
  let owner: string;
  beforeAll(async () => {
    orgs = await startTwoOrgs(database);
    owner = await signInForApi(orgs.server.deps, orgs.server.orgId, orgs.server.ownerId);
  });
  afterAll(() => orgs.server.close());

  const download = (path: string, token?: string) =>
    fetch(`${orgs.server.url}/export/${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  test('members come as a CSV file with the filters of the list', async () => {
    const answer = await download('members.csv?status=invited&bom=true', owner);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="members.csv"');
    const file = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(file.startsWith('\uFEFF')).toBe(true);
    const lines = file.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`ines@${marked}.example`);
  });

  test('the audit log comes line by line, each a document of its own', async () => {
    const answer = await download(`audit.ndjson?subjectId=${orgs.target.invitedId}`, owner);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await answer.text()).trim().split('\n');
    const actions = lines.map((line) => (JSON.parse(line) as { readonly action: string }).action);
    expect(actions).toEqual(['member.added', 'member.invited']);
  });

  test.each(['members.csv', 'audit.ndjson'])('%s is for admins of the org only', async (path) => {
    expect((await download(path)).status).toBe(401);
    expect((await download(path, orgs.plainMember)).status).toBe(403);
    const foreign = await download(path, orgs.outsider);
    expect(foreign.status).toBe(200);
    expect((await foreign.text()).toLowerCase()).not.toContain(marked);
  });

  test('a filter that cannot be used is named', async () => {
    const answer = await download('members.csv?status=lost&colour=blue', owner);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ reason: 'input.invalid' });
  });
});
