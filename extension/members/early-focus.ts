// Gives the focus to a button that came in the place of one that had it. Knows no button.
import { type RefObject, useEffect, useRef } from 'react';
import type { EarlyUse } from '../parts/menu-choice.ts';

export function useEarlyFocus(early: EarlyUse): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (early.focused) button.current?.focus();
  }, [early]);
  return button;
}
