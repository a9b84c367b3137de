// What an import comes to, in words.
import { expect, test } from 'vitest';
import { lineSentence, totalsSentence } from '../../../extension/members/import-words.ts';

test('a problem names its column, what stands there and what is wrong', () => {
  const at = { kind: 'problem', line: 7 } as const;
  expect(lineSentence({ ...at, column: 'role', value: 'boss', problem: 'unknown_role' })).toBe(
    'role: “boss” is no role; there are owner, admin and member.',
  );
  expect(lineSentence({ ...at, column: 'email', value: '', problem: 'no_address' })).toBe(
    'email: it is missing; every line needs an e-mail address.',
  );
});

test('a change tells from what to what', () => {
  const person = { line: 2, name: 'Noor Haddad', email: 'noor@larkspur.example', memberId: 'm' };
  const changes = { title: ['', 'Lead'], role: ['member', 'admin'] } as const;
  expect(lineSentence({ kind: 'update', ...person, changes })).toBe(
    'title: nothing → Lead, role: member → admin',
  );
});

test('the totals say what would happen and what is left out', () => {
  const totals = { new: 2, update: 1, unchanged: 4, managed: 0, problem: 3 };
  expect(totalsSentence({ totals })).toBe(
    '2 people would be added, 1 person would be changed. 3 lines have problems and would be left out.',
  );
  expect(totalsSentence({ totals: { ...totals, new: 0, update: 0, problem: 0 } })).toBe(
    'Nothing would change.',
  );
});
