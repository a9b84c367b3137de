// Escape for what lies beside a page: dialogs, menus and fields that have use for the key come first. Knows nothing of them
// but their roles.
import { useEffect, useEffectEvent } from 'react';

const above = '[role="dialog"], [role="menu"]';
const field = 'input, textarea, select';

/** Calls back for a key that nothing else has taken. */
export function useEscape(onEscape: () => void): void {
  const leave = useEffectEvent(onEscape);
  useEffect(() => {
    let isTaken = false;
    // Before the dialog itself hears of it, which is gone when the page's turn has come.
    const look = ({ key }: KeyboardEvent) => {
      isTaken = key === 'Escape' && document.querySelector(above) !== null;
    };
    const pressed = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.matches(field);
      if (event.key === 'Escape' && !event.defaultPrevented && !inField && !isTaken) leave();
    };
    window.addEventListener('keydown', look, { capture: true });
    document.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      document.removeEventListener('keydown', pressed);
    };
  }, []);
}
