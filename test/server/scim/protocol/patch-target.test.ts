import { describe, expect, test } from 'vitest';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { parseTarget } from '../../../../server/scim/protocol/patch-target.ts';
import { printPath } from '../../../../server/scim/protocol/path.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';
import { strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

describe('parseTarget', () => {
  test.each([
    [groupType, 'members', 'members', false],
    [userType, 'name.familyName', 'name.familyName', false],
    [userType, 'addresses[type eq "work"]', 'addresses', true],
    [groupType, 'members[value eq "2819c223-7f76-453a-919d-413861904646"]', 'members', true],
    [groupType, 'members[value eq "2819c223-7f76-453a-919d-413861904646"].display', 'members.display', true],
  ])('RFC 7644 §3.5.2, figure 8: a %o path %s', (type, text, path, filtered) => {
    const target = parseTarget(type, text, strict());
    expect(target && printPath(target.path)).toBe(path);
    expect(target?.filter !== undefined).toBe(filtered);
  });

  test.each([
    ['EMAILS[TYPE EQ "work"].VALUE', 'emails.value'],
    [`${coreUserUrn}:emails[type eq "work"].value`, 'emails.value'],
    [`${enterpriseUserUrn}:manager.value`, `${enterpriseUserUrn}:manager.value`],
    [`${enterpriseUserUrn.toUpperCase()}:DEPARTMENT`, `${enterpriseUserUrn}:department`],
    ['emails[value eq "a]b"].type', 'emails.type'],
  ])('%s points at %s', (text, path) => {
    const target = parseTarget(userType, text, strict());
    expect(target && printPath(target.path)).toBe(path);
  });

  test.each([
    ['a blank', ' '],
    ['a filter without an end', 'emails[type eq "work"'],
    ['a filter without an attribute', '[type eq "work"]'],
    ['a sub-attribute before the filter', 'emails.value[type eq "work"]'],
    ['text behind the filter', 'emails[type eq "work"]value'],
    ['two sub-attributes', 'emails[type eq "work"].value.x'],
    ['two value paths', 'emails[type eq "work"] and phoneNumbers[type eq "work"]'],
    ['a filter on one value', 'name[familyName eq "x"]'],
    ['a slash', '/emails'],
    ['an index', 'emails[0]x'],
  ])('RFC 7644 §3.12: %s is invalidPath', (_, text) => {
    expect(refusalOf(() => parseTarget(userType, text, tolerant()))).toBe('invalidPath');
  });

  test.each(['emails[type]', 'emails[type eq work]', 'emails[colour eq "red"]', 'emails[0]'])(
    'RFC 7644 §3.12: the filter of %s is invalidFilter',
    (text) => {
      expect(refusalOf(() => parseTarget(userType, text, tolerant()))).toBe('invalidFilter');
    },
  );

  test.each(['shoeSize', 'name.nick', 'emails[type eq "work"].colour', 'shoes[type eq "work"].size'])(
    'the unknown attribute %s is noted; strictly it is invalidSyntax',
    (text) => {
      const reading = tolerant();
      expect(parseTarget(userType, text, reading)).toBeUndefined();
      expect(reading.notes.map(([quirk]) => quirk)).toEqual(['unknown-attribute']);
      expect(refusalOf(() => parseTarget(userType, text, strict()))).toBe('invalidSyntax');
    },
  );

  test.each([
    ['emails[type eq "Work"]', { type: 'Work' }],
    ['emails[type eq "work" and primary eq true]', { type: 'work', primary: true }],
    ['roles[primary eq "True"].value', { primary: true }],
    ['emails[type eq "work" or type eq "home"]', undefined],
    ['emails[type sw "w"]', undefined],
    ['emails[not (type eq "work")]', undefined],
    ['emails[type pr]', undefined],
  ])('the entry that %s describes is %j', (text, seed) => {
    expect(parseTarget(userType, text, tolerant())?.seed).toEqual(seed);
  });
});
