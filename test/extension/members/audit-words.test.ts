// The audit log in words, and its filters between the page's address and the server.
import { expect, test } from 'vitest';
import { auditFilterOf, auditQueryString } from '../../../extension/members/audit-filter.ts';
import { changesInBrief, valueWords } from '../../../extension/members/audit-words.ts';

test('values are told as people read them', () => {
  expect([null, true, 12, ['a', 'b'], [], { days: 3 }].map(valueWords)).toEqual([
    'nothing',
    'on',
    '12',
    'a, b',
    'nothing',
    'days: 3',
  ]);
});

test('the first change stands for all of them, with how many more there are', () => {
  const entry = { changes: { role: ['member', 'admin'], active: [true, false] } } as never;
  expect(changesInBrief(entry)).toBe('role: member → admin, and 1 more');
});

test('days of the address are whole days of the reader, and what cannot be read asks for nothing', () => {
  const filter = auditFilterOf({ from: '2026-11-03', to: '2026-11-03', action: 'member.', actor: '' });
  expect(filter).toEqual({
    action: 'member.',
    from: new Date(2026, 10, 3).getTime(),
    to: new Date(2026, 10, 4).getTime(),
  });
  expect(auditFilterOf({ from: 'yesterday' })).toEqual({});
  expect(auditQueryString({ action: 'member.' })).toBe('?action=member.');
  expect(auditQueryString({})).toBe('');
});
