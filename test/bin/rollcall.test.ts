import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const program = 'process.stdout.write(JSON.stringify({ argv: process.argv.slice(2) }));';

let clone = '';
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'rollcall-clone-'));
  for (const name of ['bin', 'scripts', 'package.json'])
    cpSync(join(project, name), join(clone, name), { recursive: true });
  write('server/main.ts', program);
  write('shared/errors.ts', '');
});
afterEach(() => rmSync(clone, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

/** Runs `rollcall` in the clone with an npm that writes to standard output and then does as it is told. */
function rollcall(npm = 'process.exit(9)') {
  write('npm.js', `console.log('npm', process.argv.slice(2).join(' '));\n${npm}`);
  const env = { ...process.env, npm_execpath: join(clone, 'npm.js') };
  return spawnSync(process.execPath, ['bin/rollcall.mjs', 'list', '--json'], {
    cwd: clone,
    env,
    encoding: 'utf8',
  });
}

const answer = '{"argv":["list","--json"]}';

describe('in a clone whose packages are installed', () => {
  beforeEach(() => symlinkSync(join(project, 'node_modules'), join(clone, 'node_modules')));

  const built = () => statSync(join(clone, 'dist/server/main.js')).ino;

  test('the first start builds, and says nothing but what the program says', () => {
    expect(rollcall()).toMatchObject({ status: 0, stdout: answer, stderr: '' });
    expect(readdirSync(join(clone, 'dist/server')).sort()).toEqual(['.sources', 'main.js', 'main.js.map']);
  });

  test('a second start builds nothing', () => {
    rollcall();
    const first = built();
    expect(rollcall()).toMatchObject({ status: 0, stdout: answer });
    expect(built()).toBe(first);
  });

  test.each([
    ['changed', () => write('server/main.ts', "process.stdout.write('new');")],
    ['set back to an older one', () => utimesSync(join(clone, 'shared/errors.ts'), 1, 1)],
    ['deleted', () => rmSync(join(clone, 'shared/errors.ts'))],
    ['added', () => write('server/db/tables.ts', '')],
  ])('a source that was %s is built in', (_, change) => {
    utimesSync(join(clone, 'server/main.ts'), 2, 2);
    rollcall();
    const first = built();
    change();
    rollcall();
    expect(built()).not.toBe(first);
  });

  test('a source that cannot be built is named, and the program does not start', () => {
    write('server/main.ts', 'const = 1;');
    const { status, stdout, stderr } = rollcall();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('server/main.ts:1:6');
  });

  test('SIGTERM reaches the program, whose own end counts', async () => {
    write(
      'server/main.ts',
      "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); process.stdout.write('up');",
    );
    const child = spawn(process.execPath, ['bin/rollcall.mjs', 'serve'], { cwd: clone });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });
});

describe('in a clone', () => {
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  const install = (packages: object) => write('node_modules/.package-lock.json', lock(packages));
  const npmRan = (result: { stderr: string }) => result.stderr.includes('npm ci ');

  beforeEach(() => {
    write(
      'package-lock.json',
      lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', dev: true } }),
    );
    write('dist/server/main.js', program);
    rmSync(join(clone, 'server'), { recursive: true });
  });

  test('without packages they are installed first, told on standard error only', () => {
    const result = rollcall('process.exit(0)');
    expect(result).toMatchObject({ status: 0, stdout: answer });
    expect(result.stderr).toMatch(/^Installing dependencies.*\nnpm ci /);
  });

  test('with the packages of the lock file npm is left alone', () => {
    install({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } });
    expect(rollcall()).toMatchObject({ status: 0, stderr: '' });
  });

  test('the packages for development are not missed by the program', () => {
    install({ 'node_modules/a': { version: '1.0.0' } });
    expect(rollcall()).toMatchObject({ status: 0, stderr: '' });
  });

  test('a package in another version is replaced', () => {
    install({ 'node_modules/a': { version: '0.9.0' } });
    expect(npmRan(rollcall('process.exit(0)'))).toBe(true);
  });

  test('an optional package may be absent, because it is made for another platform', () => {
    write('package-lock.json', lock({ 'node_modules/c': { version: '1.0.0', optional: true } }));
    install({});
    expect(npmRan(rollcall())).toBe(false);
  });

  test('an installation that fails is explained, and the program does not start', () => {
    const { status, stdout, stderr } = rollcall('process.exit(9)');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('"npm ci" failed (exit code 9).');
  });

  test('installed as a package, without lock file and sources, it just starts', () => {
    rmSync(join(clone, 'package-lock.json'));
    expect(rollcall()).toMatchObject({ status: 0, stdout: answer, stderr: '' });
  });
});
