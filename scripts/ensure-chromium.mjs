// Finds a Chromium for the browser tests, or installs one. Knows where browsers stand and two ways to get one; it
// writes to stderr only, and the path to stdout when it is run by itself.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * The path of a Chromium: CHROME_PATH, one that is installed, or a new one.
 * @returns {Promise<string>}
 * @throws {Error} with a sentence for people when there is none and none can be had
 */
export async function ensureChromium() {
  const { CHROME_PATH: given } = process.env;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROME_PATH is "${given}", which is no program. Correct it, or leave it out.`);
  }
  return findInstalled() ?? (await findDownloaded()) ?? (await install());
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  return candidates.find(isProgram);
}

/** The one that Playwright keeps for itself. */
async function findDownloaded() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path !== '' && isProgram(path) ? path : undefined;
}

async function install() {
  console.error('The browser tests need Chromium, and none was found. Installing one…');
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    run('apt-get', ['update', '--quiet']);
    run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium']);
  }
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  run(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  const downloaded = await findDownloaded();
  if (downloaded !== undefined) return downloaded;
  throw new Error(
    'The browser tests need Chromium, and it could not be installed; the reason stands above. Install it with your ' +
      'package manager, or set CHROME_PATH to the program.',
  );
}

function run(program, args) {
  spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] });
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
