// When what a page opens with is on the screen: what can wait is loaded after that, since every file that is asked for
// before holds it up. Knows no page.

/** How long a busy browser may hold up the rest, in milliseconds. */
const patienceMs = 1000;

let pass = () => {};

/** Resolves when the page has been drawn and the browser has nothing more urgent to do. */
export const firstDrawing = new Promise<void>((resolve) => {
  pass = resolve;
});

/** Tells that the page is drawn as soon as what it opens with has come. */
export async function drawnOnce(hasCome: Promise<void>): Promise<void> {
  await hasCome;
  requestIdleCallback(pass, { timeout: patienceMs });
}
