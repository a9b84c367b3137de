import { describe, expect, test } from 'vitest';
import type { Attribute } from '../../../../server/scim/protocol/attribute.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';

const schemas = [userType, groupType].flatMap((type) => [
  type.schema,
  ...type.extensions.map((extension) => extension.schema),
]);
const everyAttribute = schemas.flatMap(({ id, attributes }) =>
  attributes.flatMap((attribute) => [
    [`${id}:${attribute.name}`, attribute] as const,
    ...(attribute.subAttributes ?? []).map((sub) => [`${id}:${attribute.name}.${sub.name}`, sub] as const),
  ]),
);
const named = (ending: string) => everyAttribute.filter(([path]) => path.endsWith(ending));
const traits = (ending: string): Partial<Attribute> | undefined => named(ending)[0]?.[1];

describe('the schemas of users and groups', () => {
  test('RFC 7643 §4.1: a user has every core attribute but the password', () => {
    expect(userType.schema.attributes.map(({ name }) => name)).toEqual(
      [
        'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active',
        'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates',
      ]
        .join(' ')
        .split(' '),
    );
  });

  test('RFC 7643 §4.3: the enterprise extension has its six attributes', () => {
    expect(userType.extensions[0]?.schema.attributes.map(({ name }) => name)).toEqual(
      'employeeNumber costCenter organization division department manager'.split(' '),
    );
  });

  test.each([
    [':User:userName', { required: true, uniqueness: 'server', caseExact: false }],
    [':User:groups', { mutability: 'readOnly', multiValued: true }],
    [':User:manager.displayName', { mutability: 'readOnly' }],
    [':User:x509Certificates.value', { type: 'binary' }],
    [':User:active', { type: 'boolean' }],
    [':Group:displayName', { required: true, uniqueness: 'server' }],
    [':Group:members.value', { mutability: 'immutable' }],
  ])('RFC 7643 §8.7.1: %s is %j', (path, expected) => {
    expect(traits(path)).toMatchObject(expected);
  });

  test('every "type" names its canonical values', () => {
    const types = named('.type');
    expect(types.length).toBeGreaterThan(9);
    for (const [path, { canonicalValues }] of types)
      expect(canonicalValues?.length ?? 0, path).toBeGreaterThan(0);
  });

  test('every plural attribute of a user can mark an entry as primary, but the groups', () => {
    const plural = userType.schema.attributes.filter(({ multiValued }) => multiValued);
    const without = plural.filter(
      ({ subAttributes }) => !subAttributes?.some(({ name }) => name === 'primary'),
    );
    expect(without.map(({ name }) => name)).toEqual(['groups']);
  });

  test.each(everyAttribute)('RFC 7643 §2.3: %s has the characteristics of its type', (_, definition) => {
    const { type, caseExact, referenceTypes, subAttributes, description } = definition;
    if (type === 'reference' || type === 'binary') expect(caseExact).toBe(true);
    expect(referenceTypes !== undefined).toBe(type === 'reference');
    expect(subAttributes !== undefined).toBe(type === 'complex');
    expect(subAttributes?.some((sub) => sub.type === 'complex') ?? false).toBe(false);
    expect(description).toMatch(/\.$/);
  });
});
