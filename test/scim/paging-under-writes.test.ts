import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../helpers/scim-server.ts';

/** What happens between two pages, to people (or groups) who come and go; `at` chooses the one who goes or changes. */
type Write = { readonly kind: 'add' | 'remove' | 'change'; readonly at: number };
const writes = fc.array(
  fc.record({ kind: fc.constantFrom<Write['kind']>('add', 'remove', 'change'), at: fc.nat(999) }),
  { maxLength: 4 },
);
const order = fc.constantFrom(
  '',
  '&sortBy=userName',
  '&sortBy=userName&sortOrder=descending',
  '&sortBy=title',
  '&sortBy=title&sortOrder=descending',
  '&sortBy=meta.lastModified&sortOrder=descending',
  '&filter=active eq true',
  '&filter=userName co "."&sortBy=title',
);
const walk = fc.record({
  count: fc.integer({ min: 1, max: 11 }),
  order,
  between: fc.array(writes, { maxLength: 12 }),
});

const staying = 23;
const names = ['stay.Ähren', 'stay.birk', 'STAY.BIRK', 'stay.zoë', 'stay.ß', 'stay.mo'];

describe.each(databases)('a walk through the pages while others write, on %s', (database) => {
  let server: ScimServer;
  let stays: ReadonlySet<string>;
  /** Those who come and go. */
  const passing: string[] = [];
  let made = 0;
  beforeAll(async () => {
    server = await startScimServer({ database });
    const ids: string[] = [];
    for (let n = 0; n < staying; n++) {
      const title = n % 3 === 0 ? {} : { title: ['Smith', 'smith', 'Ärztin', 'Caster'][n % 4] };
      const { body } = await server.scim('POST', '/Users', {
        userName: `${names[n % names.length]}-${n}`,
        ...title,
      });
      ids.push(body.id);
      if (n % 2 === 0) await write({ kind: 'add', at: n });
      server.clock.now += n % 5;
    }
    stays = new Set(ids);
  });
  afterAll(() => server.close());

  async function write({ kind, at }: Write): Promise<void> {
    const id = passing[at % Math.max(1, passing.length)];
    if (kind === 'add' || id === undefined) {
      made += 1;
      server.clock.now += 1;
      const title = at % 2 === 0 ? {} : { title: `Guest ${at}` };
      const { body, status } = await server.scim('POST', '/Users', {
        userName: `pass.${at % 90}.${made}`,
        ...title,
      });
      expect(status).toBe(201);
      passing.push(body.id);
    } else if (kind === 'remove') {
      expect((await server.scim('DELETE', `/Users/${id}`)).status).toBe(204);
      passing.splice(passing.indexOf(id), 1);
    } else {
      const value = { title: `Guest ${at}`, userName: `pass.${at}.${id}` };
      expect(
        (await server.scim('PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', value }] })).status,
      ).toBe(200);
    }
  }

  /** Who was on the pages, in order; the n-th of `between` is written after the n-th page. */
  async function visit(
    firstPage: string,
    nextPage: (body: { nextCursor?: string; previousCursor?: string }, visited: number) => string | undefined,
    between: readonly (readonly Write[])[],
  ): Promise<{
    readonly ids: readonly string[];
    readonly last: { nextCursor?: string; previousCursor?: string };
  }> {
    const ids: string[] = [];
    let page: string | undefined = firstPage;
    for (let n = 0; ; n++) {
      const { status, body, text } = await server.scim('GET', `/Users?${page}`);
      expect(status, text).toBe(200);
      ids.push(...body.Resources.map(({ id }: { id: string }) => id));
      page = nextPage(body, ids.length);
      if (page === undefined) return { ids, last: body };
      for (const change of between[n] ?? []) await write(change);
      expect(n).toBeLessThan(200);
    }
  }

  /** Few come and go, so that each walk is short. */
  const sendMostAway = async () => {
    while (passing.length > 8) await write({ kind: 'remove', at: 0 });
  };
  const whoStays = (ids: readonly string[]) => ids.filter((id) => stays.has(id));
  const seenOnce = (ids: readonly string[]) => {
    const seen = whoStays(ids);
    expect(seen).toHaveLength(stays.size);
    expect(new Set(seen)).toEqual(stays);
  };

  test('RFC 9865: by cursor, forward and back, everybody who stays is visited exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async ({ count, order, between }) => {
        await sendMostAway();
        const query = `count=${count}${order}`;
        const forward = await visit(
          `${query}&cursor=`,
          ({ nextCursor }) => nextCursor && `${query}&cursor=${nextCursor}`,
          between,
        );
        seenOnce(forward.ids);
        const { previousCursor } = forward.last;
        if (previousCursor === undefined) return;
        const lastPage = new Set(forward.ids.slice(-count));
        const back = await visit(
          `${query}&cursor=${previousCursor}`,
          (body) => body.previousCursor && `${query}&cursor=${body.previousCursor}`,
          between,
        );
        const seen = whoStays(back.ids);
        expect(new Set(seen).size).toBe(seen.length);
        for (const id of stays) expect(lastPage.has(id) || seen.includes(id)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('RFC 7644 §3.4.2.4: by index, while people are added and changed, everybody who stays is visited once', async () => {
    const additions = writes.map((some) =>
      some.map(({ kind, at }) => ({ at, kind: kind === 'remove' ? ('add' as const) : kind })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 11 }),
        fc.array(additions, { maxLength: 12 }),
        async (count, between) => {
          await sendMostAway();
          const { ids } = await visit(
            `count=${count}&startIndex=1`,
            (body, visited) => {
              const { Resources } = body as { Resources: readonly unknown[] };
              return Resources.length < count ? undefined : `count=${count}&startIndex=${visited + 1}`;
            },
            // Fewer people come than a page holds, or the walk would not end.
            between.map((some) =>
              some.filter(({ kind }, n) => kind === 'change' || n < Math.min(1, count - 1)),
            ),
          );
          seenOnce(ids);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('RFC 7644 §3.4.2.4: every page by index is the slice of the whole list that it says it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        order,
        fc.integer({ min: -2, max: 60 }),
        fc.integer({ min: 0, max: 30 }),
        async (order, startIndex, count) => {
          const whole = await server.scim('GET', `/Users?count=1000${order}`);
          const page = await server.scim('GET', `/Users?count=${count}&startIndex=${startIndex}${order}`);
          const start = Math.max(1, startIndex) - 1;
          expect(page.body.totalResults).toBe(whole.body.totalResults);
          expect(page.body.Resources.map(({ id }: { id: string }) => id)).toEqual(
            whole.body.Resources.slice(start, start + count).map(({ id }: { id: string }) => id),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
