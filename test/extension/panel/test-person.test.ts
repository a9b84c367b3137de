// Which requests count for the test with one person.
import { expect, test } from 'vitest';
import { type SeenRequest, testedBy } from '../../../extension/panel/test-person.ts';

let seq = 10;
function request(outcome: string, subjectId = 'wren'): SeenRequest {
  seq += 1;
  return { seq, at: seq * 1000, method: 'PATCH', path: '/scim/v2/Users/{id}', outcome, subjectId };
}

/** As the server lists them: newest first. */
const listed = (...requests: readonly SeenRequest[]) => requests.toReversed();

test('nothing counts before somebody was created', () => {
  expect(testedBy(listed(request('updated'), request('deactivated')), 0)).toEqual(Array(4).fill(undefined));
});

test('each request counts for what it did, in whichever order they come', () => {
  const [made, off, renamed, on] = ['created', 'deactivated', 'updated', 'reactivated'].map((it) =>
    request(it),
  );
  if (!made || !off || !renamed || !on) throw new Error('four were made');
  expect(testedBy(listed(made, off, renamed, on), 0)).toEqual([made, renamed, off, on]);
});

test('other people do not count, nor does what came before the test', () => {
  const before = request('created', 'early');
  const made = request('created');
  const records = listed(before, made, request('updated', 'somebody else'), request('deactivated', 'early'));
  expect(testedBy(records, before.seq)).toEqual([made, undefined, undefined, undefined]);
});

test('a person who is taken over counts as created', () => {
  const made = request('adopted');
  expect(testedBy([made], 0)[0]).toBe(made);
});

test('requests about groups do not count', () => {
  expect(testedBy([{ ...request('created'), path: '/scim/v2/Groups' }], 0)[0]).toBeUndefined();
});
