// Which people of a list are selected and where the keyboard stands, as one function from a state and an act to the next
// state. Pure; knows ids in their order, no screen.

export interface ListSelection {
  readonly selected: ReadonlySet<string>;
  /** Where the keyboard stands; undefined before it was used. */
  readonly active: string | undefined;
  /** Where a range begins. */
  readonly anchor: string | undefined;
}

export const nothingSelected: ListSelection = { selected: new Set(), active: undefined, anchor: undefined };

export type SelectionAct =
  /** A click or the space bar: one person, or with `extend` everybody from the anchor to them. */
  | {
      readonly kind: 'toggle';
      readonly id: string;
      readonly extend: boolean;
      readonly ids: readonly string[];
    }
  | { readonly kind: 'move'; readonly to: string; readonly extend: boolean; readonly ids: readonly string[] }
  | { readonly kind: 'all'; readonly ids: readonly string[] }
  | { readonly kind: 'none' };

export function selectionAfter(state: ListSelection, act: SelectionAct): ListSelection {
  switch (act.kind) {
    case 'toggle': {
      const { id, extend, ids } = act;
      if (extend && state.anchor !== undefined)
        return {
          ...state,
          selected: new Set([...state.selected, ...between(ids, state.anchor, id)]),
          active: id,
        };
      const selected = new Set(state.selected);
      if (!selected.delete(id)) selected.add(id);
      return { selected, active: id, anchor: id };
    }
    case 'move': {
      const { to, extend, ids } = act;
      if (!extend) return { ...state, active: to, anchor: to };
      const anchor = state.anchor ?? state.active ?? to;
      return { selected: new Set([...state.selected, ...between(ids, anchor, to)]), active: to, anchor };
    }
    case 'all':
      return { ...state, selected: new Set(act.ids) };
    case 'none':
      return { ...state, selected: new Set() };
  }
}

/** How far a key goes in a list, in rows; undefined for keys that do not move. */
export function rowAfterKey(key: string, row: number, rows: number, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: rows - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(rows - 1, to));
}

function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a === -1 || b === -1 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
