// Makes node_modules match package-lock.json. Knows npm's two lock files and nothing else, so that it runs before
// anything is installed; it writes to stderr only, because stdout belongs to the command that follows.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];

/**
 * Runs `npm ci` when a locked package is missing or has another version; without a lock file beside (installed as a
 * package) there is nothing to do.
 * @param {{ withDevelopment?: boolean }} options whether the packages for tests and benchmarks are needed too
 * @throws {Error} with a sentence for people when Node.js is too old or npm fails
 */
export function ensureInstalled({ withDevelopment = false } = {}) {
  requireNode(process.versions.node);
  const wanted = readLock('package-lock.json');
  if (wanted === undefined) return;
  const installed = readLock('node_modules/.package-lock.json');
  if (installed !== undefined && matches(wanted, installed, withDevelopment)) return;

  console.error('Installing dependencies. The first time this takes a minute or two…');
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(withDevelopment ? ['--include=dev'] : []),
  ];
  const npm = process.env.npm_execpath;
  const [command, commandArgs] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { status, error } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(
      `"npm ci" failed (${error?.message ?? `exit code ${status}`}). Its own message stands above. ` +
        `Run "npm ci" in ${root} once it is mended, then try again.`,
    );
  }
}

/** @param {string} version such as `20.19.0` */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(
    `Rollcall needs Node.js ${oldestNode.join('.')} or newer; this is ${version}. Install a newer one from https://nodejs.org.`,
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }> | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(`${root}/${path}`, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

// npm writes node_modules/.package-lock.json last, so an interrupted installation never passes for a whole one.
// Optional packages may be absent by right: they are made for other platforms.
function matches(wanted, installed, withDevelopment) {
  return Object.entries(wanted).every(([path, { version, dev, devOptional, optional }]) => {
    const present = installed[path];
    if (present !== undefined) return present.version === version;
    return path === '' || optional || ((dev || devOptional) && !withDevelopment);
  });
}

// Before a command of package.json that needs the packages for development.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensureInstalled({ withDevelopment: true });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
