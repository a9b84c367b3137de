// How much each page of the extension loads, packed as browsers fetch nothing but files: its script and its style sheets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';

/** In kB, packed. */
const targets: Readonly<Record<string, { readonly js: number; readonly css: number }>> = {
  popup: { js: 175, css: 16 },
  sidepanel: { js: 175, css: 16 },
};

/** What the built pages in a folder load before anything is clicked. */
export function bundleSizes(folder: string): readonly Figure[] {
  return ['popup', 'sidepanel', 'members'].flatMap((page) => {
    const html = readFileSync(join(folder, `${page}.html`), 'utf8');
    const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"(?! disabled)/g)].map(
      (found) => found[1] ?? '',
    );
    const files = withImports(folder, named);
    return (['js', 'css'] as const).map((kind) => {
      const atMost = targets[page]?.[kind];
      return {
        name: `${page}: ${kind}`,
        value: packed(
          folder,
          files.filter((file) => file.endsWith(`.${kind}`)),
        ),
        unit: 'kB',
        ...(atMost !== undefined && { target: { of: 'value' as const, atMost } }),
      };
    });
  });
}

/** Scripts name what they need at once by `import … from`; what they load later, by `import(…)`, is not counted. */
function withImports(folder: string, files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, target = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      visit(join(file, '..', target));
  };
  for (const file of files) visit(file);
  return [...found];
}

function packed(folder: string, files: readonly string[]): number {
  return (
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) /
    1000
  );
}
