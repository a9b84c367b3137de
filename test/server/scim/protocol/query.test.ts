import { describe, expect, test } from 'vitest';
import { attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { printPath } from '../../../../server/scim/protocol/path.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';
import { readQuery } from '../../../../server/scim/protocol/query.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';

const named = (name: string) => {
  const found = userType.schema.attributes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is no attribute`);
  return found;
};

function refused(params: Record<string, unknown>, type: ResourceType = userType): string | undefined {
  try {
    readQuery(type, params);
  } catch (error) {
    if (error instanceof ProtocolError) return error.scimType;
    throw error;
  }
  return undefined;
}

function sorted(params: Record<string, unknown>, unknown?: 'absent') {
  const { sort } = readQuery(userType, params, unknown);
  return sort && [printPath(sort.path), sort.descending ? 'descending' : 'ascending'];
}

describe('RFC 7644 §3.4.2: query parameters', () => {
  test('without any, a query is the first page of everything', () => {
    const query = readQuery(userType, {});
    expect(query).toMatchObject({ page: { method: 'index', startIndex: 1, count: 100 } });
    expect(query).not.toHaveProperty('filter');
    expect(query).not.toHaveProperty('sort');
    expect(query.projection.includes(named('title'))).toBe(true);
  });

  test('filter, order, page and projection are read together', () => {
    const query = readQuery(userType, {
      filter: 'userName eq "Ines"',
      sortBy: 'name.familyName',
      startIndex: '11',
      count: '10',
      attributes: 'userName',
    });
    expect(query.filter).toMatchObject({ kind: 'compare', op: 'eq', value: 'ines' });
    expect(query.page).toEqual({ method: 'index', startIndex: 11, count: 10 });
    expect(query.projection.includes(named('userName'))).toBe(true);
    expect(query.projection.includes(named('title'))).toBe(false);
  });

  test('names are taken in any letter case', () => {
    const query = readQuery(userType, { FILTER: 'title pr', StartIndex: '2', SORTBY: 'title' });
    expect(query.filter?.kind).toBe('present');
    expect(query.sort?.path.attribute.name).toBe('title');
    expect(query.page).toMatchObject({ startIndex: 2 });
  });

  test('unknown and empty ones are ignored', () => {
    const empty = { filter: ' ', sortBy: '', sortOrder: '', startIndex: '', count: null, attributes: ',' };
    const query = readQuery(userType, { ...empty, aadOptscim062020: '', __proto__: null });
    expect(query).toMatchObject({ page: { method: 'index', startIndex: 1, count: 100 } });
    expect(query).not.toHaveProperty('filter');
    expect(query.projection.includes(named('title'))).toBe(true);
  });

  test('of a repeated one the last counts, lists of attributes join', () => {
    const query = readQuery(userType, {
      filter: ['nonsense', 'title pr'],
      count: ['5', '7'],
      attributes: ['userName, title', 'active'],
    });
    expect(query.filter?.kind).toBe('present');
    expect(query.page.count).toBe(7);
    const wanted = ['userName', 'title', 'active', 'emails'].map((name) =>
      query.projection.includes(named(name)),
    );
    expect(wanted).toEqual([true, true, true, false]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ filter: 'userName' }, 'invalidFilter'],
    [{ filter: 'shoeSize eq 4' }, 'invalidFilter'],
    [{ filter: 5 }, 'invalidFilter'],
    [{ sortBy: 'shoeSize' }, 'invalidPath'],
    [{ sortBy: 'a b' }, 'invalidPath'],
    [{ sortBy: 'name' }, 'invalidPath'],
    [{ sortBy: ['title', 5] }, 'invalidPath'],
    [{ sortOrder: 'upwards' }, 'invalidValue'],
    [{ sortBy: 'title', sortOrder: 1 }, 'invalidValue'],
    [{ startIndex: 'first' }, 'invalidValue'],
    [{ count: '10.5' }, 'invalidValue'],
    [{ cursor: '', count: 'ten' }, 'invalidCount'],
    [{ cursor: '', startIndex: '1' }, 'invalidValue'],
    [{ cursor: {} }, 'invalidCursor'],
  ])('%j is refused as %s', (params, scimType) => {
    expect(refused(params)).toBe(scimType);
  });
});

describe('RFC 7644 §3.4.2.3: sorting', () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ sortBy: 'userName' }, ['userName', 'ascending']],
    [{ sortBy: 'META.created', sortOrder: 'Descending' }, ['meta.created', 'descending']],
    [{ sortBy: 'emails', sortOrder: 'ascending' }, ['emails.value', 'ascending']],
    [
      { sortBy: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department' },
      ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'ascending'],
    ],
  ])('%j', (params, sort) => {
    expect(sorted(params)).toEqual(sort);
  });

  test('an order without an attribute sorts nothing', () => {
    expect(sorted({ sortOrder: 'descending' })).toBeUndefined();
  });

  test('an attribute that is never disclosed does not sort', () => {
    const secret = attribute('secret', 'string', '', { returned: 'never' });
    const schema = { ...userType.schema, attributes: [...userType.schema.attributes, secret] };
    expect(refused({ sortBy: 'secret' }, { ...userType, schema })).toBe('invalidPath');
  });
});

test('RFC 9865 §2: an empty cursor asks for the first page by cursor', () => {
  expect(readQuery(groupType, { cursor: '' }).page).toEqual({ method: 'cursor', cursor: '', count: 100 });
  expect(readQuery(groupType, { cursor: ['', 'x.y'], count: 5 }).page).toMatchObject({ cursor: 'x.y' });
  expect(readQuery(groupType, { cursor: null }).page.method).toBe('index');
});

test('RFC 7644 §3.4.3: a SearchRequest body carries typed parameters', () => {
  const query = readQuery(groupType, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    attributes: ['displayName'],
    filter: 'displayName sw "smith"',
    startIndex: 1,
    count: 10,
  });
  expect(query.filter).toMatchObject({ op: 'sw', value: 'smith' });
  expect(query.page).toEqual({ method: 'index', startIndex: 1, count: 10 });
});

test('RFC 7644 §3.4.2.1: across resource types an unknown attribute neither filters nor sorts', () => {
  const query = readQuery(groupType, { filter: 'userName eq "x"', sortBy: 'userName' }, 'absent');
  expect(query.filter).toEqual({ kind: 'never' });
  expect(query).not.toHaveProperty('sort');
  expect(sorted({ sortBy: 'userName' }, 'absent')).toEqual(['userName', 'ascending']);
});
