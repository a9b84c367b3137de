// The command line: which commands there are, and how a failure is shown. What each does stands in its own file.
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { addBackup } from './backup.ts';
import { type CommandContext, createContext } from './command-context.ts';
import { addConnection } from './connection.ts';
import { addDoctor } from './doctor.ts';
import { exitCodes } from './exit-code.ts';
import { addExplain } from './explain.ts';
import { explainFailure, type Failure, isHelp } from './explain-failure.ts';
import { addServe } from './serve.ts';
import { addSetup } from './setup.ts';
import type { Terminal } from './terminal.ts';

/** What a command has besides its words and its environment. */
export interface Outside {
  readonly terminal: Terminal;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Runs one command. A failure leaves stdout empty and goes to stderr, as words or, under `--json`, as
 * `{"error":{"code","message"}}`.
 * @param argv what follows the program's name
 * @returns the exit code, see exit-code.ts
 */
export async function run(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  outside: Outside,
): Promise<number> {
  const context = createContext(env, outside.terminal, { json: argv.includes('--json'), now: outside.now });
  try {
    await buildProgram(context).parseAsync(argv, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (isHelp(error)) return exitCodes.done;
    const failure = explainFailure(error, context.configSoFar());
    showFailure(context, failure);
    return failure.exitCode;
  }
}

/** Every command, ready to parse. */
export function buildProgram(context: CommandContext): Command {
  const { terminal, json } = context;
  const program = new Command('rollcall')
    .version(manifest.version, '--version', 'show the version')
    .description('The member directory that identity providers write into over SCIM 2.0.')
    .option('--json', 'answer with one JSON document on stdout')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => {
        if (!json) terminal.err(text);
      },
      outputError: () => {},
    })
    .exitOverride();
  for (const add of [addServe, addSetup, addConnection, addExplain, addBackup, addDoctor])
    add(program, context);
  return program;
}

function showFailure({ terminal, json }: CommandContext, { code, message }: Failure): void {
  terminal.err(`${json ? JSON.stringify({ error: { code, message } }) : message}\n`);
}
