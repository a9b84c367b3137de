// How wide an element is, as it changes. Knows no element.
import { type RefObject, useLayoutEffect, useState } from 'react';

/** In pixels. */
export function useElementWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = of.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const sized = new ResizeObserver(() => setWidth(element.clientWidth));
    sized.observe(element);
    return () => sized.disconnect();
  }, [of]);
  return width;
}
