// The last frame: the page's own markup as it stood when it was at rest, kept to be painted before the program is loaded
// the next time. Knows what must not be in it; no screen.
import type { QueryClient } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { programOf } from './page-program.ts';
import type { StandingStore } from './standing.ts';
import { type Account, type FrameKey, write } from './storage.ts';

/** At most one frame is kept in so many milliseconds: a popup is gone soon, and a list of people changes often. */
const pauseMs: Readonly<Record<FrameKey, number>> = { popupFrame: 300, membersFrame: 2000 };

/** What could do anything by itself; views draw none of it, so that losing it costs nothing. */
const acting = 'script, iframe, object, embed, link, meta, base, form, template';

/** Keeps frames of a page while `isAsOpened` says that it stands as it does when it opens; gives what stops it. */
export function keepLastFrame(
  {
    account,
    standing,
    queries,
  }: { readonly account: Account; readonly standing: StandingStore; readonly queries: QueryClient },
  isAsOpened: (root: HTMLElement) => boolean,
): () => void {
  const root = document.getElementById('root');
  const program = programOf(document);
  if (root === null || program === undefined) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let kept = '';
  const keep = () => {
    timer = undefined;
    const at = newestAnswer(queries);
    if (at === 0 || standing.get().kind !== 'ok' || !isAsOpened(root)) return;
    const markup = frameOf(root);
    if (markup === kept) return;
    kept = markup;
    const place = location.hash;
    const frame = { account: accountKey(account), program: program.address, place, width: innerWidth };
    void write({ [program.frame]: { ...frame, at, markup } });
  };
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(keep, pauseMs[program.frame]);
  });
  observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

/** The markup of what can be seen in an element, with nothing in it that acts. */
export function frameOf(root: HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement;
  const [drawn, copied] = [root.querySelectorAll('*'), copy.querySelectorAll('*')];
  copied.forEach((element, at) => {
    const isBelow = (drawn[at]?.getBoundingClientRect().top ?? 0) >= innerHeight;
    if (isBelow || element.matches(acting)) element.remove();
    for (const { name, value } of [...element.attributes])
      if (name.startsWith('on') || /^\s*javascript:/i.test(value)) element.removeAttribute(name);
  });
  return copy.innerHTML;
}

/** When the newest answer came that is still known, in Unix milliseconds; 0 when there is none. */
function newestAnswer(queries: QueryClient): number {
  return Math.max(
    0,
    ...queries
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.dataUpdatedAt),
  );
}
