// The rules of the house, each a function from source files to sentences about what breaks it. Knows the order of the
// rooms and where SQL, clocks, randomness and the environment may be touched.
import { posix } from 'node:path';
import { codeOf, importsOf, lineAt, type SourceFile, withoutComments } from './source-files.ts';

/** A rule gives one sentence for each place that breaks it, beginning with `file:line`. */
export type Rule = (files: readonly SourceFile[]) => string[];

/** The rooms from the bottom to the top; a room imports from those below, and rooms on one line not from each other. */
const floors: readonly (readonly string[])[] = [
  ['shared'],
  ['scim/protocol'],
  ['core'],
  ['config'],
  ['load-secret'],
  ['db'],
  ['events'],
  ['audit'],
  ['delivery'],
  ['orgs'],
  ['attributes'],
  ['auth'],
  ['safeguards'],
  ['members'],
  ['groups'],
  ['invitations'],
  ['provisioning'],
  ['webhooks'],
  ['diagnosis'],
  ['scim', 'api', 'pages'],
  ['ops'],
  ['deps'],
  ['app'],
  ['cli'],
  ['main'],
];

/** The room of a file: `shared`, `scim/protocol`, a folder of `server/`, or a file that stands in `server/` itself. */
function roomOf(path: string): string {
  if (path.startsWith('shared/')) return 'shared';
  if (path.startsWith('server/scim/protocol/')) return 'scim/protocol';
  return (path.split('/')[1] ?? '').replace(/\.tsx?$/, '');
}

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));
const isOurs = (target: string): boolean => /^(?:server|shared)\//.test(target);

/** What a room may not import although it is below, or no file of ours. */
function isClosedTo(room: string, target: string): boolean {
  if (room === 'shared') return target !== 'zod' && roomOf(target) !== 'shared';
  if (room === 'scim/protocol') return isOurs(target) ? roomOf(target) !== room : !target.startsWith('node:');
  return !isOurs(target) && /^[./]|^(?:test|bench|scripts)\//.test(target);
}

export const importsPointDown: Rule = (files) =>
  files.flatMap((file) => {
    const room = roomOf(file.path);
    if (floorOf(room) === -1)
      return [`${file.path}:1 stands in a room that has no floor yet: add "${room}" to floors`];
    return importsOf(file)
      .filter(({ target }) => isClosedTo(room, target) || isUpward(room, target))
      .map(({ line, target }) => `${file.path}:${line} imports ${target}, which is not below ${room}`);
  });

function isUpward(room: string, target: string): boolean {
  return isOurs(target) && roomOf(target) !== room && floorOf(roomOf(target)) >= floorOf(room);
}

