import { fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inChange } from '../../../server/audit/change-context.ts';
import { recordChange } from '../../../server/audit/record-change.ts';
import { createEventStream, type EventStream } from '../../../server/events/event-stream.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import type { FollowerOrder } from '../../helpers/follower-process.ts';
import { followWithBreaks, randomNumbers, writeEvents, writeMark } from '../../helpers/followers.ts';
import { databases, operator } from '../../helpers/scim-server.ts';

const log = { info: () => {}, error: () => {} };
const program = new URL('../../helpers/follower-process.ts', import.meta.url);

const numbersOf = async ({ db, orgId }: Directory, after: number) =>
  (
    await db
      .selectFrom('events')
      .select('seq')
      .where('org_id', '=', orgId)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute()
  ).map(({ seq }) => seq);

const tell = ({ deps, orgId }: Directory, ...words: readonly string[]) =>
  inChange(deps, { ...operator, orgId }, async (context) => {
    for (const word of words)
      await recordChange(
        context,
        { kind: 'org', id: orgId },
        {},
        { type: 'org.updated', data: { changed: [word] } },
      );
  });

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 20_000 });

const wordOf = (event: { readonly data: unknown }) => (event.data as { changed?: string[] }).changed?.[0];

describe.each(databases)('the event stream on %s', (name) => {
  let directory: Directory;
  let stream: EventStream;
  beforeEach(async () => {
    directory = await openDirectory(name);
    stream = createEventStream({ database: directory.database, log });
  });
  afterEach(async () => {
    await stream.close();
    await directory.close();
  });

  /** The words of the next events. */
  const take = async (following: AsyncGenerator<{ readonly data: unknown }>, count: number) => {
    const words: unknown[] = [];
    for (let i = 0; i < count; i++) words.push(wordOf((await following.next()).value ?? { data: {} }));
    return words;
  };

  test('a hundred followers who come and go see each of 10,000 events once and in order', async () => {
    const start = await stream.latest(directory.orgId);
    const processes = name === 'postgres' ? 2 : 1;
    const order: FollowerOrder = {
      url: directory.env.DATABASE_URL ?? '',
      orgId: directory.orgId,
      start,
      followers: 50,
      events: 5000,
    };
    const child = processes === 2 ? fork(program, { execArgv: ['--import', 'tsx'] }) : undefined;
    const written = child && once(child, 'message');
    child?.send(order);
    const following = Array.from({ length: 100 / processes }, (_, index) =>
      followWithBreaks(stream, directory.orgId, start, randomNumbers(index)),
    );
    await writeEvents(directory.deps, directory.orgId, 10_000 / processes, randomNumbers(1));
    expect(await written).toEqual(child && ['written', undefined]);
    const theirs = child && once(child, 'message');
    await writeMark(directory.deps, directory.orgId);

    const told = await numbersOf(directory, start);
    expect(told).toHaveLength(10_001);
    const seen = [...(await Promise.all(following)), ...(((await theirs)?.[0] ?? []) as number[][])];
    expect(seen).toHaveLength(100);
    for (const numbers of seen) expect(numbers).toEqual(told);
  }, 120_000);

  test('follows from now on, and tells nobody of another org', async () => {
    const other = await directory.found('Quarry & Sons');
    const following = stream.subscribe(directory.orgId);
    const first = following.next();
    await stream.latest(directory.orgId);
    await tell(other, 'theirs');
    await tell(directory, 'ours');
    expect((await first).value).toMatchObject({
      orgId: directory.orgId,
      type: 'org.updated',
      actor: operator.actor,
      subject: { kind: 'org', id: directory.orgId },
      at: directory.clock.now,
      data: { changed: ['ours'] },
    });
  });

  test('somebody far behind catches up from the database and then goes on live', async () => {
    const start = await stream.latest(directory.orgId);
    const slow = stream.subscribe(directory.orgId, { after: start });
    await tell(directory, 'first');
    expect(await take(slow, 1)).toEqual(['first']);
    const words = Array.from({ length: 5000 }, (_, index) => `word ${index}`);
    for (let at = 0; at < words.length; at += 250) await tell(directory, ...words.slice(at, at + 250));
    expect(await take(slow, words.length)).toEqual(words);
    await tell(directory, 'last');
    expect(await take(slow, 1)).toEqual(['last']);
  });

  test('a place that this history never reached counts as now', async () => {
    const following = stream.subscribe(directory.orgId, { after: 1_000_000 });
    const next = following.next();
    await stream.latest(directory.orgId);
    await tell(directory, 'new');
    expect(wordOf((await next).value ?? { data: {} })).toBe('new');
  });

  test('ends with the signal, before and while somebody waits', async () => {
    expect(await stream.subscribe(directory.orgId, { signal: AbortSignal.abort() }).next()).toEqual({
      done: true,
      value: undefined,
    });
    const leave = new AbortController();
    const waiting = stream.subscribe(directory.orgId, { signal: leave.signal }).next();
    await stream.latest(directory.orgId);
    leave.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('ends everybody when it is closed', async () => {
    const waiting = [stream.subscribe(directory.orgId).next(), stream.subscribe(directory.orgId).next()];
    await stream.latest(directory.orgId);
    await stream.close();
    for (const end of await Promise.all(waiting)) expect(end.done).toBe(true);
  });

  test('goes on after everybody had left', async () => {
    const start = await stream.latest(directory.orgId);
    const first = stream.subscribe(directory.orgId, { after: start });
    await tell(directory, 'one');
    expect(await take(first, 1)).toEqual(['one']);
    await first.return();
    await tell(directory, 'two', 'three');
    const second = stream.subscribe(directory.orgId, { after: start + 1 });
    expect(await take(second, 2)).toEqual(['two', 'three']);
  });
});

describe('numbers that PostgreSQL gave before their transaction committed', () => {
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  let directory: Directory;
  let stream: EventStream;
  beforeEach(async () => {
    directory = await openDirectory('postgres');
    stream = createEventStream({ database: directory.database, log });
  });
  afterEach(async () => {
    await stream.close();
    await directory.close();
  });

  /** Takes a number, and leaves it to the test when and how the transaction ends. */
  const takeNumber = async (word: string) => {
    let end: (how: 'commit' | 'roll back') => void = () => {};
    let took = () => {};
    const verdict = new Promise<'commit' | 'roll back'>((resolve) => {
      end = resolve;
    });
    const taken = new Promise<void>((resolve) => {
      took = resolve;
    });
    const done = inChange(directory.deps, { ...operator, orgId: directory.orgId }, async (context) => {
      const event = { type: 'org.updated', data: { changed: [word] } } as const;
      await recordChange(context, { kind: 'org', id: directory.orgId }, {}, event);
      took();
      if ((await verdict) === 'roll back') throw new Error('rolled back');
    }).catch(() => {});
    await taken;
    return async (how: 'commit' | 'roll back') => {
      end(how);
      await done;
    };
  };
  const looks = () =>
    queries.mock.calls.filter(([text]) =>
      String((text as { text?: string })?.text ?? text).includes('pg_locks'),
    ).length;
  /** Until the reader has found the number missing and looked for it several times. */
  const lookedInVain = async () => {
    const before = looks();
    await eventually(() => expect(looks()).toBeGreaterThan(before + 3));
  };
  const follow = (after: number) => {
    const words: unknown[] = [];
    void (async () => {
      for await (const event of stream.subscribe(directory.orgId, { after })) words.push(wordOf(event));
    })();
    return words;
  };
  /** What is told after the reader has begun. */
  const followLive = async () => {
    const words = follow(await stream.latest(directory.orgId));
    await tell(directory, 'begun');
    await eventually(() => expect(words).toEqual(['begun']));
    words.length = 0;
    return words;
  };

  test('hold up what was committed after them, until they are committed', async () => {
    const words = await followLive();
    const end = await takeNumber('early');
    await tell(directory, 'late');
    await lookedInVain();
    expect(words).toEqual([]);
    await end('commit');
    await eventually(() => expect(words).toEqual(['early', 'late']));
  });

  test('hold up nothing once they are rolled back', async () => {
    const words = await followLive();
    const end = await takeNumber('never');
    await tell(directory, 'late');
    await lookedInVain();
    expect(words).toEqual([]);
    await end('roll back');
    await eventually(() => expect(words).toEqual(['late']));
  });

  test('hold up only those who were given before, not those that come while one waits', async () => {
    const words = await followLive();
    const endFirst = await takeNumber('never');
    await tell(directory, 'second');
    await lookedInVain();
    const endThird = await takeNumber('third');
    await endFirst('roll back');
    await eventually(() => expect(words).toEqual(['second']));
    await tell(directory, 'fourth');
    await lookedInVain();
    await endThird('commit');
    await eventually(() => expect(words).toEqual(['second', 'third', 'fourth']));
  });

  test('hold up the start of a follower too', async () => {
    const end = await takeNumber('under way');
    await tell(directory, 'before');
    const words = follow(0);
    await lookedInVain();
    expect(words).toEqual([]);
    await end('commit');
    await eventually(() => expect(words.slice(-2)).toEqual(['under way', 'before']));
  });
});
