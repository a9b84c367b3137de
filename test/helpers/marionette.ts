// A Firefox under its own remote control, Marionette: scripts in the browser's own window, and functions, clicks and keys
// in whatever page it shows, those of its sidebar and popups too. Knows the protocol, no extension.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Runs in the page, with arguments that JSON can carry. */
type InPage<Args extends readonly unknown[], Result> = (...args: Args) => Result;

/** What one `<browser>` of Firefox's window shows: a sidebar, a popup, a tab. */
export interface FirefoxView {
  run<Args extends readonly unknown[], Result>(
    work: InPage<Args, Result>,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Clicks what the function finds, as a mouse does; false when it finds nothing. */
  click<Args extends readonly unknown[]>(find: InPage<Args, Element | null>, ...args: Args): Promise<boolean>;
  /** Types into what the function finds; false when it finds nothing. */
  type(find: InPage<[], Element | null>, text: string): Promise<boolean>;
}

export interface Marionette {
  send(command: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs the body of a function in the browser's own window, with all its rights. */
  chrome<Result>(body: string, ...args: readonly unknown[]): Promise<Result>;
  /** What a `<browser>` shows; an expression gives it in the browser's own window. */
  view(browser: string): FirefoxView;
  close(): Promise<void>;
}

/** Starts a Firefox without a screen, with a profile and a port of its own. */
export async function startMarionette(program: string): Promise<Marionette> {
  const profile = mkdtempSync(join(tmpdir(), 'rollcall-firefox-'));
  // Firefox takes a free port, and writes down which.
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const args = ['--headless', '--marionette', '-remote-allow-system-access', '--no-remote'];
  const firefox = spawn(program, [...args, '--profile', profile], { stdio: 'ignore' });
  const gone = new Promise((resolve) => firefox.once('exit', resolve).once('error', resolve));
  const abandon = () => firefox.kill('SIGKILL');
  process.once('exit', abandon);
  const close = async () => {
    abandon();
    await gone;
    process.off('exit', abandon);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const stopped = gone.then(() => Promise.reject(new Error('Firefox stopped.')));
    const send = speak(connect(await Promise.race([portIn(profile), stopped]), '127.0.0.1'));
    await send('WebDriver:NewSession');
    await send('Marionette:SetContext', { value: 'chrome' });
    const chrome = async <Result>(script: string, ...given: readonly unknown[]) => {
      const answer = await send('WebDriver:ExecuteScript', { script, args: given });
      return (answer as { value: Result }).value;
    };
    return { send, chrome, view: (browser) => viewOf(chrome, browser), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Asks Firefox's own half of Marionette in the page: its commands do not get into sidebars and popups by themselves. */
function viewOf(chrome: Marionette['chrome'], browser: string): FirefoxView {
  const run = `const page = ${browser}.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
    const options = { toJSON: () => ({}) };
    const [script, args, text] = arguments;
    return page.executeScript(script, args, { sandboxName: null, newSandbox: true, timeout: 30_000 })`;
  const act = (action: string) =>
    `${run}.then(async (found) => found !== null && (await page.${action}, true));`;
  const source = (work: unknown) => `return (${work})(...arguments);`;
  return {
    run: (work, ...args) => chrome(run, source(work), args),
    click: (find, ...args) => chrome(act('clickElement(found, options)'), source(find), args),
    type: (find, text) => chrome(act('sendKeysToElement(found, text, options)'), source(find), [], text),
  };
}

async function portIn(profile: string): Promise<number> {
  const file = join(profile, 'MarionetteActivePort');
  for (let attempt = 0; attempt < 600; attempt++) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    await delay(100);
  }
  throw new Error('Firefox did not start within a minute.');
}

/** Messages are JSON with the length before it: `31:[0,1,"WebDriver:NewSession",{}]`. The first one is a greeting. */
function speak(socket: Socket): Marionette['send'] {
  type Answer = [kind: 1, id: number, error: { message: string } | null, result: unknown];
  const waiting = new Map<number, (error: Answer[2], result?: unknown) => void>();
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    for (let colon = unread.indexOf(':'); colon !== -1; colon = unread.indexOf(':')) {
      const end = colon + 1 + Number(unread.toString('utf8', 0, colon));
      if (unread.length < end) return;
      const message: Partial<Answer> = JSON.parse(unread.toString('utf8', colon + 1, end));
      waiting.get(message[1] ?? 0)?.(message[2] ?? null, message[3]);
      unread = unread.subarray(end);
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const tell of waiting.values()) tell({ message: 'Firefox is gone.' });
  });
  let id = 0;
  return (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, (error, result) => (error ? reject(new Error(error.message)) : resolve(result)));
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
