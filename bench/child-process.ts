// A server as a process of its own on a core of its own. Knows /proc and taskset, where there are any; no HTTP route.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  readonly url: string;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  /** CPU time used so far by all its threads, in microseconds, to the nearest 10 ms. */
  cpu(): number;
  /** Resident memory now and at its highest, in MB. */
  memory(): { readonly now: number; readonly peak: number };
  stop(): Promise<void>;
}

const canPin =
  availableParallelism() >= 2 && spawnSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' }).status === 0;
const serverCore = '0';
const everyCore = `0-${availableParallelism() - 1}`;
const otherCores = `1-${availableParallelism() - 1}`;

/** How the servers and the client share the machine, for the record. */
export const pinning = canPin
  ? 'server on core 0, client on the others'
  : 'server and client wherever they run';

/** Keeps this process, the client, off the servers' core; what `work` starts may run anywhere. */
export async function onEveryCore<Result>(work: () => Promise<Result>): Promise<Result> {
  pinSelf(everyCore);
  try {
    return await work();
  } finally {
    pinSelf(otherCores);
  }
}

export function leaveServerCore(): void {
  pinSelf(otherCores);
}

function pinSelf(cores: string): void {
  if (canPin) execFileSync('taskset', ['-cp', cores, String(process.pid)], { stdio: 'ignore' });
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `node …args` and waits until `path` is answered. The port is passed on as `PORT`. */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = [process.execPath, ...args];
  const [file = '', ...rest] = canPin ? ['taskset', '-c', serverCore, ...command] : command;
  const began = performance.now();
  const child = spawn(file, rest, {
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let complaint = '';
  child.stderr?.on('data', (part: Buffer) => {
    complaint = (complaint + part).slice(-4000);
  });
  child.once('exit', () => running.delete(child));
  while (!(await answers(`${url}${path}`, headers))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended: ${complaint}`);
    await delay(2);
  }
  const startMs = performance.now() - began;
  const pid = child.pid ?? 0;
  return {
    url,
    startMs,
    cpu: () => cpuOf(pid),
    memory: () => ({ now: statusOf(pid, 'VmRSS'), peak: statusOf(pid, 'VmHWM') }),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(url: string, headers: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const response = await fetch(url, { headers });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** @see proc(5): the 14th and 15th field of `stat`, in hundredths of a second */
function cpuOf(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function statusOf(pid: number, field: string): number {
  if (!existsSync(`/proc/${pid}/status`)) return Number.NaN;
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
