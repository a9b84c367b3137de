// Makes dist/extension match its sources for one browser, whoever else asks at the same time. Knows file times only.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['extension', 'shared', 'wxt.config.ts', 'package-lock.json', 'scripts/build-extension.mjs'];

/** How long another build may take before its lock counts as left behind, in milliseconds. */
const patience = 60_000;

/**
 * Builds when the sources are not those of the last build.
 * @param {string} browser such as `chrome`
 * @returns {Promise<string>} the folder that the browser loads
 */
export async function ensureExtension(browser) {
  const folder = join(root, `dist/extension/${browser}-mv3`);
  const stampFile = join(root, `dist/extension/.${browser}-sources`);
  await alone(browser, async () => {
    const stamp = stampOfSources();
    if (stamp === readStamp(stampFile)) return;
    const { buildExtension } = await import('./build-extension.mjs');
    await buildExtension({ only: [browser] });
    writeFileSync(stampFile, stamp);
  });
  return folder;
}

async function alone(browser, work) {
  const lock = join(root, `dist/extension/.${browser}-lock`);
  mkdirSync(join(root, 'dist/extension'), { recursive: true });
  for (const since = Date.now(); ; await delay(100)) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() - since > patience) rmSync(lock, { recursive: true, force: true });
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function stampOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).sort() : [''];
    for (const name of names) {
      const { mtimeMs, size } = statSync(join(path, name));
      hash.update(`${source}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex');
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

// The folder goes to stdout; what the build says goes to stderr.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { log } = console;
  console.log = console.error;
  log(await ensureExtension(process.argv[2] ?? 'chrome'));
}
