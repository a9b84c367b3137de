// Runs the real program as a process, from bin/, in an environment of its own. Knows no command.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface RollcallProcess {
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
  /** Waits until a stream has printed this; fails when the process ends before. */
  printed(stream: 'out' | 'err', pattern: RegExp): Promise<RegExpExecArray>;
}

interface Options {
  readonly env: Readonly<Record<string, string>>;
  /** Where the program stands; this checkout unless given. */
  readonly folder?: string;
  /** In place of `node bin/rollcall.mjs`. */
  readonly command?: readonly [string, ...string[]];
}

export function startRollcall(argv: readonly string[], options: Options): RollcallProcess {
  const [program, ...before] = options.command ?? [process.execPath, 'bin/rollcall.mjs'];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(program, [...before, ...argv], {
    cwd: options.folder ?? root,
    env: { PATH, HOME, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return watch(child);
}

/** Runs a command to its end. */
export function runRollcall(argv: readonly string[], options: Options): Promise<Ended> {
  return startRollcall(argv, options).ended;
}

function watch(child: ChildProcess): RollcallProcess {
  const text = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const take = (stream: 'out' | 'err') => (chunk: Buffer) => {
    text[stream] += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', take('out'));
  child.stderr?.on('data', take('err'));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, ...text }));
  });
  return {
    ended,
    signal: (name) => {
      child.kill(name);
    },
    printed: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text[stream]);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        ended.then(({ err }) => reject(new Error(`it ended before it printed ${pattern}: ${err}`)), reject);
      }),
  };
}
