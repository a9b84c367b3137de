import { describe, expect, test } from 'vitest';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { type PatchStep, patchOpUrn, planPatch } from '../../../../server/scim/protocol/patch-plan.ts';
import { printPath } from '../../../../server/scim/protocol/path.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';
import { type RecordedReading, strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

const body = (...operations: readonly unknown[]) => ({ schemas: [patchOpUrn], Operations: operations });
const plan = (operation: unknown, reading: RecordedReading = tolerant()) =>
  planPatch(userType, body(operation), reading).map(brief);
const brief = ({ op, target, value }: PatchStep) =>
  value === undefined ? [op, printPath(target.path)] : [op, printPath(target.path), value];
const quirksOf = (operation: unknown) => {
  const reading = tolerant();
  plan(operation, reading);
  return reading.notes;
};

describe('RFC 7644 §3.5.2: the message', () => {
  test.each([
    ['no object', 'text'],
    ['no Operations', { schemas: [patchOpUrn] }],
    ['no operation', body()],
    ['Operations that are no array', { schemas: [patchOpUrn], Operations: { op: 'remove', path: 'title' } }],
    ['an operation that is no object', body('remove')],
    ['no op', body({ path: 'title', value: 'x' })],
    ['an op of RFC 6902', body({ op: 'move', path: 'title', value: 'x' })],
    [
      'more operations than a server should take',
      body(...Array(10_001).fill({ op: 'remove', path: 'title' })),
    ],
  ])('%s is invalidSyntax', (_, message) => {
    expect(refusalOf(() => planPatch(userType, message, tolerant()))).toBe('invalidSyntax');
  });

  test('a body without the PatchOp schema is noted, and strictly invalidSyntax', () => {
    const message = { Operations: [{ op: 'remove', path: 'title' }] };
    const reading = tolerant();
    expect(planPatch(userType, message, reading)).toHaveLength(1);
    expect(reading.notes).toEqual([['schemas-missing', undefined]]);
    expect(refusalOf(() => planPatch(userType, message, strict()))).toBe('invalidSyntax');
  });

  test('names of the message are understood in any letter case, and so is op, with a note', () => {
    const message = { Schemas: [patchOpUrn], operations: [{ OP: 'Replace', Path: 'title', VALUE: 'x' }] };
    const reading = strict();
    expect(planPatch(userType, message, reading).map(brief)).toEqual([['replace', 'title', 'x']]);
    expect(reading.notes).toEqual([['op-case', undefined]]);
  });
});

describe('operations with a path', () => {
  test.each([
    ['a value', { op: 'replace', path: 'title', value: 'Guide' }, [['replace', 'title', 'Guide']]],
    [
      'another letter case',
      { op: 'add', path: 'NAME.familyname', value: 'H' },
      [['add', 'name.familyName', 'H']],
    ],
    ['the core URN', { op: 'remove', path: `${coreUserUrn}:title` }, [['remove', 'title']]],
    [
      'a bare entry for many',
      { op: 'add', path: 'emails', value: { value: 'a' } },
      [['add', 'emails', [{ value: 'a' }]]],
    ],
    ['null to replace with', { op: 'replace', path: 'title', value: null }, [['remove', 'title']]],
    ['an empty array to replace with', { op: 'replace', path: 'emails', value: [] }, [['remove', 'emails']]],
    ['null to add', { op: 'add', path: 'title', value: null }, []],
    [
      'schemas, which follow from the attributes',
      { op: 'add', path: 'schemas', value: ['urn:example:hr'] },
      [],
    ],
    [
      'a whole extension to add',
      { op: 'add', path: enterpriseUserUrn, value: { department: 'Tours' } },
      [['add', `${enterpriseUserUrn}:department`, 'Tours']],
    ],
    [
      'a whole extension to remove',
      { op: 'remove', path: enterpriseUserUrn },
      'employeeNumber costCenter organization division department manager'
        .split(' ')
        .map((name) => ['remove', `${enterpriseUserUrn}:${name}`]),
    ],
  ])('%s', (_, operation, steps) => {
    const reading = strict();
    expect(plan(operation, reading)).toEqual(steps);
    expect(reading.notes).toEqual([]);
  });

  test.each([
    ['invalidPath', { op: 'replace', path: 'title..x', value: 'x' }],
    ['invalidPath', { op: 'replace', path: 7, value: 'x' }],
    ['invalidFilter', { op: 'replace', path: 'emails[type eq].value', value: 'x' }],
    ['invalidValue', { op: 'replace', path: 'title' }],
    ['invalidValue', { op: 'replace', path: 'active', value: 'maybe' }],
    ['invalidValue', { op: 'replace', path: 'userName', value: '' }],
    ['invalidValue', { op: 'replace', path: 'userName', value: null }],
    ['mutability', { op: 'replace', path: 'id', value: 'u2' }],
    ['mutability', { op: 'remove', path: 'meta' }],
    ['mutability', { op: 'add', path: 'meta.created', value: '2024-01-01T00:00:00Z' }],
    ['mutability', { op: 'add', path: 'groups', value: [{ value: 'g1' }] }],
    ['mutability', { op: 'remove', path: 'groups[value eq "g1"]' }],
    ['mutability', { op: 'replace', path: `${enterpriseUserUrn}:manager.displayName`, value: 'Sam' }],
    ['noTarget', { op: 'remove' }],
    ['noTarget', { op: 'remove', value: { title: 'x' } }],
  ])('RFC 7644 §3.12: %s for %j', (scimType, operation) => {
    expect(refusalOf(() => plan(operation))).toBe(scimType);
  });

  test('a password is neither read nor kept', () => {
    expect(plan({ op: 'replace', path: 'password', value: 'not-a-secret' })).toEqual([]);
    expect(quirksOf({ op: 'replace', path: 'password', value: 'x' })).toEqual([
      ['password-ignored', 'password'],
    ]);
    expect(quirksOf({ op: 'replace', value: { password: 'x' } })).toContainEqual([
      'password-ignored',
      'password',
    ]);
  });
});

describe('operations without a path', () => {
  test('one step for each attribute, whatever way its key names it', () => {
    const reading = tolerant();
    const value = {
      active: 'False',
      'name.familyName': 'Halloran',
      [`${enterpriseUserUrn}:department`]: 'Tours',
      'emails[type eq "work"].value': 'mira@orchard.example',
      [enterpriseUserUrn]: { costCenter: '4130', 'manager.value': 'u2' },
      shoeSize: 44,
    };
    expect(plan({ op: 'replace', value }, reading)).toEqual([
      ['replace', 'active', false],
      ['replace', 'name.familyName', 'Halloran'],
      ['replace', `${enterpriseUserUrn}:department`, 'Tours'],
      ['replace', 'emails.value', 'mira@orchard.example'],
      ['replace', `${enterpriseUserUrn}:costCenter`, '4130'],
      ['replace', `${enterpriseUserUrn}:manager.value`, 'u2'],
    ]);
    expect(reading.notes).toEqual([
      ['missing-path', undefined],
      ['boolean-as-string', 'active'],
      ['dotted-key', 'name.familyName'],
      ['urn-key', `${enterpriseUserUrn}:department`],
      ['dotted-key', 'emails.value'],
      ['dotted-key', `${enterpriseUserUrn}:manager.value`],
      ['unknown-attribute', 'shoeSize'],
    ]);
  });

  test('what a client sends back because it read it is passed over', () => {
    const value = { id: 'u1', schemas: [coreUserUrn], meta: {}, groups: [], displayName: 'Mira' };
    expect(plan({ op: 'replace', value })).toEqual([['replace', 'displayName', 'Mira']]);
    expect(quirksOf({ op: 'replace', value })).toEqual([['missing-path', undefined]]);
  });

  test.each([[{ op: 'add', value: 'text' }], [{ op: 'add' }], [{ op: 'replace', path: null, value: [] }]])(
    '%j is invalidValue',
    (operation) => {
      expect(refusalOf(() => plan(operation))).toBe('invalidValue');
    },
  );

  test('an extension assigned null is removed', () => {
    expect(plan({ op: 'replace', value: { [enterpriseUserUrn]: null } })).toHaveLength(6);
  });

  test('keys with a meaning in JavaScript are unknown attributes', () => {
    const value = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"a":1},"name.__proto__":{"a":1}}');
    expect(plan({ op: 'add', value })).toEqual([]);
  });
});

describe('the interoperability profile, read strictly', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['no path', 'invalidSyntax', { op: 'replace', value: { title: 'x' } }],
    [
      'a value filter without a sub-attribute',
      'invalidPath',
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'a' } },
    ],
    ['a whole entry to remove', 'invalidPath', { op: 'remove', path: 'emails[type eq "work"]' }],
    ['an unknown attribute', 'invalidSyntax', { op: 'replace', path: 'shoeSize', value: 44 }],
    [
      'an unknown sub-attribute in a value',
      'invalidSyntax',
      { op: 'replace', path: 'name', value: { nick: 'M' } },
    ],
  ];

  test.each(cases)('%s is %s', (_, scimType, operation) => {
    expect(refusalOf(() => plan(operation, strict()))).toBe(scimType);
    expect(refusalOf(() => plan(operation))).toBeUndefined();
  });
});
