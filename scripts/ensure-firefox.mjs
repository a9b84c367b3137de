// Finds a Firefox for the extension's tests, or installs one. Knows where browsers stand and one way to get one; it writes
// to stderr only, and the path to stdout when it is run by itself.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['firefox-esr', 'firefox'];
const places = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/**
 * The path of a Firefox: FIREFOX_PATH, one that is installed, or a new one.
 * @returns {string}
 * @throws {Error} with a sentence for people when there is none and none can be had
 */
export function ensureFirefox() {
  const { FIREFOX_PATH: given } = process.env;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`FIREFOX_PATH is "${given}", which is no program. Correct it, or leave it out.`);
  }
  return findInstalled() ?? install();
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  return candidates.find(isProgram);
}

function install() {
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.error('The extension’s tests need Firefox, and none was found. Installing one…');
    run('apt-get', ['update', '--quiet']);
    run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'firefox-esr']);
  }
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  throw new Error(
    'The extension’s tests need Firefox, and none was found. Install it (Debian: firefox-esr), or set FIREFOX_PATH to ' +
      'the program.',
  );
}

function run(program, args) {
  spawnSync(program, args, { stdio: ['ignore', 2, 2] });
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
    console.log(ensureFirefox());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
