// What a button that came in the place of another one takes over from it: the focus, and a press. Knows no button.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { EarlyUse } from './menu-choice.ts';

export interface TakenOver {
  readonly button: RefObject<HTMLButtonElement | null>;
  /** Whether what stands behind the button is open. */
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
}

export function useEarlyUse(early: EarlyUse): TakenOver {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  // Asked once this button is there, not while it is drawn: until then the other one may still be pressed.
  useLayoutEffect(() => {
    // Whoever has gone on meanwhile is not called back.
    if (early.focused && document.activeElement === document.body) button.current?.focus();
    if (early.pressed) setOpened(true);
  }, [early]);
  return { button, opened, setOpened };
}
