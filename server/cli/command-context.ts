// What every command is given: terminal, configuration, and how it says what it did. Knows no command.
import { userInfo } from 'node:os';
import type { Asked, ChangeDeps } from '../audit/change-context.ts';
import { type Config, readConfig } from '../config.ts';
import { newId } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { loadSecret } from '../load-secret.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Whether a script asked. */
  readonly json: boolean;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Whether npm runs the command, in a shell of npm's. */
  readonly underNpm: boolean;
  /** How the reader starts a command: `rollcall`, or through npm. */
  readonly commandName: string;
  /**
   * The configuration; an option given on the command line stands for its variable.
   * @throws ConfigError
   */
  config(options?: Readonly<Record<string, string | undefined>>): Config;
  /** The configuration if it has been read: a failure hides its secrets. */
  configSoFar(): Config | undefined;
  /** What a command that writes needs, on this database; the configuration has been read before. */
  changeDeps(db: Db): ChangeDeps;
  /** Says what the command did: the document to a script, the words to a person. */
  report(document: object, words: string): void;
  /** Says something besides, which a script need not read. */
  note(words: string): void;
}

export function createContext(
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  { json, now }: Pick<CommandContext, 'json' | 'now'>,
): CommandContext {
  let config: Config | undefined;
  const note = (words: string) => terminal.err(`${words}\n`);
  const underNpm = env.npm_lifecycle_event !== undefined;
  return {
    terminal,
    json,
    now,
    underNpm,
    commandName: underNpm ? 'npm run --silent rollcall --' : 'rollcall',
    config(options = {}) {
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      config = readConfig({ ...env, ...Object.fromEntries(given) });
      for (const warning of config.warnings) note(warning);
      return config;
    },
    configSoFar: () => config,
    changeDeps(db) {
      config ??= readConfig(env);
      return { db, now, secret: Buffer.from(loadSecret(config)) };
    },
    report: (document, words) => terminal.out(`${json ? JSON.stringify(document) : words}\n`),
    note,
  };
}

/** Who is at the terminal, for the history and the audit log; one request for the whole command. */
export function operatorRequest(): Asked {
  return { actor: { kind: 'operator', id: operatorName() }, requestId: newId(), from: 'terminal' };
}

function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user often has a number and no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
