// Paints how a page stood last while its program is not even loaded, and then loads that. The frame is a picture: nothing
// in it can be reached, and the program's first drawing takes its place. Knows what is kept, no screen.
import { accountKey } from './account.ts';
import { frameKeyOf, type PageProgram, programOf } from './page-program.ts';
import { type FrameKey, type Kept, knownFor, type LastFrame, read } from './storage.ts';

/** How long the browser may take to paint it, in milliseconds; one that shows no page paints nothing. */
const patienceMs = 250;

export async function paintLastFrame(): Promise<void> {
  // Asked for while the browser still reads the page and its styles.
  const key = frameKeyOf(document);
  const asked = key && read('accounts', key);
  await parsed();
  const program = programOf(document);
  const root = document.getElementById('root');
  const kept = await asked;
  const here = { place: location.hash, width: innerWidth };
  const markup = program && kept && frameToPaint(kept, { ...program, ...here });
  if (root !== null && markup !== undefined && location.search === '') {
    root.append(pictureOf(markup));
    await painted();
  }
  program?.load();
}

/** Whether it stands there still. */
export function isFramePainted(): boolean {
  return document.querySelector('#root > [inert]') !== null;
}

/** The frame that may be shown: of who is signed in, of this very program at this place, and not too old. */
function frameToPaint(
  { accounts = [], ...kept }: Partial<Pick<Kept, 'accounts' | FrameKey>>,
  { frame: key, address, place, width }: PageProgram & Pick<LastFrame, 'place' | 'width'>,
): string | undefined {
  const [account] = accounts;
  const frame = kept[key];
  const now = Date.now();
  if (account === undefined || frame === undefined || frame.program !== address) return undefined;
  if (frame.account !== accountKey(account) || account.expiresAt <= now) return undefined;
  // A popup becomes as wide as what is in it.
  const fits = key === 'popupFrame' || (frame.place === place && frame.width === width);
  return fits && now - frame.at < knownFor ? frame.markup : undefined;
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
