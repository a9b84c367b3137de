// Builds the extension for each browser into dist/extension. Knows the browsers; what is in the extension, wxt.config.ts does.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, zip } from 'wxt';

const root = fileURLToPath(new URL('..', import.meta.url));
export const browsers = ['chrome', 'firefox', 'edge'];

/**
 * Builds the extension for the browsers named, or packs it for their stores.
 * @param {{ only?: readonly string[], packed?: boolean }} options
 */
export async function buildExtension({ only = browsers, packed = false } = {}) {
  if (!existsSync(join(root, 'extension'))) return;
  // Tests load what people load, whatever they run in.
  process.env.NODE_ENV = 'production';
  for (const browser of only)
    await (packed ? zip : build)({
      root,
      browser,
      manifestVersion: 3,
      // Packages for stores stand apart from what the tests load.
      ...(packed && { mode: 'store' }),
      logLevel: packed ? 'info' : 'error',
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const only = given.filter((word) => browsers.includes(word));
  await buildExtension({ only: only.length > 0 ? only : browsers, packed: given.includes('zip') });
}
