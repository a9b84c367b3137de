import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from '../../../server/pages/local-path.ts';

test.each(['/', '/sessions', '/extension/authorize?client_id=a&state=%2F%2Fb', '/a/b/../c?d=/e'])(
  'a path of this server is gone on to: %s',
  (path) => {
    const { pathname, search } = new URL(path, 'http://here.example');
    expect(localPath(path)).toBe(`${pathname}${search}`);
  },
);

const tricks = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/a/..//evil.example',
  '/.\\/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  'sign-in',
  '',
  '/\u0000/evil.example',
  '/％2f/evil.example/é',
  `/${'a'.repeat(2000)}`,
];

test.each(tricks)('anything else leads to the start page: %j', (given) => {
  expect(localPath(given)).toBe('/');
});

test('whatever is given, a browser stays here', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '\t',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'http:',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = localPath(parts.join(''));
      expect(path.startsWith('/') && !path.startsWith('//')).toBe(true);
      expect(new URL(path, 'https://here.example').origin).toBe('https://here.example');
    }),
    { numRuns: 5000 },
  );
});
