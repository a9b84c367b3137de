// Whatever connections and admins do in whatever order, the directory comes to what a simple model says.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';
import { DirectoryModel } from './directory-model.ts';
import { op } from './directory-ops.ts';

describe.each(databases)('whatever is done in whatever order, on %s', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  test('rows, history and tally agree with a simple model', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 10, maxLength: 40 }), async (ops) => {
        runs += 1;
        const org = await directory.found(`Run ${runs}`);
        const model = new DirectoryModel(org);
        await model.open();
        for (const one of ops) await model.carryOut(one);
        await model.check();
      }),
      { numRuns: 60 },
    );
  });
});
