// Provisioning records in words, and which of them are new.
import { expect, test } from 'vitest';
import { freshOf } from '../../../extension/members/record-feed.ts';
import { durationOf, pathOf, quirkSentence, quirkWords } from '../../../extension/members/record-words.ts';
import { quirks } from '../../../server/scim/protocol/quirk.ts';

test('every departure that the server can note has its words', () => {
  expect(Object.keys(quirkWords).sort()).toEqual(Object.keys(quirks).sort());
});

test('a departure with its attribute names it, a full attribute name included', () => {
  const urn = 'urn:ietf:params:scim:schemas:core:2.0:User:nickName';
  expect(quirkSentence(`unknown-attribute:${urn}`)).toBe(
    `${urn}: An attribute that Rollcall does not know was left out.`,
  );
  expect(quirkSentence('from-tomorrow')).toBe('from-tomorrow');
});

test('durations and paths are short', () => {
  expect([800, 12_300, 1_400_000].map((durationUs) => durationOf({ durationUs }))).toEqual([
    '0.8 ms',
    '12 ms',
    '1.4 s',
  ]);
  expect(pathOf('/scim/v2/Users/{id}')).toBe('/Users/{id}');
});

test('new records are those after the ones shown; a full page of them leaves a gap', () => {
  const rows = (...seqs: readonly number[]) => seqs.map((seq) => ({ seq }));
  expect(freshOf(rows(5, 4, 3), rows(3, 2))).toEqual({ fresh: rows(5, 4), isGap: false });
  expect(freshOf(rows(9, 8, 7), rows(3, 2))).toEqual({ fresh: rows(9, 8, 7), isGap: true });
  expect(freshOf(rows(3, 2), rows(3, 2))).toEqual({ fresh: [], isGap: false });
  expect(freshOf(rows(1), [])).toEqual({ fresh: rows(1), isGap: false });
});
