import { describe, expect, test } from 'vitest';
import { memberIdentity, memberName } from '../../../server/members/member-identity.ts';

describe('the address of a person', () => {
  test.each([
    [
      'the primary one',
      [
        { value: 'first@birch.example', type: 'work' },
        { value: 'second@birch.example', primary: true },
      ],
      'second@birch.example',
    ],
    [
      'the work one where none is primary',
      [
        { value: 'home@birch.example', type: 'home' },
        { value: 'desk@birch.example', type: 'work' },
      ],
      'desk@birch.example',
    ],
    [
      'the first where none says more',
      [{ value: 'one@birch.example' }, { value: 'two@birch.example' }],
      'one@birch.example',
    ],
    [
      'a value-less entry does not count',
      [{ primary: true }, { value: 'b@birch.example' }],
      'b@birch.example',
    ],
    ['the userName where there is none', [], 'lea@birch.example'],
  ])('%s', (_says, emails, expected) => {
    const { email } = memberIdentity({ userName: 'lea@birch.example', emails });
    expect(email).toBe(expected);
  });

  test('a userName that is no address gives none', () => {
    expect(memberIdentity({ userName: 'lea' })).toMatchObject({
      email: null,
      emailNorm: null,
      allEmails: [],
    });
  });
});

test('names and addresses are folded beyond ASCII, and repeats count once', () => {
  const identity = memberIdentity({
    userName: 'ÉLODIE@Birch.example',
    displayName: 'ΣΊΣΥΦΟΣ',
    emails: [{ value: 'Élodie@birch.example' }, { value: 'ÉLODIE@BIRCH.EXAMPLE' }],
  });
  expect(identity).toMatchObject({
    userName: 'ÉLODIE@Birch.example',
    userNameNorm: 'élodie@birch.example',
    emailNorm: 'élodie@birch.example',
    allEmails: ['élodie@birch.example'],
  });
  expect(identity.displayNameNorm).toBe(
    memberIdentity({ userName: 'x', displayName: 'σίσυφος' }).displayNameNorm,
  );
});

test('externalId stays as it is', () => {
  expect(memberIdentity({ userName: 'lea', externalId: 'AbC' }).externalId).toBe('AbC');
  expect(memberIdentity({ userName: 'lea' }).externalId).toBeNull();
});

test('a person is called by the display name, else by the userName', () => {
  expect(memberName({ userName: 'lea', displayName: 'Lea Birch' })).toBe('Lea Birch');
  expect(memberName({ userName: 'lea' })).toBe('lea');
});
