// `npm test`: types, style, then the tests, stopping at the first that fails. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureFirefox } from './ensure-firefox.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
const report = join(folder, 'report.json');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

try {
  ensureInstalled({ withDevelopment: true });
  process.env.CHROME_PATH = await ensureChromium();
  process.env.FIREFOX_PATH = ensureFirefox();
  console.log(`Browsers: ${process.env.CHROME_PATH}, ${process.env.FIREFOX_PATH}`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
step('Types', 'typescript/bin/tsc', ['--noEmit']);
step('Style', '@biomejs/biome/bin/biome', ['check', '.']);
step('Tests', 'vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

function step(name, tool, args) {
  console.log(`\n${name}: ${tool.split('/').at(-1)} ${name === 'Tests' ? 'run' : args.join(' ')}`);
  const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const { passed, failed } = name === 'Tests' ? countTests(status) : {};
  if (status !== 0) console.error(`\n${name} failed (${signal ?? `exit code ${status}`}).`);
  if (passed !== undefined) console.log(`\n${passed} passed, ${failed} failed`);
  if (status !== 0) process.exit(status ?? 1);
}

// A file that cannot be loaded and an error outside any test have no failed test of their own, and count as one.
function countTests(status) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const failed = numFailedTests + unloaded.length;
    return { passed: numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
