// Follows the scrolling of a very long list. Knows one element; which rows are in sight, row-window does.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  atTheTop,
  laidOutHeight,
  type RowLayout,
  type RowWindow,
  rowsInSight,
  scrolled,
  settled,
  withRowInSight,
} from './row-window.ts';

/** How long after the last movement the scrollbar counts as resting, in milliseconds. */
const restMs = 150;

export interface RowWindowOnScreen {
  readonly first: number;
  readonly last: number;
  /** Of the element that holds the rows, in pixels. */
  readonly height: number;
  /** Where a row stands in that element, in pixels. */
  readonly offsetOf: (row: number) => number;
  readonly show: (row: number) => void;
  readonly toTop: () => void;
}

/** `scroller` scrolls; its rows are below a head of `headHeight` pixels that stays. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  given: { readonly rows: number; readonly rowHeight: number; readonly headHeight: number },
): RowWindowOnScreen {
  const { rows, rowHeight, headHeight } = given;
  const [viewport, setViewport] = useState(600);
  const [current, setCurrent] = useState<RowWindow>(atTheTop);
  const layout: RowLayout = { rows, rowHeight, viewport };
  const latest = useRef({ layout, current });
  latest.current = { layout, current };

  const move = useCallback(
    (next: RowWindow) => {
      latest.current.current = next;
      setCurrent(next);
      if (scroller.current && Math.abs(scroller.current.scrollTop - next.scrollTop) > 1)
        scroller.current.scrollTop = next.scrollTop;
    },
    [scroller],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const { layout, current } = latest.current;
      const next = scrolled(current, element.scrollTop, layout);
      latest.current.current = next;
      setCurrent(next);
      clearTimeout(resting);
      if (layout.rows * layout.rowHeight > laidOutHeight(layout))
        resting = setTimeout(() => move(settled(latest.current.current, latest.current.layout)), restMs);
    };
    const sized = new ResizeObserver(() =>
      setViewport(Math.max(rowHeight, element.clientHeight - headHeight)),
    );
    sized.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(resting);
      sized.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, rowHeight, headHeight, move]);

  // A list that has become shorter ends where it ends.
  useLayoutEffect(() => {
    const most = Math.max(0, rows * rowHeight - viewport);
    if (latest.current.current.top > most)
      move(settled({ top: most, scrollTop: 0 }, { rows, rowHeight, viewport }));
  }, [rows, rowHeight, viewport, move]);

  const shift = current.scrollTop - current.top;
  return {
    ...rowsInSight(current, layout),
    height: laidOutHeight(layout),
    offsetOf: (row) => row * rowHeight + shift,
    show: (row) => {
      const next = withRowInSight(latest.current.current, row, latest.current.layout);
      if (next !== latest.current.current) move(next);
    },
    toTop: () => move(atTheTop),
  };
}
