import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runForAll, sliceSize } from '../../../extension/members/action-run.ts';
import { doneSentence, suits } from '../../../extension/members/member-actions.ts';
import {
  isSelected,
  nobody,
  type Picked,
  selectedCount,
  toggled,
  withPeople,
} from '../../../extension/members/member-selection.ts';
import {
  columns,
  columnsThatFit,
  knownColumns,
  usualColumns,
} from '../../../extension/members/people-columns.ts';
import {
  exportPathOf,
  paramsOf,
  peopleQueryOf,
  withFilter,
} from '../../../extension/members/people-query.ts';
import { hashOf, placeOf } from '../../../extension/members/route.ts';
import { sameQuery, withView } from '../../../extension/members/saved-views.ts';
import { memberRoles, memberStatuses } from '../../../shared/member.ts';
import type { MemberActionOutcome } from '../../../shared/member-action.ts';
import { memberExportQuerySchema, memberListQuerySchema, memberSorts } from '../../../shared/member-list.ts';

describe('the address of the members page', () => {
  test('names a section and what it shows, and an unknown one is the people', () => {
    expect(placeOf('#/audit?who=ada')).toEqual({ section: 'audit', params: { who: 'ada' } });
    expect(placeOf('')).toEqual({ section: 'people', params: {} });
    expect(placeOf('#/nothing')).toEqual({ section: 'people', params: {} });
    expect(hashOf('people', { status: 'invited', search: '', role: undefined })).toBe(
      '#/people?status=invited',
    );
  });

  test('carries every filter and order there and back, and the server understands both', () => {
    const filter = fc.record(
      {
        search: fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
        status: fc.constantFrom(...memberStatuses),
        role: fc.constantFrom(...memberRoles),
        connectionId: fc.constantFrom('none', 'c1'),
        groupId: fc.constantFrom('g1'),
        department: fc.constantFrom('Sales & Co', 'Kiln?#%'),
        waiting: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const order = fc.record({
      sort: fc.constantFrom(...memberSorts),
      direction: fc.constantFrom('ascending' as const, 'descending' as const),
    });
    fc.assert(
      fc.property(filter, order, (filter, order) => {
        const query = { filter, ...order };
        expect(peopleQueryOf(placeOf(hashOf('people', paramsOf(query))).params)).toEqual(query);
        expect(memberListQuerySchema.safeParse({ ...filter, ...order }).success).toBe(true);
        const asked = Object.fromEntries(new URLSearchParams(exportPathOf(query).split('?')[1]));
        const waiting = asked.waiting === undefined ? {} : { waiting: asked.waiting === 'true' };
        expect(memberExportQuerySchema.parse({ ...asked, ...waiting })).toEqual({ ...filter, ...order });
      }),
    );
  });

  test('leaves out what it does not understand', () => {
    const query = peopleQueryOf({ status: 'asleep', role: 'admin', sort: 'shoe size', direction: 'up' });
    expect(query).toEqual({ filter: { role: 'admin' }, sort: 'name', direction: 'ascending' });
    expect(withFilter(query, 'role', null).filter).toEqual({});
    expect(withFilter(query, 'search', '').filter).toEqual({ role: 'admin' });
  });
});

describe('columns', () => {
  test('go one by one when there is no room, the status last', () => {
    const names = (width: number) => columnsThatFit(usualColumns, width).map(({ id }) => id);
    expect(names(1200)).toEqual(usualColumns);
    expect(names(700)).not.toContain('groups');
    expect(names(360)).toEqual(['status']);
    expect(names(100)).toEqual([]);
  });

  test('that were kept once and are gone since are not asked for', () => {
    expect(knownColumns(undefined)).toEqual(usualColumns);
    expect(knownColumns(['shoe size', 'role', 'status'])).toEqual(['status', 'role']);
    expect(knownColumns(columns.map(({ id }) => id))).toHaveLength(columns.length);
  });
});

describe('saved views', () => {
  test('of the same name replace each other, and the order of an address means nothing', () => {
    const views = withView([{ name: 'Kiln', query: 'department=Kiln' }], {
      name: 'Wait',
      query: 'waiting=true',
    });
    expect(withView(views, { name: 'Kiln', query: 'role=admin' })).toEqual([
      { name: 'Kiln', query: 'role=admin' },
      { name: 'Wait', query: 'waiting=true' },
    ]);
    expect(sameQuery({ a: '1', b: '2', member: 'm' }, { b: '2', a: '1', c: '' })).toBe(true);
    expect(sameQuery({ a: '1' }, { a: '2' })).toBe(false);
  });
});

const person = (id: string): Picked => ({ id, name: id, email: null, status: 'active', role: 'member' });

describe('the selection', () => {
  test('is of some, one by one, or of all who match but some', () => {
    const some = toggled(withPeople(nobody, [person('a'), person('b')], true), person('b'));
    expect([isSelected(some, 'a'), isSelected(some, 'b'), selectedCount(some, 100)]).toEqual([
      true,
      false,
      1,
    ]);
    const all = toggled({ kind: 'matching', but: new Set<string>() }, person('b'));
    expect([isSelected(all, 'a'), isSelected(all, 'b'), selectedCount(all, 100)]).toEqual([true, false, 99]);
    expect(selectedCount(all, null)).toBe(null);
    expect(selectedCount(withPeople(all, [person('b')], true), 100)).toBe(100);
  });
});

describe('an action for many', () => {
  const ids = Array.from({ length: 2 * sliceSize + 7 }, (_, n) => `p${n}`);
  const done = (id: string): MemberActionOutcome => ({ id, outcome: 'done' });
  const refused = (id: string): MemberActionOutcome => ({
    id,
    outcome: 'refused',
    code: 'x',
    sentence: 'No.',
  });
  const undoOf = (slice: readonly string[]) => [{ action: { kind: 'unblock' } as const, ids: [...slice] }];

  test('goes slice by slice, tells how far it is, and is undone the other way round', async () => {
    const progress: number[] = [];
    const result = await runForAll(
      ids,
      async (slice) => ({
        outcomes: slice.map((id) => (id === 'p3' ? refused(id) : done(id))),
        undo: undoOf(slice),
      }),
      ({ done, refused }) => progress.push(done + refused.length),
      () => false,
    );
    expect(progress).toEqual([sliceSize, 2 * sliceSize, ids.length]);
    expect(result).toMatchObject({ done: ids.length - 1, left: [], error: undefined });
    expect(result.refused.map(({ id }) => id)).toEqual(['p3']);
    expect(result.undo.map(({ ids }) => ids[0])).toEqual([`p${2 * sliceSize}`, `p${sliceSize}`, 'p0']);
  });

  test('keeps whom it did not come to when it is stopped or the server is gone', async () => {
    let turns = 0;
    const change = async (slice: readonly string[]) => {
      turns++;
      if (turns === 2) throw new Error('gone');
      return { outcomes: slice.map(done), undo: [] };
    };
    const broken = await runForAll(
      ids,
      change,
      () => {},
      () => false,
    );
    expect(broken).toMatchObject({ done: sliceSize, left: ids.slice(sliceSize), error: new Error('gone') });
    const stopped = await runForAll(
      ids,
      change,
      () => {},
      () => turns > 2,
    );
    expect(stopped).toMatchObject({ done: sliceSize, left: ids.slice(sliceSize), error: undefined });
  });

  test('is offered where it makes sense for somebody, and told by name for one', () => {
    expect(suits('unblock', new Set(['active', 'blocked']))).toBe(true);
    expect(suits('unblock', new Set(['active', 'invited']))).toBe(false);
    expect(doneSentence('block', 1, 'Noor Haddad')).toBe('Noor Haddad is blocked.');
    expect(doneSentence('block', 1204, undefined)).toBe('1,204 people are blocked.');
  });
});
