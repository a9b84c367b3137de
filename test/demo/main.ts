// `npm run demo`: a company that has lived with Rollcall for weeks, four simulated identity providers, a page to play their
// admin, and a browser with the extension. Knows the order of things.
import { chromiumExtension } from '../../shared/extension.ts';
import { livelyEvery, startAdminApp } from './admin-app.ts';
import { type DemoBrowser, hasScreen, openDemoBrowser } from './demo-browser.ts';
import { openDemoClock } from './demo-clock.ts';
import { makeDemoExtension } from './demo-extension.ts';
import { playHistory } from './demo-history.ts';
import { type DemoOptions, readOptions, usage } from './demo-options.ts';
import { startDemoServer } from './demo-server.ts';
import { howToEnd, howToOpen, whatIsOpen, whereThingsAre } from './how-to-look.ts';
import { owner } from './rollcall-admin.ts';
import { listenForStop } from './stop-signal.ts';

const say = (text: string): void => void process.stdout.write(text);

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) say(usage);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(options: DemoOptions): Promise<void> {
  const began = performance.now();
  const stop = listenForStop();
  const clock = openDemoClock(Date.now(), options.speed);
  const server = await startDemoServer(clock, options.port);
  const ends: (() => Promise<void>)[] = [server.close];
  try {
    const { admin, providers, life } = await playHistory(server, clock, options, (progress) => {
      stop.throwIfAsked();
      say(`${progress}…\n`);
    });
    const desk = { clock, life, providers, server: server.url };
    const console = await startAdminApp(desk, chromiumExtension.id, options.adminPort);
    ends.unshift(console.close);
    const extension = await makeDemoExtension(server.folder, clock, `${console.url}/time`);
    const places = { server: server.url, admin: console.url, extension, folder: server.folder };
    server.watch();
    life.pace(livelyEvery);
    clock.run([life, ...providers.map(({ idp }) => idp)]);
    ends.unshift(clock.stop);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`\nLarkspur Foundry is ready, with ${options.days} days of history (${seconds} s).\n`);
    say(whereThingsAre(places));

    const browser = await look(options, async (headless) => {
      const account = {
        server: server.url,
        token: await admin.signIn(),
        org: { id: admin.orgId, name: 'Larkspur Foundry' },
        member: { id: admin.ownerId, name: owner.name, role: 'owner' },
      };
      const onClosed = () => say(howToOpen(places, 'The browser was closed; the demo goes on.'));
      const { folder } = server;
      return openDemoBrowser({ headless, folder, extension, account, adminUrl: console.url, onClosed });
    });
    if (typeof browser === 'string') say(howToOpen(places, browser));
    else {
      ends.unshift(browser.close);
      say(options.browser === 'headless' ? `\nChromium listens on ${browser.devTools}\n` : whatIsOpen());
    }
    say(howToEnd(places));
    await stop.asked;
  } finally {
    say('\nStopping…\n');
    for (const end of ends) await end();
  }
}

/** A browser, or why there is none. */
async function look(
  { browser }: DemoOptions,
  open: (headless: boolean) => Promise<DemoBrowser>,
): Promise<DemoBrowser | string> {
  if (browser === 'none') return 'No browser was asked for.';
  if (browser === 'auto' && !hasScreen()) return 'There is no screen here to open a browser on.';
  try {
    return await open(browser === 'headless');
  } catch (error) {
    if (browser === 'headless') throw error;
    return `Chromium could not be opened (${error instanceof Error ? error.message.split('\n')[0] : error}).`;
  }
}
