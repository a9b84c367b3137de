import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listGroups } from '../../../server/groups/group-list-store.ts';
import { type GroupQuery, groupQuerySchema } from '../../../shared/group.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('the list of groups, on %s', (database) => {
  let directory: Directory;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    directory = await openDirectory(database);
    const okta = await directory.connect('Our Okta');
    for (const displayName of ['Zinc bath', 'Kiln Crew', 'kilns of old', 'Everyone']) {
      const change = { kind: 'add-group', attributes: { displayName }, memberIds: [] } as const;
      ids.set(displayName, (await okta.apply(change)).group.id);
    }
  });
  afterAll(() => directory.close());

  const listed = async (query: Partial<GroupQuery>, orgId = directory.orgId) =>
    (await listGroups(directory.db, orgId, groupQuerySchema.parse(query))).map(({ name }) => name);

  test('is in the order of names whatever their letter case, and goes on behind the last one', async () => {
    expect(await listed({ limit: 3 })).toEqual(['Everyone', 'Kiln Crew', 'kilns of old']);
    expect(await listed({ after: 'kilns of old' })).toEqual(['Zinc bath']);
  });

  test('holds those whose names begin with what is searched', async () => {
    expect(await listed({ search: 'KILN' })).toEqual(['Kiln Crew', 'kilns of old']);
    expect(await listed({ search: 'crew' })).toEqual([]);
  });

  test('gives one by its id, wherever it stands, and none to another org', async () => {
    const id = ids.get('Zinc bath') ?? '';
    expect(await listed({ id, limit: 1 })).toEqual(['Zinc bath']);
    const other = await directory.found('Brightwater');
    expect(await listed({ id }, other.orgId)).toEqual([]);
  });
});
