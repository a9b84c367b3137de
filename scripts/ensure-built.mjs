// Makes dist/server match server/ and shared/. Knows file times only; the bundler is loaded when a build is due.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['server', 'shared', 'scripts'];
const stampFile = join(root, 'dist/server/.sources');

/**
 * Builds the server when its sources are not those of the last build; without sources beside (installed as a
 * package) there is nothing to do.
 */
export async function ensureBuilt() {
  if (!existsSync(join(root, 'server'))) return;
  const stamp = stampOfSources();
  if (stamp === readStamp()) return;
  const { build, replaceFile } = await import('./build.mjs');
  await build();
  replaceFile(stampFile, stamp);
}

// Taken before the build: what is saved while it runs makes the next start build again.
function stampOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const folder = join(root, source);
    for (const name of readdirSync(folder, { recursive: true }).sort()) {
      const { mtimeMs, size } = statSync(join(folder, name));
      hash.update(`${source}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex');
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}
