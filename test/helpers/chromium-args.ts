// What every Chromium of the tests is started with.

/** In a container, as root, without a screen. */
const anywhere = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/**
 * Compiling and tidying up on the page's own thread: as fast, and it leaves a fifth more of the machine to the server and
 * the browser beside it.
 */
const sparing = ['--js-flags=--single-threaded'];

/** `isMeasured` for a benchmark, which wants the browser as people have it. */
export const chromiumArgs = ({ isMeasured = false } = {}): readonly string[] =>
  isMeasured ? anywhere : [...anywhere, ...sparing];
