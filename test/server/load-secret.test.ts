import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../server/config.ts';
import { loadSecret } from '../../server/load-secret.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a configured secret is taken as it is and nothing is written', () => {
  expect(loadSecret({ secret: 'x'.repeat(32), dataDir: folder })).toBe('x'.repeat(32));
  expect(readdirSync(folder)).toEqual([]);
});

test('an absent secret is made once, in a file that only its owner can read', () => {
  const dataDir = join(folder, 'data');
  const made = loadSecret({ dataDir });
  expect(made).toHaveLength(43);
  expect(loadSecret({ dataDir })).toBe(made);
  expect(readdirSync(dataDir)).toEqual(['secret']);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe(`${made}\n`);
});

test('a file that lost its secret is not replaced', () => {
  writeFileSync(join(folder, 'secret'), '');
  expect(() => loadSecret({ dataDir: folder })).toThrow(ConfigError);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('');
});

test('processes that start at once agree on one secret', async () => {
  const source = `
    import { tsImport } from '${import.meta.resolve('tsx/esm/api')}';
    import { parentPort, workerData } from 'node:worker_threads';
    const { loadSecret } = await tsImport(workerData.module, workerData.module);
    const gate = new Int32Array(workerData.gate);
    Atomics.add(gate, 0, 1);
    while (Atomics.load(gate, 0) < 4);
    parentPort.postMessage(loadSecret({ dataDir: workerData.dataDir }));`;
  const workerData = {
    module: new URL('../../server/load-secret.ts', import.meta.url).href,
    gate: new SharedArrayBuffer(4),
    dataDir: join(folder, 'data'),
  };
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
        workerData,
      });
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(readdirSync(workerData.dataDir)).toEqual(['secret']);
});
