// Paints how a page stood last while its program is not even loaded, and then loads that. The frame is a picture: nothing
// in it can be reached, and the program's first drawing takes its place. Knows what is kept, no screen.
import { accountKey } from './account.ts';
import { programOf } from './page-program.ts';
import { type Kept, knownFor, read } from './storage.ts';

/** How long the browser may take to paint it, in milliseconds; one that shows no page paints nothing. */
const patienceMs = 250;

export async function paintLastFrame(): Promise<void> {
  // Asked for while the browser still reads the page and its styles.
  const asked = read('accounts', 'lastFrame');
  await parsed();
  const program = programOf(document);
  const root = document.getElementById('root');
  const markup = program && frameToPaint(await asked, program.address, Date.now());
  if (root !== null && markup !== undefined && location.search === '') {
    root.append(pictureOf(markup));
    await painted();
  }
  program?.load();
}

/** The frame that may be shown: of who is signed in, of this very program, and not too old. */
export function frameToPaint(
  { accounts = [], lastFrame }: Partial<Pick<Kept, 'accounts' | 'lastFrame'>>,
  program: string,
  now: number,
): string | undefined {
  const [account] = accounts;
  if (account === undefined || lastFrame === undefined || lastFrame.program !== program) return undefined;
  if (lastFrame.account !== accountKey(account) || account.expiresAt <= now) return undefined;
  return now - lastFrame.at < knownFor ? lastFrame.markup : undefined;
}

/** The scheme is the browser's, and the library's variables hang on it. */
function pictureOf(markup: string): HTMLElement {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
  const picture = document.createElement('div');
  picture.inert = true;
  picture.ariaHidden = 'true';
  picture.style.display = 'contents';
  picture.innerHTML = markup;
  return picture;
}

function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve()));
}

/**
 * Once the browser says that it can be seen: a program that is loaded while it is drawn has the processor, and holds it up.
 */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs);
    new PerformanceObserver((paints) => {
      if (paints.getEntriesByName('first-contentful-paint').length > 0) resolve();
    }).observe({ type: 'paint', buffered: true });
  });
}
