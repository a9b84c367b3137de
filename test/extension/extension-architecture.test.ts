// The extension's own rules, held against its sources. Each rule is shown to catch a bad example first.
import { describe, expect, test } from 'vitest';
import * as house from '../helpers/architecture-rules.ts';
import * as rules from '../helpers/extension-rules.ts';
import { readSources, type SourceFile } from '../helpers/source-files.ts';

const sources = readSources('extension');
const styles = rules.readStyles();
/** Names that the build tool demands. */
const named = sources.filter(({ path }) => !/^extension\/(?:entrypoints\/|[^/]+\.d\.ts$)/.test(path));
const others = [...readSources('shared'), ...readSources('server')];

interface Case {
  readonly says: string;
  readonly rule: house.Rule;
  readonly over: readonly SourceFile[];
  readonly bad: Readonly<Record<string, string>>;
  readonly caught: readonly string[];
}

const cases: readonly Case[] = [
  {
    says: 'imports point down',
    rule: rules.extensionImportsPointDown,
    over: sources,
    bad: {
      'extension/lib/up.ts': "import { a } from '../parts/a.tsx';",
      'extension/popup/beside.tsx': "import { a } from '../members/a.tsx';",
      'extension/attic/a.ts': '',
      'extension/popup/fine.tsx': "import { a } from '../people/a.tsx';",
    },
    caught: [
      'extension/lib/up.ts:1 imports extension/parts/a.tsx, which is not below lib',
      'extension/popup/beside.tsx:1 imports extension/members/a.tsx, which is not below popup',
      'extension/attic/a.ts:1 stands in a room that has no floor yet: add "attic"',
    ],
  },
  {
    says: 'of the server one type is seen, in one line',
    rule: rules.oneTypeOfTheServer,
    over: sources,
    bad: {
      'extension/popup/a.ts': "import type { AppRouter } from '../../server/api/app-router.ts';",
      'extension/lib/api.ts': "import type { AppRouter } from '../../server/api/app-router.ts';",
      'extension/lib/b.ts': "import { x } from '../../test/helpers/x.ts';",
    },
    caught: [
      'extension/popup/a.ts:1 imports server/api/app-router.ts; only lib/api.ts takes the type of the API',
      'extension/lib/b.ts:1 imports test/helpers/x.ts; only lib/api.ts takes the type of the API',
    ],
  },
  {
    says: 'storage has one home',
    rule: rules.storageHasOneHome,
    over: sources,
    bad: {
      'extension/popup/a.ts': 'browser.storage.local.get();\nlocalStorage.x;',
      'extension/lib/storage.ts': 'browser.storage',
    },
    caught: [
      'extension/popup/a.ts:1 touches browser.storage; lib/storage.ts is its one use',
      'extension/popup/a.ts:2 touches localStorage; lib/storage.ts is its one use',
    ],
  },
  {
    says: 'only the theme names colours',
    rule: rules.coloursHaveOneHome,
    over: [...sources, ...styles],
    bad: {
      'extension/popup/a.module.css': '.a {\n  color: #fff;\n}',
      'extension/popup/a.tsx': "const a = 'rgb(1, 2, 3)'; const place = '#/people';",
    },
    caught: [
      'extension/popup/a.module.css:2 names a colour (#fff); the theme has them',
      'extension/popup/a.tsx:1 names a colour (rgb(); the theme has them',
    ],
  },
  {
    says: 'nothing comes from elsewhere',
    rule: rules.nothingFromElsewhere,
    over: [...sources, ...styles],
    bad: { 'extension/popup/index.html': '<script src="https://cdn.example/a.js"></script>' },
    caught: ['extension/popup/index.html:1 reaches outside: src="https:'],
  },
  {
    says: 'imports make no circle',
    rule: house.importsMakeNoCircle,
    over: sources,
    bad: { 'extension/lib/a.ts': "import './b.ts';", 'extension/lib/b.ts': "import './a.ts';" },
    caught: [
      'extension/lib/b.ts:1 closes a circle: extension/lib/a.ts → extension/lib/b.ts → extension/lib/a.ts',
    ],
  },
  {
    says: 'no file only passes on what others export',
    rule: house.noBarrels,
    over: sources,
    bad: { 'extension/lib/all.ts': "export { b } from './b.ts';" },
    caught: ['extension/lib/all.ts:1 only passes on what other files export'],
  },
  {
    says: 'no two files have the same name, the server’s included',
    rule: house.namesAreUnique,
    over: [...others, ...named],
    bad: { 'server/db/a.ts': '', 'extension/lib/a.ts': '' },
    caught: ['extension/lib/a.ts:1 has the same name as server/db/a.ts'],
  },
  {
    says: 'names are in kebab-case and say something',
    rule: house.namesSaySomething,
    over: named.filter(({ path }) => !path.endsWith('.d.ts')),
    bad: { 'extension/lib/utils.ts': '' },
    caught: ['extension/lib/utils.ts:1 is named "utils", which says nothing'],
  },
  {
    says: 'exports have names',
    rule: house.exportsHaveNames,
    over: named,
    bad: { 'extension/lib/a.ts': 'export default 1;' },
    caught: ['extension/lib/a.ts:1 has a default export: export default'],
  },
  {
    says: 'every file begins by saying what it knows',
    rule: house.filesSayWhatTheyKnow,
    over: sources,
    bad: { 'extension/lib/a.ts': "import 'b';" },
    caught: [
      'extension/lib/a.ts:1 does not begin with a comment that says what it knows and what it does not',
    ],
  },
  {
    says: 'no file holds two ideas',
    rule: house.filesHoldOneIdea,
    over: sources,
    bad: { 'extension/lib/a.ts': 'a;\n'.repeat(301) },
    caught: ['extension/lib/a.ts:301 goes on to line 301; past 300 there are two ideas to part'],
  },
];

describe.each(cases)('$says', ({ rule, over, bad, caught }) => {
  test('a file that does otherwise is caught', () => {
    expect(rule(Object.entries(bad).map(([path, text]) => ({ path, text })))).toEqual(caught);
  });

  test('the sources do so', () => {
    expect(over.length).toBeGreaterThan(20);
    expect(rule(over)).toEqual([]);
  });
});
