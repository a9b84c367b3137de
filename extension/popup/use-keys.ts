// Keys that work anywhere on the popup, but not where somebody writes and not in an open menu. Knows keys, no screen.
import { useEffect, useRef } from 'react';

/** Fields, and what has letters of its own. */
const elsewhere = 'input, textarea, select, [role="menu"] *';

export function useKeys(isOn: boolean, keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!isOn) return;
    const heard = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      const isAll = event.key === 'a' && (event.ctrlKey || event.metaKey);
      if (act === undefined || event.defaultPrevented || event.altKey) return;
      if ((event.ctrlKey || event.metaKey) && !isAll) return;
      if ((event.target as HTMLElement).matches(elsewhere)) return;
      // Arrows belong to whatever has the focus.
      if (event.key.startsWith('Arrow') && document.activeElement !== document.body) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, [isOn]);
}