export const importsMakeNoCircle: Rule = (files) => {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const finished = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    for (const { line, target } of imports.get(path) ?? []) {
      const start = [...trail, path].indexOf(target);
      if (start !== -1)
        circles.push(`${path}:${line} closes a circle: ${[...trail, path, target].slice(start).join(' → ')}`);
      else if (!finished.has(target)) visit(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const { path } of files) if (!finished.has(path)) visit(path, []);
  return circles;
};

export const noBarrels: Rule = (files) =>
  files
    .filter(({ text }) => {
      const code = withoutComments(text);
      const rest = code
        .replace(/\b(?:import|export)\b[^;'"]*?\bfrom\s*['"][^'"]+['"];?/g, '')
        .replace(/\bexport\s*(?:type\s*)?\{[^}]*\};?/g, '');
      return /\bexport\b/.test(code) && rest.trim() === '';
    })
    .map(({ path }) => `${path}:1 only passes on what other files export`);

export const namesAreUnique: Rule = (files) => {
  const first = new Map<string, string>();
  return files.flatMap(({ path }) => {
    const name = posix.basename(path);
    const other = first.get(name);
    first.set(name, other ?? path);
    return other === undefined ? [] : [`${path}:1 has the same name as ${other}`];
  });
};

const vague = ['util', 'utils', 'helper', 'helpers', 'manager', 'service', 'common', 'misc', 'index'];

/** For `test/` too, whose `helpers` folder is the one exception. */
export const namesSaySomething: Rule = (files) =>
  files.flatMap(({ path }) => {
    const parts = path
      .replace(/^test\/helpers\//, 'test/')
      .replace(/(?:\.test)?\.tsx?$/, '')
      .split('/');
    const odd = parts.find((part) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part));
    const empty = parts.flatMap((part) => part.split('-')).find((word) => vague.includes(word));
    return [
      ...(odd === undefined ? [] : [`${path}:1 is not in kebab-case: "${odd}"`]),
      ...(empty === undefined ? [] : [`${path}:1 is named "${empty}", which says nothing`]),
    ];
  });

export const exportsHaveNames = forbidden(/\bexport\s+default\b|\bas\s+default\b/g, 'has a default export');

export const environmentIsReadOnce: Rule = (files) => [
  ...forbidden(/\bprocess\.env\b/g, 'touches process.env', /^server\/(?:config\.ts|main\.ts|cli\/)/)(files),
  ...forbidden(
    /\bprocess\.env\s*(?:\?\.|\.|\[)|\}\s*=\s*process\.env\b/g,
    'reads from process.env, which it may only pass on',
    /^server\/config\.ts/,
  )(files),
];

export const timeAndChanceComeFromOutside: Rule = forbidden(
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bgetRandomValues\b|\bv[47]\(\)/g,
  'takes the time or chance from the system; deps.now() and core/secrets.ts give them',
  /^server\/(?:core\/(?:secrets|system-clock)|main|deps)\.ts/,
);

const homesOfSql =
  /^server\/(?:db\/|.*\/(?:[a-z0-9-]+-(?:store|sql)|event-log|audit-log|provisioning-log|outbox)\.ts)/;

export const sqlStaysHome: Rule = (files) => [
  ...forbidden(
    /\.(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(/g,
    'writes SQL',
    homesOfSql,
  )(files),
  ...forbidden(/\bimport\s*\{[^}]*\bsql\b[^}]*\}\s*from\b/g, 'imports sql', homesOfSql)(files),
];

export const filesSayWhatTheyKnow: Rule = (files) =>
  files
    .filter(({ text }) => !/^\/[/*]/.test(text))
    .map(
      ({ path }) => `${path}:1 does not begin with a comment that says what it knows and what it does not`,
    );

export const filesHoldOneIdea: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > 300 ? [`${path}:301 goes on to line ${lines}; past 300 there are two ideas to part`] : [];
  });

/** Every code of the catalogue is thrown somewhere, and every code that is thrown stands in the catalogue. */
export const everyErrorIsThrown =
  (catalogue: readonly string[]): Rule =>
  (files) => {
    const thrown = files.flatMap((file) => {
      const code = withoutComments(file.text);
      return [...code.matchAll(/\bnew AppError\(\s*['"]([^'"]+)['"]/g)].map((found) => ({
        code: found[1] ?? '',
        place: `${file.path}:${lineAt(code, found.index)}`,
      }));
    });
    const unknown = thrown.filter(({ code }) => !catalogue.includes(code));
    const unused = catalogue.filter((code) => !thrown.some((one) => one.code === code));
    return [
      ...unknown.map(({ code, place }) => `${place} throws "${code}", which shared/errors.ts does not hold`),
      ...unused.map((code) => `shared/errors.ts:1 holds "${code}", which nothing throws`),
    ];
  };

function forbidden(pattern: RegExp, fault: string, except?: RegExp): Rule {
  return (files) =>
    files
      .filter(({ path }) => except?.test(path) !== true)
      .flatMap(({ path, text }) => {
        const code = codeOf(text);
        return [...code.matchAll(pattern)].map(
          (found) => `${path}:${lineAt(code, found.index)} ${fault}: ${found[0].trim()}`,
        );
      });
}
