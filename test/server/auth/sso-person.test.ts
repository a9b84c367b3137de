import { describe, expect, test } from 'vitest';
import { readPerson } from '../../../server/auth/sso-person.ts';

const claims = {
  iss: 'https://idp.example',
  sub: '00u1',
  name: ' Noor Haddad ',
  email: 'noor@larkspur.example',
};

describe('what an ID token says of somebody', () => {
  test('is who they are there, and what the directory calls them', () => {
    expect(readPerson('okta', { ...claims, sid: 's1', oid: 'not of Okta' })).toEqual({
      issuer: 'https://idp.example',
      subject: '00u1',
      sid: 's1',
      directoryId: '00u1',
      name: 'Noor Haddad',
      address: 'noor@larkspur.example',
      addressIsProven: false,
    });
    expect(readPerson('entra', { ...claims, oid: 'o1' })).toMatchObject({
      subject: '00u1',
      directoryId: 'o1',
    });
    expect(readPerson('entra', claims).directoryId).toBe('00u1');
  });

  test.each([
    [true, true],
    [false, false],
    ['true', false],
    [1, false],
    [undefined, false],
  ])('proves an address by email_verified: %j → %j', (email_verified, proven) => {
    for (const kind of ['okta', 'other'] as const)
      expect(readPerson(kind, { ...claims, email_verified }).addressIsProven).toBe(proven);
  });

  test.each([
    [true, true],
    ['1', true],
    [1, true],
    [false, 'by_domain'],
    ['0', 'by_domain'],
    [undefined, 'by_domain'],
  ])('of Entra ID, by xms_edov, or by a domain that the org has proven: %j → %j', (xms_edov, proven) => {
    expect(readPerson('entra', { ...claims, email_verified: false, xms_edov }).addressIsProven).toBe(proven);
  });

  test('never by what UserInfo says of another address, nor by what the token says of UserInfo’s', () => {
    const more = { email: 'wren@larkspur.example', email_verified: true };
    expect(readPerson('okta', claims, more)).toMatchObject({
      address: 'noor@larkspur.example',
      addressIsProven: false,
    });
    const { email: _, ...silent } = claims;
    const token = { ...silent, email_verified: true };
    expect(readPerson('okta', token, { ...more, email_verified: false })).toMatchObject({
      address: 'wren@larkspur.example',
      addressIsProven: false,
    });
    expect(readPerson('okta', silent, more).addressIsProven).toBe(true);
    expect(readPerson('okta', silent)).toMatchObject({ address: null });
  });

  test('never lets UserInfo say who it is', () => {
    const other = readPerson('entra', claims, { iss: 'https://evil.example', sub: 'x', sid: 'x', oid: 'x' });
    expect(other).toMatchObject({ issuer: claims.iss, subject: '00u1', sid: null, directoryId: '00u1' });
  });
});
