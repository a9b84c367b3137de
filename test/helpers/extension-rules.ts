// The rules that hold in the extension alone, each a function from source files to sentences about what breaks it. Knows
// the order of its rooms and where storage, the server's types and colours may be named.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rule } from './architecture-rules.ts';
import { codeOf, importsOf, lineAt, type SourceFile, withoutComments } from './source-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** From the bottom to the top; a room imports from those below, and rooms on one line not from each other. */
const floors: readonly (readonly string[])[] = [
  ['shared'],
  ['lib'],
  ['parts'],
  ['connect'],
  ['people'],
  ['popup', 'panel', 'members', 'background'],
  ['entrypoints'],
];

function roomOf(path: string): string {
  return path.startsWith('shared/') ? 'shared' : (path.split('/')[1] ?? '');
}

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));

export const extensionImportsPointDown: Rule = (files) =>
  files.flatMap((file) => {
    const room = roomOf(file.path);
    if (/^extension\/[^/]+\.d\.ts$/.test(file.path)) return [];
    if (floorOf(room) === -1) return [`${file.path}:1 stands in a room that has no floor yet: add "${room}"`];
    return importsOf(file)
      .filter(({ target }) => /^(?:extension|shared)\//.test(target))
      .filter(({ target }) => roomOf(target) !== room && floorOf(roomOf(target)) >= floorOf(room))
      .map(({ line, target }) => `${file.path}:${line} imports ${target}, which is not below ${room}`);
  });

/** The extension sees one type of the server's, in one line. */
export const oneTypeOfTheServer: Rule = (files) =>
  files.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => /^(?:server|test|bench|scripts)\//.test(target))
      .filter(({ line }) => !isTheOneImport(file, line))
      .map(
        ({ line, target }) =>
          `${file.path}:${line} imports ${target}; only lib/api.ts takes the type of the API`,
      ),
  );

function isTheOneImport({ path, text }: SourceFile, line: number): boolean {
  return (
    path === 'extension/lib/api.ts' &&
    text.split('\n')[line - 1] === "import type { AppRouter } from '../../server/api/app-router.ts';"
  );
}

export const storageHasOneHome: Rule = (files) =>
  files
    .filter(({ path }) => path !== 'extension/lib/storage.ts')
    .flatMap(({ path, text }) => {
      const code = codeOf(text);
      const touches = code.matchAll(
        /\b(?:browser|chrome)\.storage\b|\b(?:local|session)Storage\b|\bindexedDB\b/g,
      );
      return [...touches].map(
        (found) => `${path}:${lineAt(code, found.index)} touches ${found[0]}; lib/storage.ts is its one use`,
      );
    });

/** Scripts and style sheets alike; the theme has the colours of both schemes. */
export const coloursHaveOneHome: Rule = (files) =>
  files
    .filter(({ path }) => !/^extension\/lib\/(?:theme|scheme-colours)\.ts$/.test(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      const named = code.matchAll(/#[0-9a-f]{3,8}\b(?=[\s;'"`,)])|\b(?:rgba?|hsla?|oklch)\(/gi);
      return [...named].map(
        (found) => `${path}:${lineAt(code, found.index)} names a colour (${found[0]}); the theme has them`,
      );
    });

/** Nothing comes from elsewhere, and nobody is told who uses it. */
export const nothingFromElsewhere: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const reaches = code.matchAll(
      /\b(?:src|href)=["']https?:|@import\s+(?:url\()?["']?https?:|sendBeacon|\beval\(|new Function\(/g,
    );
    return [...reaches].map((found) => `${path}:${lineAt(code, found.index)} reaches outside: ${found[0]}`);
  });

/** Style sheets and pages of the extension, which are no TypeScript. */
export function readStyles(): SourceFile[] {
  return readdirSync(`${root}/extension`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:css|html)$/.test(name))
    .sort()
    .map((name) => `extension/${name.replaceAll('\\', '/')}`)
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}
