// Which rows of a very long list are in sight. Browsers lay out at most some tens of millions of pixels, a million rows
// are more: the scrollbar stands for all of them by scale, the wheel still moves row by row. Pure.

/** Taller than this, browsers round or cut off; Firefox is the first. */
export const tallest = 12_000_000;

/** Where a list stands. All lengths in pixels. */
export interface RowWindow {
  /** The list as if the browser could lay it out: how far its beginning is above the viewport. */
  readonly top: number;
  /** Where the scrollbar stands. */
  readonly scrollTop: number;
}

/** What does not change while somebody scrolls. */
export interface RowLayout {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

export const atTheTop: RowWindow = { top: 0, scrollTop: 0 };

/** How tall the scrolled element is. */
export function laidOutHeight({ rows, rowHeight }: RowLayout): number {
  return Math.min(rows * rowHeight, tallest);
}

/** The list after the scrollbar has moved: a step moves rows one by one, a leap goes by scale. */
export function scrolled(before: RowWindow, scrollTop: number, layout: RowLayout): RowWindow {
  const step = scrollTop - before.scrollTop;
  const end = laidOutHeight(layout) - layout.viewport;
  const isLeap = Math.abs(step) > 4 * layout.viewport;
  const atAnEnd = scrollTop <= 0 || scrollTop >= end - 1;
  if (isLeap || atAnEnd) return { scrollTop, top: clamped(scrollTop / scale(layout), layout) };
  return { scrollTop, top: clamped(before.top + step, layout) };
}

/** Puts the scrollbar where it belongs once it rests: many steps have moved it further than their share. */
export function settled({ top }: RowWindow, layout: RowLayout): RowWindow {
  return { top, scrollTop: Math.round(top * scale(layout)) };
}

/** The list moved as little as it takes to have a row in sight. */
export function withRowInSight(before: RowWindow, row: number, layout: RowLayout): RowWindow {
  const { rowHeight, viewport } = layout;
  const start = row * rowHeight;
  const top = Math.max(Math.min(before.top, start), start + rowHeight - viewport);
  return top === before.top ? before : settled({ ...before, top: clamped(top, layout) }, layout);
}

/** The rows in sight and a few beside them; `last` is not among them. */
export function rowsInSight(
  { top }: RowWindow,
  { rows, rowHeight, viewport }: RowLayout,
  beside = 8,
): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - beside);
  return { first, last: Math.min(rows, Math.ceil((top + viewport) / rowHeight) + beside) };
}

/** From the list as it would be to the list as it is laid out; 1 where it fits. */
function scale(layout: RowLayout): number {
  const whole = layout.rows * layout.rowHeight - layout.viewport;
  return whole <= 0 ? 1 : Math.max(0, laidOutHeight(layout) - layout.viewport) / whole || 1;
}

function clamped(top: number, { rows, rowHeight, viewport }: RowLayout): number {
  return Math.max(0, Math.min(top, rows * rowHeight - viewport));
}
