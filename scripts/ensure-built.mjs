// Makes dist/server match server/ and shared/. Knows file times only; the bundler is loaded when a build is due.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['server', 'shared', 'scripts/build.mjs'];
const stampFile = join(root, 'dist/server/.sources');

/**
 * Builds the server when its sources are not those of the last build; without sources beside (installed as a
 * package) there is nothing to do.
 */
export async function ensureBuilt() {
  const stamp = stampOfSources();
  if (stamp === undefined || stamp === readStamp()) return;
  const { build, replaceFile } = await import('./build.mjs');
  await build();
  replaceFile(stampFile, stamp);
}

// Taken before the build: what is saved while it runs makes the next start build again. The count notices a file that
// vanished; the newest time of files and folders notices all else.
function stampOfSources() {
  let count = 0;
  let newest = 0;
  const visit = (path) => {
    const stats = statSync(path);
    count += 1;
    newest = Math.max(newest, stats.mtimeMs);
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  try {
    for (const source of sources) visit(join(root, source));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  return `${count} ${newest}`;
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}
