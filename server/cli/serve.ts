// `rollcall serve`: runs the server until it is told to stop. Its log goes to stdout, words for people to stderr.
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { nextSteps } from './next-steps.ts';
import { startServer } from './start-server.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
}

export function addServe(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('run the server until it is told to stop (SIGTERM, SIGINT or Ctrl-C)')
    .option('--host <host>', 'address to listen on, in place of HOST')
    .option('--port <port>', 'port to listen on, in place of PORT')
    .action((options: ServeOptions) => serve(context, options));
}

async function serve(context: CommandContext, { host, port }: ServeOptions): Promise<void> {
  const config = context.config({ HOST: host, PORT: port });
  const stop = listenForStop(context.underNpm);
  try {
    const server = await startServer(config);
    if (context.json) context.report({ url: server.url }, '');
    const { deps, url } = server;
    const served = { url, setUpCode: deps.setUpCode };
    const next = await nextSteps(deps.database.db, context.commandName, config, served);
    context.note(`Rollcall serves on ${url}\n\n${next}\n`);
    await stop.asked;
    context.note('Stopping: requests under way are answered first.');
    await server.stop();
  } finally {
    stop.ignore();
  }
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/** A Ctrl-C under npm arrives twice, from the terminal and from npm: this soon, the second is the same wish. */
const sameWish = 500;

/** Waits for a signal to stop. A later signal ends the process at once, as signals do when nobody listens. */
function listenForStop(underNpm: boolean): { readonly asked: Promise<void>; ignore(): void } {
  let hear: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    hear = () => {
      resolve();
      setTimeout(ignore, sameWish).unref();
    };
  });
  const ignore = () => {
    for (const signal of signals) process.off(signal, hear);
  };
  for (const signal of signals) process.on(signal, hear);
  if (underNpm) onParentEnd(hear);
  return { asked, ignore };
}

/** npm hands SIGTERM to the shell that it runs scripts in; that shell ends of it and tells nobody. */
function onParentEnd(hear: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    hear();
  }, 250).unref();
}
