// The records that stand in the list and those that came since. Pure: knows their order, not how they are asked for.

interface Ordered {
  readonly seq: number;
}

/** Of the newest records, those that came after the ones shown. `isGap`: there are more between than were asked for. */
export function freshOf<Row extends Ordered>(
  newest: readonly Row[],
  shown: readonly Row[],
): { readonly fresh: readonly Row[]; readonly isGap: boolean } {
  const last = Math.max(0, ...shown.slice(0, 200).map(({ seq }) => seq));
  const fresh = newest.filter(({ seq }) => seq > last);
  return { fresh, isGap: fresh.length > 0 && fresh.length === newest.length && shown.length > 0 };
}
