// What it costs to invite a thousand pasted addresses, beside writing the very same rows and nothing else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrate } from '../server/db/migrate.ts';
import { openDatabase } from '../server/db/open-database.ts';
import { inviteFromText } from '../server/invitations/invite-from-text.ts';
import { setUpOrg } from '../server/members/set-up-org.ts';
import { type Figure, median } from './figure.ts';
import type { Sizes } from './sizes.ts';

const people = 1000;

/** As many as one transaction invites. */
const slice = 50;

/** What an invitation writes. */
const tables = [
  'members',
  'member_emails',
  'member_terms',
  'invitations',
  'outbox',
  'audit',
  'events',
] as const;

export async function benchInvite({ rounds }: Sizes): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  try {
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const file = join(folder, `${round}.db`);
      ours.push(await invite(file));
      bare.push(await copyRows(file, join(folder, `${round}-bare.db`)));
    }
    return [
      {
        name: `inviting ${people.toLocaleString('en')} pasted addresses`,
        value: median(ours),
        unit: 'ms',
        beside: { name: 'the same rows, prepared statements', value: median(bare), unit: 'ms' },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function invite(file: string): Promise<number> {
  const database = openDatabase({ file });
  await migrate(database.db);
  const deps = { db: database.db, now: Date.now, secret: Buffer.alloc(32) };
  const asked = { actor: { kind: 'operator', id: 'bench' }, requestId: 'bench' } as const;
  const owner = { name: 'Larkspur Foundry', ownerEmail: 'ada@larkspur.example' };
  const { id: orgId } = await setUpOrg(deps, { ...asked, ...owner });
  const text = Array.from(
    { length: people },
    (_, n) => `Person ${n} Okonjo <person.${n}@larkspur.example>`,
  ).join('\n');
  const start = performance.now();
  const answer = await inviteFromText(deps, { ...asked, orgId }, { text, role: 'member' }, ['member']);
  const took = performance.now() - start;
  await database.close();
  const invited = answer.people.filter(({ outcome }) => outcome === 'invited').length;
  if (invited !== people) throw new Error(`${invited} of ${people} were invited`);
  return took;
}

/** Writes every row of one database into another, person by person, a slice of people to each commit. */
async function copyRows(from: string, to: string): Promise<number> {
  const database = openDatabase({ file: to });
  await migrate(database.db);
  await database.close();
  const source = new Sqlite(from, { readonly: true });
  const target = new Sqlite(to);
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = FULL');
  target.pragma('foreign_keys = OFF');
  const work = tables.map((table) => {
    const rows = source.prepare(`select * from ${table}`).all() as Record<string, unknown>[];
    const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'seq');
    const places = names.map((name) => `@${name}`).join(', ');
    const insert = target.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`);
    return { insert, rows };
  });
  const slices = Math.ceil(people / slice);
  const start = performance.now();
  for (let turn = 0; turn < slices; turn++) {
    target.transaction(() => {
      for (const { insert, rows } of work) {
        const size = Math.ceil(rows.length / slices);
        for (const row of rows.slice(turn * size, (turn + 1) * size)) insert.run(row);
      }
    })();
  }
  const took = performance.now() - start;
  source.close();
  target.close();
  return took;
}
