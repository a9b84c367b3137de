// The project's own sources as the architecture test reads them. Knows how to find imports and to set comments and
// strings aside; what is allowed, it does not.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** An import or re-export, of types too. */
export interface Import {
  readonly line: number;
  /** A path from the root for a file of the project, else the name of a package. */
  readonly target: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Reads every TypeScript file under a folder of the project. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}

const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The text with its comments blanked, every line where it was. */
export function withoutComments(text: string): string {
  return text.replace(token, (found) => (found.startsWith('/') ? blank(found) : found));
}

/** The text with comments and plain strings blanked; templates stay, because they hold code. */
export function codeOf(text: string): string {
  return text.replace(token, (found) => (found.startsWith('`') ? found : blank(found)));
}

const importing =
  /(?:^|\n)[ \t]*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(importing)].map((found) => {
    const name = found[1] ?? found[2] ?? found[3] ?? '';
    return {
      line: lineAt(code, found.index + found[0].length),
      target: name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
    };
  });
}

/** The number of the line, from 1, that an index of a text stands in. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
