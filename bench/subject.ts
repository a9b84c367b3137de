// What is measured: the built server, or the least that could do the same work, each as a process with an address.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type ServerProcess, startProcess } from './child-process.ts';
import { cacheFolder, type Tenant } from './directory.ts';

/** A running server and the requests to it as they go over the wire. */
export interface Subject {
  readonly process: ServerProcess;
  /** The text of one request; `path` is relative to the base URL. */
  request(method: string, path: string, body?: unknown): string;
}

/** Where a server keeps its data. */
export type Storage =
  | { readonly dataDir: string }
  | { readonly databaseUrl: string; readonly dataDir: string };

const root = fileURLToPath(new URL('../', import.meta.url));
const ceilingProgram = join(cacheFolder, 'ceiling-server.js');

/** Builds both, so that neither is transpiled while it runs. */
export async function buildSubjects(): Promise<void> {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  await build({
    entryPoints: [join(root, 'bench/ceiling-server.ts')],
    outfile: ceilingProgram,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
}

/** Starts the built server as its users do, without a rate limit. */
export async function startRollcall(tenant: Tenant, storage: Storage): Promise<Subject> {
  const path = `/c/${tenant.connectionId}/scim/v2`;
  const env = {
    LOG_LEVEL: 'warn',
    SCIM_RATE_LIMIT: '0',
    ROLLCALL_DATA_DIR: storage.dataDir,
    ...('databaseUrl' in storage && { DATABASE_URL: storage.databaseUrl }),
  };
  const authorization = `Bearer ${tenant.token}`;
  const program = join(root, 'dist/server/main.js');
  const server = await startProcess([program, 'serve'], env, `${path}/Users?count=1`, { authorization });
  return subject(server, path, tenant);
}

/** Starts the ceiling: Fastify, the check of a token, and prepared statements on the same tables. */
export async function startCeiling(tenant: Tenant, storage: Storage): Promise<Subject> {
  const env = {
    BENCH_TENANT: JSON.stringify(tenant),
    BENCH_DATABASE: 'databaseUrl' in storage ? storage.databaseUrl : join(storage.dataDir, 'rollcall.db'),
  };
  return subject(await startProcess([ceilingProgram], env, '/health/live'), '', tenant);
}

function subject(server: ServerProcess, base: string, { token }: Tenant): Subject {
  const common = `host: ${new URL(server.url).host}\r\nauthorization: Bearer ${token}\r\n`;
  return {
    process: server,
    request: (method, path, body) => {
      const head = `${method} ${base}${path} HTTP/1.1\r\n${common}`;
      if (body === undefined) return `${head}\r\n`;
      const text = JSON.stringify(body);
      const length = Buffer.byteLength(text);
      return `${head}content-type: application/scim+json\r\ncontent-length: ${length}\r\n\r\n${text}`;
    },
  };
}
