import { describe, expect, test } from 'vitest';
import { foundBy, searchWords, termsOf, wordsOf } from '../../../server/members/member-search.ts';

test('words are folded: without accents, in lower case, as long as they are kept', () => {
  expect(wordsOf('  Åsa\tLINDQVIST-Ålund ')).toEqual(['asa', 'lindqvist-alund']);
  expect(wordsOf('x'.repeat(100))).toEqual(['x'.repeat(64)]);
  expect(wordsOf(`${'x'.repeat(63)}😀y`)).toEqual(['x'.repeat(63)]);
  expect(wordsOf(' ')).toEqual([]);
});

test('a person is found by names, addresses and department, and by the parts of each before the "@"', () => {
  const { text, terms } = searchWords(
    {
      userName: 'asa@larkspur.example',
      displayName: 'Åsa Lindqvist-Ålund',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Foundry' },
    },
    'a.lindqvist@larkspur.example',
  );
  expect(text).toBe('asa lindqvist-alund asa@larkspur.example a.lindqvist@larkspur.example foundry');
  expect(terms).toEqual(termsOf(text));
  for (const beginning of ['asa', 'lindq', 'alund', 'a.l', 'found'])
    expect(
      terms.filter((term) => term.startsWith(beginning)),
      beginning,
    ).not.toEqual([]);
  expect(terms.filter((term) => term.startsWith('larkspur'))).toEqual([]);
});

test('a term that begins another is left out: whatever finds it finds the other', () => {
  expect(termsOf('noor haddad noor.haddad@larkspur.example')).toEqual([
    'haddad',
    'noor.haddad@larkspur.example',
  ]);
});

describe('a search finds somebody', () => {
  const text = 'noor haddad noor.haddad@larkspur.example sales';
  test.each([
    { leading: 'had', others: [], term: 'haddad' },
    { leading: 'noor', others: [], term: 'noor.haddad@larkspur.example' },
    { leading: 'noor.', others: [], term: 'noor.haddad@larkspur.example' },
    { leading: 'noor', others: ['sal'], term: 'noor.haddad@larkspur.example' },
    { leading: 'noor', others: ['had', 'sales'], term: 'noor.haddad@larkspur.example' },
    { leading: 'noor', others: ['oor'], term: undefined },
    { leading: 'addad', others: [], term: undefined },
    { leading: 'larkspur', others: [], term: undefined },
  ])('by "$leading" with $others: $term', ({ leading, others, term }) => {
    expect(foundBy(text, leading, others)).toBe(term);
  });
});
