// The rules of ARCHITECTURE.md, held against the sources. Each rule is shown to catch a bad example first.
import { describe, expect, test } from 'vitest';
import { errors } from '../shared/errors.ts';
import * as rules from './helpers/architecture-rules.ts';
import { readSources, type SourceFile } from './helpers/source-files.ts';

const product = [...readSources('shared'), ...readSources('server')];
const everything = [...product, ...readSources('test')];

interface Case {
  readonly says: string;
  readonly rule: rules.Rule;
  readonly over: readonly SourceFile[];
  /** Files that break the rule by their path, and what is said of them. */
  readonly bad: Readonly<Record<string, string>>;
  readonly caught: readonly string[];
}

const cases: readonly Case[] = [
  {
    says: 'imports point down',
    rule: rules.importsPointDown,
    over: product,
    bad: {
      'server/db/up.ts': "\nimport type { A } from '../members/member-store.ts';",
      'server/orgs/beside.ts': "import { a } from '../auth/session-store.ts';",
      'server/scim/protocol/leaf.ts': "import { z } from 'zod';\nimport { ok } from 'node:assert';",
      'server/scim/protocol/out.ts': "export { a } from '../../../shared/errors.ts';",
      'server/core/lazy.ts': "const load = () => import('../db/database.ts');",
      'shared/heavy.ts': "import { z } from 'zod';\nimport 'fastify';",
      'server/core/tested.ts': "import {\n  a,\n} from '../../test/helpers/a.ts';",
      'server/attic/old.ts': '',
      'server/members/fine.ts': "// from '../scim/x.ts'\nimport { a } from '../scim/protocol/filter.ts';",
    },
    caught: [
      'server/db/up.ts:2 imports server/members/member-store.ts, which is not below db',
      'server/orgs/beside.ts:1 imports server/auth/session-store.ts, which is not below orgs',
      'server/scim/protocol/leaf.ts:1 imports zod, which is not below scim/protocol',
      'server/scim/protocol/out.ts:1 imports shared/errors.ts, which is not below scim/protocol',
      'server/core/lazy.ts:1 imports server/db/database.ts, which is not below core',
      'shared/heavy.ts:2 imports fastify, which is not below shared',
      'server/core/tested.ts:3 imports test/helpers/a.ts, which is not below core',
      'server/attic/old.ts:1 stands in a room that has no floor yet: add "attic" to floors',
    ],
  },
  {
    says: 'imports make no circle',
    rule: rules.importsMakeNoCircle,
    over: product,
    bad: {
      'server/db/a.ts': "import { b } from './b.ts';",
      'server/db/b.ts': "\nimport type { c } from './c.ts';",
      'server/db/c.ts': "import { b } from './b.ts';",
    },
    caught: ['server/db/c.ts:1 closes a circle: server/db/b.ts → server/db/c.ts → server/db/b.ts'],
  },
  {
    says: 'no file only passes on what others export',
    rule: rules.noBarrels,
    over: product,
    bad: {
      'server/db/all.ts': "// All.\nexport * from './a.ts';\nexport { b } from './b.ts';",
      'server/db/again.ts': "import { a } from './a.ts';\nexport { a };",
      'server/db/fine.ts': "export { b } from './b.ts';\nexport const a = 1;",
    },
    caught: [
      'server/db/all.ts:1 only passes on what other files export',
      'server/db/again.ts:1 only passes on what other files export',
    ],
  },
  {
    says: 'no two files have the same name',
    rule: rules.namesAreUnique,
    over: product,
    bad: { 'server/db/tables.ts': '', 'server/core/tables.ts': '' },
    caught: ['server/core/tables.ts:1 has the same name as server/db/tables.ts'],
  },
  {
    says: 'names are in kebab-case and say something',
    rule: rules.namesSaySomething,
    over: everything,
    bad: {
      'server/db/keySet.ts': '',
      'server/members/member-service.ts': '',
      'server/utils/text.ts': '',
      'test/helpers/fine.ts': '',
      'test/server/helpers/not-fine.ts': '',
    },
    caught: [
      'server/db/keySet.ts:1 is not in kebab-case: "keySet"',
      'server/members/member-service.ts:1 is named "service", which says nothing',
      'server/utils/text.ts:1 is named "utils", which says nothing',
      'test/server/helpers/not-fine.ts:1 is named "helpers", which says nothing',
    ],
  },
  {
    says: 'exports have names',
    rule: rules.exportsHaveNames,
    over: product,
    bad: { 'shared/a.ts': 'export default 1;', 'shared/b.ts': 'const b = 1;\nexport { b as default };' },
    caught: [
      'shared/a.ts:1 has a default export: export default',
      'shared/b.ts:2 has a default export: as default',
    ],
  },
  {
    says: 'only server/config.ts reads the environment',
    rule: rules.environmentIsReadOnce,
    over: product,
    bad: {
      'server/db/a.ts': 'const url = process.env;',
      'server/cli/serve.ts': 'readConfig({ ...process.env, PORT });\nconst home = process.env.HOME;',
      'server/main.ts': 'const { HOME } = process.env;',
      'server/config.ts': 'process.env.PORT;',
    },
    caught: [
      'server/db/a.ts:1 touches process.env: process.env',
      'server/cli/serve.ts:2 reads from process.env, which it may only pass on: process.env.',
      'server/main.ts:1 reads from process.env, which it may only pass on: } = process.env',
    ],
  },
  {
    says: 'time and chance come from outside',
    rule: rules.timeAndChanceComeFromOutside,
    over: product,
    bad: {
      'server/db/a.ts': 'const at = Date.now();\nconst day = new Date();\nconst fine = new Date(at);',
      'server/db/b.ts': `import { randomUUID } from 'node:crypto';\nconst text = \`\${Math.random()}\`;`,
      'server/core/secrets.ts': 'randomBytes(32);',
    },
    caught: [
      'server/db/a.ts:1 takes the time or chance from the system; deps.now() and core/secrets.ts give them: Date.now',
      'server/db/a.ts:2 takes the time or chance from the system; deps.now() and core/secrets.ts give them: new Date()',
      'server/db/b.ts:1 takes the time or chance from the system; deps.now() and core/secrets.ts give them: randomUUID',
      'server/db/b.ts:2 takes the time or chance from the system; deps.now() and core/secrets.ts give them: Math.random',
    ],
  },
  {
    says: 'SQL stays in db, the stores, the logs, the outbox and what ends in -sql',
    rule: rules.sqlStaysHome,
    over: product,
    bad: {
      'server/members/change-member.ts': "const rows = db\n  .selectFrom('member')",
      'server/members/add.ts': "import { type Kysely, sql } from 'kysely';\nsql<number>`select 1`;",
      'server/members/member-store.ts': "db.insertInto('member')",
      'server/scim/filter-sql.ts': "import { sql } from 'kysely';",
    },
    caught: [
      'server/members/change-member.ts:2 writes SQL: .selectFrom(',
      'server/members/add.ts:1 imports sql: import { type Kysely, sql } from',
    ],
  },
  {
    says: 'every file begins by saying what it knows',
    rule: rules.filesSayWhatTheyKnow,
    over: product,
    bad: { 'shared/a.ts': "import 'zod';\n// Late.", 'shared/b.ts': '// Knows b.' },
    caught: ['shared/a.ts:1 does not begin with a comment that says what it knows and what it does not'],
  },
  {
    says: 'no file holds two ideas',
    rule: rules.filesHoldOneIdea,
    over: product,
    bad: { 'shared/a.ts': 'a;\n'.repeat(301), 'shared/b.ts': 'b;\n'.repeat(300) },
    caught: ['shared/a.ts:301 goes on to line 301; past 300 there are two ideas to part'],
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

describe('every error of the catalogue is thrown, and no other', () => {
  test('a code without a throw and a throw without a code are caught', () => {
    const text = "// new AppError('org.gone')\nthrow new AppError('org.lost', {});";
    expect(rules.everyErrorIsThrown(['org.gone'])([{ path: 'server/orgs/a.ts', text }])).toEqual([
      'server/orgs/a.ts:2 throws "org.lost", which shared/errors.ts does not hold',
      'shared/errors.ts:1 holds "org.gone", which nothing throws',
    ]);
  });

  test('the sources do so', () => {
    expect(rules.everyErrorIsThrown(Object.keys(errors))(product)).toEqual([]);
  });
});
