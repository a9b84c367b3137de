// Where Chromium is. Knows the script that finds or installs one.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program; it is installed where there is none. */
export async function chromiumPath(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/ensure-chromium.mjs'], {
    cwd: root,
  });
  return stdout.trim();
}
