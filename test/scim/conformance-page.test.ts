// docs/conformance.md promises nothing that no test shows: every rule is there, and every test it names is too.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/conformance.md', 'utf8');
const rules = [...page.matchAll(/^\| ([RIP]\d+) \| .* \| (.+) \|$/gm)].map(([, rule = '', shown = '']) => ({
  rule,
  tests: [...shown.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file = '', words = '']) => ({ file, words })),
}));

function numbered(letter: string, last: number): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
}

test('every rule of the base protocol, the interoperability profile and the account lifecycle is there once', () => {
  expect(rules.map(({ rule }) => rule)).toEqual([
    ...numbered('R', 17),
    ...numbered('I', 8),
    ...numbered('P', 7),
  ]);
});

test('every rule names a test, and every test that is named is there, by its words', () => {
  for (const { rule, tests } of rules) {
    expect(tests, rule).not.toEqual([]);
    for (const { file, words } of tests) {
      const quoted = [`'${words}'`, `"${words}"`];
      const source = readFileSync(file, 'utf8');
      expect(
        quoted.some((text) => source.includes(text)),
        `${rule}: ${file}: ${words}`,
      ).toBe(true);
    }
  }
});
