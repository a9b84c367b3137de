// Nothing of the catalogue is forgotten: every trouble has its rules or a test of its handling, and every rule its trouble.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diagnosticRules } from '../../../../server/diagnosis/diagnostic-rules.ts';
import { faults } from '../../../idp/faults.ts';
import { caseCoverage } from './case-coverage.ts';

const cases = Object.entries(caseCoverage);

test('the catalogue has its 55 troubles, each found or handled', () => {
  expect(cases.map(([number]) => Number(number))).toEqual(
    Array.from({ length: 55 }, (_, index) => index + 1),
  );
  const forgotten = cases.filter(([, { rules = [], handled = [] }]) => rules.length + handled.length === 0);
  expect(forgotten).toEqual([]);
});

test('every rule finds a trouble of the catalogue, and no other rule is named in it', () => {
  const named = new Set(cases.flatMap(([, { rules = [] }]) => rules));
  expect([...named].sort()).toEqual(diagnosticRules.map(({ id }) => id).sort());
});

test('every test that is named is there, by its words', () => {
  for (const [number, { handled = [] }] of cases)
    for (const [file, words] of handled)
      expect(readFileSync(`test/${file}`, 'utf8'), `${number}: ${file}`).toContain(words);
});

test('every fault of a simulated identity provider is a trouble of the catalogue', () => {
  for (const { name, cases: numbers } of Object.values(faults))
    for (const number of numbers) expect(caseCoverage[number], name).toBeDefined();
});
