// `npm run screenshots`: installs what is missing, then runs test/screenshots/main.ts with the same arguments.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
ensureInstalled({ withDevelopment: true });
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'test/screenshots/main.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
