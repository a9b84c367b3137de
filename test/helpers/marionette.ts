// A Firefox under its own remote control, Marionette: scripts in the browser's chrome, and functions, clicks and keys in
// any page that it shows, those of its sidebar and panels too. Knows the protocol, no extension.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A function that runs in the page, with arguments that JSON can carry. */
type InPage<Args extends readonly unknown[], Result> = (...args: Args) => Result;

/** What one `<browser>` of Firefox's window shows: a tab, a sidebar, a popup. */
export interface FirefoxView {
  run<Args extends readonly unknown[], Result>(
    work: InPage<Args, Result>,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Clicks what the function finds as a mouse does; false when it finds nothing. */
  click<Args extends readonly unknown[]>(find: InPage<Args, Element | null>, ...args: Args): Promise<boolean>;
  /** Types into what a selector finds. */
  type(selector: string, text: string): Promise<void>;
}

export interface Marionette {
  send(command: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs the body of a function in the browser's window, as Firefox's own code runs. */
  chrome<Result>(body: string, ...args: readonly unknown[]): Promise<Result>;
  /** What the `<browser>` shows that an expression in the browser's window gives. */
  view(browser: string): FirefoxView;
  close(): Promise<void>;
}

type Answer = readonly [kind: 1, id: number, error: { error: string; message: string } | null, result: unknown];

/** Starts a Firefox without a screen, with a profile and a port of its own. */
export async function startMarionette(
  program: string,
  preferences: Readonly<Record<string, string | number | boolean>>,
): Promise<Marionette> {
  const profile = mkdtempSync(join(tmpdir(), 'rollcall-firefox-'));
  const lines = Object.entries({ 'marionette.port': 0, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const firefox = spawn(
    program,
    ['--headless', '--marionette', '-remote-allow-system-access', '--no-remote', '--profile', profile],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => firefox.once('close', () => resolve()).once('error', resolve));
  const abandon = () => firefox.kill('SIGKILL');
  process.once('exit', abandon);
  const close = async () => {
    abandon();
    await gone;
    process.off('exit', abandon);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const send = speak(connect(await portOf(firefox, join(profile, 'MarionetteActivePort')), '127.0.0.1'));
    await send('WebDriver:NewSession');
    await send('Marionette:SetContext', { value: 'chrome' });
    const chrome = async <Result>(script: string, ...args: readonly unknown[]) => {
      const answer = await send('WebDriver:ExecuteScript', { script, args, newSandbox: true });
      return (answer as { value: Result }).value;
    };
    return { send, chrome, view: (browser) => viewOf(chrome, browser), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function viewOf(chrome: Marionette['chrome'], browser: string): FirefoxView {
  // Firefox's own half of Marionette in each page, here asked for one page without switching to it.
  const page = `const page = ${browser}.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
    const none = { toJSON: () => ({}) };`;
  const run = `page.executeScript(arguments[0], arguments[1], { sandboxName: null, newSandbox: true, timeout: 30000 })`;
  const source = (work: unknown) => `return (${work})(...arguments)`;
  return {
    run: (work, ...args) => chrome(`${page} return ${run};`, source(work), args),
    click: (find, ...args) =>
      chrome(
        `${page} return ${run}.then(async (found) => found !== null && (await page.clickElement(found, none), true));`,
        source(find),
        args,
      ),
    type: (selector, text) =>
      chrome(
        `${page} return page.findElement('css selector', arguments[0], {})
          .then((found) => page.sendKeysToElement(found, arguments[1], none));`,
        selector,
        text,
      ),
  };
}

async function portOf(firefox: ChildProcess, file: string): Promise<number> {
  for (let attempt = 0; attempt < 600 && firefox.exitCode === null; attempt++) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    await delay(100);
  }
  throw new Error('Firefox did not start.');
}

/** Messages are JSON with their length before them: `31:[0,1,"WebDriver:NewSession",{}]`. */
function speak(socket: Socket): Marionette['send'] {
  const waiting = new Map<number, (error: Error | null, result?: unknown) => void>();
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    for (let colon = unread.indexOf(':'); colon !== -1; colon = unread.indexOf(':')) {
      const end = colon + 1 + Number(unread.toString('utf8', 0, colon));
      if (unread.length < end) return;
      const message = JSON.parse(unread.toString('utf8', colon + 1, end)) as Answer | object;
      unread = unread.subarray(end);
      if (!Array.isArray(message)) continue; // Firefox says hello.
      const [, id, error, result] = message as unknown as Answer;
      waiting.get(id)?.(error && new Error(`${error.error}: ${error.message}`), result);
      waiting.delete(id);
    }
  });
  const fail = () => {
    for (const tell of waiting.values()) tell(new Error('Firefox has gone.'));
  };
  socket.on('error', fail).on('close', fail);
  let last = 0;
  return (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, (error, result) => (error ? reject(error) : resolve(result)));
      const text = JSON.stringify([0, last, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
