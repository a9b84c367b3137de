import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathShape, queryShape } from '../../../server/scim/request-shape.ts';

test.each([
  ['', ''],
  ['/Users', '/Users'],
  ['/Users/0192f0c1-7a1b-7c3d-8e4f-5a6b7c8d9e0f', '/Users/{id}'],
  ['/Users/ada', '/Users/{id}'],
  ['/Users/ada@larch.example', '/Users/{id}'],
  ['/users/ada', '/users/{id}'],
  ['/Users/.search', '/Users/.search'],
  ['/Groups/42/', '/Groups/{id}/'],
  ['//Users//42', '//Users//{id}'],
  ['/Usres', '/Usres'],
  ['/scim/v2/scim/v2/Users', '/scim/v2/scim/v2/Users'],
  ['/Users/Users/42', '/Users/Users/{id}'],
  ['/ResourceTypes/User', '/ResourceTypes/User'],
  [
    '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
  ],
  ['/Schemas/urn:made:up', '/Schemas/{id}'],
  [`/rollcall_${'a'.repeat(43)}`, '/{id}'],
  ['/v2/%41da', '/v2/{id}'],
])('the path "%s" is shown as "%s"', (path, shape) => {
  expect(pathShape(path)).toBe(shape);
});

test.each([
  ['', ''],
  ['startIndex=1&count=2', 'startIndex=1&count=2'],
  [
    'filter=userName%20eq%20%22ada%40larch.example%22&startIndex=1&count=100',
    'filter=userName eq ?&startIndex=1&count=100',
  ],
  ['filter=userName+eq+%22ada%22', 'filter=userName eq ?'],
  ['filter=emails[type eq "work" and value co "ada"]', 'filter=emails[type eq ? and value co ?]'],
  ['filter=not (active eq true) or title pr', 'filter=not (active eq ?) or title pr'],
  ['filter=userName+eq+%220192f0c1-7A1b-7c3d-8e4f-5a6b7c8d9e0f%22', 'filter=userName eq {id}'],
  ['filter=id eq "0192f0c1-7a1b-7c3d-8e4f-5a6b7c8d9e0f?"', 'filter=id eq ?'],
  ['filter=userName eq ada@larch.example', 'filter=?'],
  ['filter=%E0%A4%A', 'filter=?'],
  [
    'excludedAttributes=members&filter=displayName+eq+%22Kiln+%26+Co%22',
    'excludedAttributes=members&filter=displayName eq ?',
  ],
  ['attributes=userName,name.givenName', 'attributes=userName,name.givenName'],
  ['attributes=ada@larch.example', 'attributes=?'],
  ['count=many', 'count=?'],
  ['sortBy=name.familyName&sortOrder=descending', 'sortBy=name.familyName&sortOrder=descending'],
  ['cursor=eyJhIjoxfQ', 'cursor=?'],
  ['cursor=', 'cursor='],
  ['aadOptscim062020', 'aadOptscim062020'],
  ['&&count=2&', 'count=2'],
  ['who=ada', 'who=?'],
  ['COUNT=2', 'COUNT=2'],
  ['ada@larch.example=1', '?=?'],
  [`rollcall_${'a'.repeat(43)}`, '?'],
])('the query "%s" is shown as "%s"', (query, shape) => {
  expect(queryShape(query)).toBe(shape);
});

test('any text has a short shape', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), fc.webUrl(), fc.webQueryParameters());
  fc.assert(
    fc.property(text, (any) => {
      expect(pathShape(any).length).toBeLessThanOrEqual(200);
      expect(queryShape(any).length).toBeLessThanOrEqual(400);
    }),
  );
});

test('no value of a filter is in its shape', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
      const filter = `userName eq ${JSON.stringify(value)}`;
      expect(queryShape(`filter=${encodeURIComponent(filter)}`)).toBe('filter=userName eq ?');
    }),
  );
});

test('no id is in the shape of a path', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(pathShape(`/c/${id}/scim/v2/Groups/${id}`)).toBe('/c/{id}/scim/v2/Groups/{id}');
    }),
  );
});
