// Runs commands in this process, on a data folder of their own, and keeps what they print. Knows no command.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Check } from '../../../server/cli/check.ts';
import { run } from '../../../server/cli/program.ts';
import type { Terminal } from '../../../server/cli/terminal.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import type { DatabaseName } from '../../helpers/scim-server.ts';

/** 2 November 2026, 09:00 UTC. */
export const startOfTime = Date.UTC(2026, 10, 2, 9);

export interface Printed {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** What the documents of the commands hold, as far as tests read it. */
export interface Document {
  readonly orgId: string;
  readonly signInUrl: string;
  readonly connectionId: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly expiresAt: string | null;
  readonly connections: readonly { readonly tokens: readonly { readonly state: string }[] }[];
  readonly checks: readonly Check[];
}

export interface CommandLine {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Unix milliseconds; a test moves it. */
  readonly clock: { now: number };
  cli(...argv: readonly string[]): Promise<Printed>;
  /** The same with a person at the keyboard who gives this answer to every question. */
  answering(answer: string, ...argv: readonly string[]): Promise<Printed>;
  /** Runs with `--json` and reads the document. */
  json(...argv: readonly string[]): Promise<Document>;
}

interface Options {
  readonly database?: DatabaseName;
  readonly env?: Readonly<Record<string, string>>;
}

export async function commandLine({
  database = 'sqlite',
  env: more = {},
}: Options = {}): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const url = database === 'postgres' ? { DATABASE_URL: await freshPostgresUrl() } : {};
  const env = { ROLLCALL_DATA_DIR: dataDir, ...url, ...more };
  const clock = { now: startOfTime };

  const start = async (argv: readonly string[], answer?: string): Promise<Printed> => {
    const printed = { out: '', err: '' };
    const terminal = capturingTerminal(printed, answer);
    const exitCode = await run(argv, env, { terminal, now: () => clock.now });
    return { exitCode, ...printed };
  };
  return {
    dataDir,
    env,
    clock,
    cli: (...argv) => start(argv),
    answering: (answer, ...argv) => start(argv, answer),
    json: async (...argv) => {
      const { exitCode, out, err } = await start([...argv, '--json']);
      if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${err}`);
      return JSON.parse(out);
    },
  };
}

/** A terminal that keeps what is printed; without an answer nobody sits there. */
export function capturingTerminal(printed: { out: string; err: string }, answer?: string): Terminal {
  return {
    interactive: answer !== undefined,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    ask: async (question) => {
      if (answer === undefined) throw new Error('there is nobody to ask');
      printed.err += question;
      return answer;
    },
  };
}
