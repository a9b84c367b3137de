import { expect, test } from 'vitest';
import { attributeChanges } from '../../../server/members/attribute-changes.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test.each([
  ['nothing', { title: 'Smith' }, { title: 'Smith' }, {}],
  ['a new value', { title: 'Smith' }, { title: 'Founder' }, { title: ['Smith', 'Founder'] }],
  ['a value that comes', {}, { active: false }, { active: [null, false] }],
  ['a value that goes', { title: 'Smith' }, {}, { title: ['Smith', null] }],
  [
    'one part of a complex value',
    { name: { givenName: 'Ines', familyName: 'Roth' } },
    { name: { givenName: 'Ines', familyName: 'Kern' } },
    { 'name.familyName': ['Roth', 'Kern'] },
  ],
  ['a complex value that goes', { name: { givenName: 'Ines' } }, {}, { 'name.givenName': ['Ines', null] }],
  [
    'an attribute of an extension',
    { [enterprise]: { department: 'Casting' } },
    { [enterprise]: { department: 'Moulds' } },
    { [`${enterprise}:department`]: ['Casting', 'Moulds'] },
  ],
  [
    'a list, as one value',
    { emails: [{ value: 'a@roth.example' }] },
    { emails: [{ value: 'b@roth.example' }] },
    { emails: [[{ value: 'a@roth.example' }], [{ value: 'b@roth.example' }]] },
  ],
  ['the order of keys, which says nothing', { name: { a: 1, b: 2 } }, { name: { b: 2, a: 1 } }, {}],
])('%s', (_says, before, after, changes) => {
  expect(attributeChanges(before, after)).toEqual(changes);
});
