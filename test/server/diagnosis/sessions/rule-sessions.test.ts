// Every rule in a whole session over real HTTP: nothing is found before the evidence, exactly its finding with the first
// request or at the very moment that silence counts, nothing once it is mended, and nothing in the healthy twin.
import { afterAll, describe, expect, test } from 'vitest';
import { diagnosticRules } from '../../../../server/diagnosis/diagnostic-rules.ts';
import { earliestLook } from '../../../../server/diagnosis/finding-store.ts';
import type { Finding } from '../../../../shared/finding.ts';
import { type DatabaseName, databases } from '../../../helpers/scim-server.ts';
import { minute } from '../../../idp/simulated-time.ts';
import { findingsNow, type RuleSession, type Run, rulesOf } from './rule-session.ts';
import { ruleSessions } from './rule-sessions.ts';

/** "rule → session → result", printed at the end. */
const results: string[] = [];
const line = (cells: readonly string[]) =>
  cells.map((cell, index) => cell.padEnd([31, 14, 9, 34][index] ?? 0)).join(' ');
afterAll(() => {
  const head = line(['rule', 'session', 'database', 'seen', 'where it is mended']);
  process.stdout.write(`${[head, '-'.repeat(head.length), ...results].join('\n')}\n`);
});

/** Wakes when the findings ask to be looked at, as the watch does, until the finding is there; says when that was. */
async function watchFor(
  { rule, alongside = {} }: RuleSession,
  { server, pass, dueAt = 0 }: Run,
): Promise<number> {
  for (let wakes = 0; wakes < 60; wakes++) {
    const open = rulesOf(await findingsNow(server));
    if (open.includes(rule)) return server.clock.now;
    expect(Object.keys(alongside)).toEqual(expect.arrayContaining([...open]));
    expect(server.clock.now).toBeLessThan(dueAt);
    const next = (await earliestLook(server.deps.database.db)) ?? dueAt;
    await pass(Math.max(1, Math.min(next, dueAt) - server.clock.now));
  }
  throw new Error(`${rule} is not found`);
}

const nothingYet = async (server: Parameters<typeof findingsNow>[0]) =>
  expect(await findingsNow(server)).toEqual([]);

function expectTold(finding: Finding | undefined, session: RuleSession): void {
  expect(finding?.sentence).toMatch(session.sentence);
  expect(finding?.stepId).toBe(session.stepId);
  const { people = [], lastLabel, console: name } = session;
  expect(finding?.people).toMatchObject({
    total: people.length,
    first: people.map((one) => ({ name: one })),
  });
  expect(finding?.remedy?.labels.at(-1) ?? null).toBe(lastLabel);
  if (lastLabel !== null) expect(finding?.remedy?.console).toBe(name);
}

async function playFaulty(session: RuleSession, database: DatabaseName): Promise<void> {
  const { rule, alongside = {} } = session;
  const run = await session.run(database, true, nothingYet);
  try {
    const { server, dueAt } = run;
    if (dueAt !== undefined) expect(await watchFor(session, run)).toBe(dueAt);
    const found = await findingsNow(server);
    expect([...rulesOf(found)].sort()).toEqual([rule, ...Object.keys(alongside)].sort());
    const finding = found.find((one) => one.rule === rule);
    expectTold(finding, session);
    const seen = dueAt === undefined ? 'with the request' : 'at the very moment it is due';
    const way =
      finding?.remedy?.labels.slice(-2).join(' › ') ??
      (finding?.stepId ? 'in its own console' : 'in Rollcall');
    results.push(line([rule, session.who, database, seen, `${finding?.stepId ?? '-'}: ${way}`]));
    await run.mend();
    expect(rulesOf(await findingsNow(server))).not.toContain(rule);
  } finally {
    await run.close();
  }
}

async function playHealthy(session: RuleSession, database: DatabaseName): Promise<void> {
  const run = await session.run(database, false, nothingYet);
  try {
    const { server, pass, dueAt = 0 } = run;
    expect(await findingsNow(server)).toEqual([]);
    await pass(Math.max(0, dueAt + minute - server.clock.now));
    expect(await findingsNow(server)).toEqual([]);
  } finally {
    await run.close();
  }
}

const played = databases.flatMap((database) =>
  ruleSessions.flatMap((session) =>
    database === 'sqlite' || session.onBoth ? [[session.rule, session.who, database, session] as const] : [],
  ),
);

describe.each(played)('%s: %s, on %s', (_rule, _who, database, session) => {
  test('is all that is found, with the evidence and not before, until it is mended', () =>
    playFaulty(session, database));
  test('is not found where all is well', () => playHealthy(session, database));
});

test('every rule has a session', () => {
  const tried = new Set(ruleSessions.map(({ rule }) => rule));
  expect([...tried].sort()).toEqual(diagnosticRules.map(({ id }) => id).sort());
});
