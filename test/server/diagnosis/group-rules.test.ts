// How the rules about groups tell their faults apart, on evidence that is written down.
import { expect, test } from 'vitest';
import { evidenceOf, now, recordedFaults, seenNow } from './recorded-faults.ts';

const fault = recordedFaults['group.assigned_and_pushed']?.fault ?? evidenceOf('okta');
const gone = recordedFaults['group.gone']?.fault ?? evidenceOf('okta');
const rulesSeen = (evidence: typeof fault) => [...seenNow(evidence).keys()];

test('one push before its people may be an accident: the group and its people are told of', () => {
  const once = { ...fault, refusals: fault.refusals.slice(0, 1) };
  expect(rulesSeen(once)).toEqual(['group.unknown_members']);
  expect(rulesSeen(fault)).toEqual(['group.assigned_and_pushed']);
});

test('a group with people who never come is told of beside those who come late', () => {
  const [early] = fault.refusals;
  const detail = '2 members of "Glaze "early" crew" are not in this directory (a, b).';
  const never = early === undefined ? [] : [{ ...early, seq: now, at: now, detail }];
  const seen = seenNow({ ...fault, refusals: [...never, ...fault.refusals] });
  expect([...seen.keys()]).toEqual(['group.assigned_and_pushed', 'group.unknown_members']);
  expect(seen.get('group.unknown_members')?.sentence).toBe(
    'Okta pushes “Glaze "early" crew” with people who are not in this directory.',
  );
});

test('a removed group is called by its name as long as that is kept, and by none if nobody ever had it', () => {
  const sentence = (evidence: typeof fault) => seenNow(evidence).get('group.gone')?.sentence;
  const erased = new Map([['g-17', { name: null, removedAt: Date.UTC(2026, 9, 1, 14, 2) }]]);
  expect(sentence({ ...gone, goneGroups: erased })).toBe(
    'Okta pushes a group, which was removed here on 1 October 2026 at 14:02 UTC.',
  );
  expect(sentence({ ...gone, goneGroups: new Map() })).toBe(
    'Okta pushes a group that is not in this directory.',
  );
});

test('Okta reads a group before it writes it; what Entra reads in vain it makes anew', () => {
  const reading = gone.refusals.map((one) => ({ ...one, method: 'GET' }));
  expect(rulesSeen({ ...gone, refusals: reading })).toEqual(['group.gone']);
  const entra = evidenceOf('entra', { refusals: reading });
  expect(rulesSeen(entra)).toEqual([]);
});
