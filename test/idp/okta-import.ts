// Import Now: everybody and every group of the server, a hundred at a time. Knows the pages, not what Okta does with them.
import { type Json, resourcesOf, type Wire } from './wire.ts';

const pageSize = 100;

/** Reads until there are as many as the server has counted. @throws Trouble */
export async function readEverything(
  send: Wire['send'],
): Promise<{ readonly users: readonly Json[]; readonly groups: readonly Json[] }> {
  return { users: await readPages(send, '/Users'), groups: await readPages(send, '/Groups') };
}

async function readPages(send: Wire['send'], path: string): Promise<readonly Json[]> {
  const all: Json[] = [];
  for (;;) {
    const list = await send({
      method: 'GET',
      path: `${path}?startIndex=${all.length + 1}&count=${pageSize}`,
    });
    const page = resourcesOf(list);
    all.push(...page);
    if (page.length === 0 || all.length >= Number(list.totalResults)) return all;
  }
}
