// Nobody who has only a keyboard loses their place: when what has the focus goes away and nothing else takes it, the
// nearest of what is left gets it. Knows elements, no screen.

const stops =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Whoever closes a dialog or a menu may place the focus first, for so many milliseconds. */
const patience = 150;

/** Begins to look after the focus of this page. */
export function keepFocus(): void {
  /** What had the focus last in the page itself, not in something over it, with all that is around it. */
  let trail: readonly Element[] = [];
  /** The same in what lies over it: a button that waits for an answer can have no focus, and a refusal leaves it there. */
  let above: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLost = () => document.activeElement === document.body;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    above = target.closest('[data-portal]') === null ? [] : withParents(target);
    if (above.length === 0) trail = withParents(target);
  });
  // Somebody who clicks beside everything has no place to go back to.
  document.addEventListener('pointerdown', () => {
    trail = [];
    above = [];
  });
  const giveBack = () => {
    if (!isLost()) return;
    const isAsked = document.querySelector('[aria-modal="true"]') !== null;
    for (const element of isAsked ? above : trail) {
      const next = element.isConnected ? nearestStop(element) : undefined;
      if (next === undefined) continue;
      next.focus({ preventScroll: true });
      return;
    }
  };
  const changed = () => {
    if (trail.length + above.length === 0 || !isLost()) return;
    clearTimeout(timer);
    timer = setTimeout(giveBack, patience);
  };
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
}

function withParents(element: Element): readonly Element[] {
  const around: Element[] = [];
  for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement)
    around.push(each);
  return around;
}

/** The first stop in an element; the whole of the main part, where nothing in it can have the focus yet. */
function nearestStop(element: Element): HTMLElement | undefined {
  const found = [element, ...element.querySelectorAll(stops)].find(
    (each): each is HTMLElement =>
      each instanceof HTMLElement &&
      each.matches(stops) &&
      each.checkVisibility() &&
      each.closest('[inert]') === null,
  );
  return found ?? (element instanceof HTMLElement && element.matches('main[tabindex]') ? element : undefined);
}
