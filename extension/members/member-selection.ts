// Who is selected in the people's list: some of them one by one, or everybody that the filters meet. Pure.
import type { MemberListRow } from '../../shared/member-list.ts';

/** Somebody selected, as far as actions and their outcome need to know them. */
export type Picked = Pick<MemberListRow, 'id' | 'name' | 'email' | 'status' | 'role'>;

export type Selection =
  | { readonly kind: 'some'; readonly people: ReadonlyMap<string, Picked> }
  /** Everybody that the filters meet, but these. */
  | { readonly kind: 'matching'; readonly but: ReadonlySet<string> };

export const nobody: Selection = { kind: 'some', people: new Map() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.people.has(id) : !selection.but.has(id);
}

/** How many are selected; null while nobody has counted those who match. */
export function selectedCount(selection: Selection, matching: number | null): number | null {
  if (selection.kind === 'some') return selection.people.size;
  return matching === null ? null : Math.max(0, matching - selection.but.size);
}

/** Selects people or takes them out, whatever they were before. */
export function withPeople(selection: Selection, people: readonly Picked[], selected: boolean): Selection {
  if (selection.kind === 'some') {
    const next = new Map(selection.people);
    for (const person of people) selected ? next.set(person.id, person) : next.delete(person.id);
    return { kind: 'some', people: next };
  }
  const but = new Set(selection.but);
  for (const { id } of people) selected ? but.delete(id) : but.add(id);
  return { kind: 'matching', but };
}

export function toggled(selection: Selection, person: Picked): Selection {
  return withPeople(selection, [person], !isSelected(selection, person.id));
}
