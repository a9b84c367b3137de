import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { gatherNews, type NewsSource } from '../../../server/api/gather-news.ts';

/** A source that says what it is told to, until its signal ends. */
function said(...batches: readonly (readonly string[])[]): NewsSource {
  return async function* (signal) {
    for (const batch of batches) {
      yield* batch;
      await turn();
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
}

describe('news of several streams', () => {
  test('comes from all of them, each kind once for what nobody has taken yet', async () => {
    const sources = [said(['member.added', 'group.added', 'group.added']), said(['record', 'record'])];
    const news = gatherNews(sources, undefined);
    const first = (await news.next()).value ?? [];
    for (let turns = 0; turns < 5; turns++) await turn();
    const rest = (await news.next()).value ?? [];
    expect(new Set(rest).size).toBe(rest.length);
    expect(new Set([...first, ...rest])).toEqual(new Set(['member.added', 'group.added', 'record']));
    await news.return(undefined);
  });

  test('goes on when a kind comes again later', async () => {
    const news = gatherNews([said(['record'], ['record'])], undefined);
    expect((await news.next()).value).toEqual(['record']);
    expect((await news.next()).value).toEqual(['record']);
    await news.return(undefined);
  });

  test('ends with its signal, and its sources with it', async () => {
    const closing = new AbortController();
    let ended = false;
    const source: NewsSource = async function* (signal) {
      try {
        yield 'record';
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      } finally {
        ended = true;
      }
    };
    const news = gatherNews([source], closing.signal);
    expect((await news.next()).value).toEqual(['record']);
    const next = news.next();
    closing.abort();
    expect((await next).done).toBe(true);
    expect(ended).toBe(true);
  });

  test('fails with what a source fails with, and leaves no other running', async () => {
    let ended = false;
    const failing: NewsSource = async function* () {
      yield 'record';
      throw new Error('The session is over.');
    };
    const other: NewsSource = async function* (signal) {
      try {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield* [];
      } finally {
        ended = true;
      }
    };
    const news = gatherNews([failing, other], undefined);
    await expect(
      (async () => {
        for await (const _ of news) await turn();
      })(),
    ).rejects.toThrow('The session is over.');
    expect(ended).toBe(true);
  });
});
