// The checklist beside the recorded sessions of Okta and Entra: which request completes which step, and none before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChecklist } from '../../../server/diagnosis/read-checklist.ts';
import type { ChecklistStep } from '../../../shared/setup-checklist.ts';
import { readyForSession, recordedKinds, recordedSession } from '../../helpers/idp-session.ts';
import { replayStep } from '../../helpers/replay.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe.each(recordedKinds)('the recorded session of %s', (kind) => {
  describe.each(databases)('on %s', (database) => {
    let server: ScimServer;
    beforeAll(async () => {
      server = await startScimServer({ database, kind });
    });
    afterAll(() => server.close());

    test('x', async () => {
      const target = await readyForSession(server, kind);
      const { db } = server.deps.database;
      const deps = { ...server.deps, db };
      const read = async () => {
        await server.deps.provisioningLog.flush();
        return readChecklist(deps, server.orgId, server.connectionId);
      };
      const story: unknown[] = [];
      let before = new Map<string, ChecklistStep>();
      for (const step of [undefined, ...recordedSession(kind)]) {
        if (step) await replayStep(target, step);
        server.clock.now += 1000;
        const { steps } = await read();
        for (const s of steps) {
          const b = before.get(s.id);
          if (b?.state !== s.state || b.progress?.done !== s.progress?.done)
            story.push([step?.name, s.id, s.state, s.progress?.done, s.proof?.sentence, s.note]);
        }
        before = new Map(steps.map((s) => [s.id, s]));
      }
      console.log(story.map((s) => JSON.stringify(s)).join('\n'));
      console.log(JSON.stringify((await read()).attributes, null, 1));
      expect(1).toBe(1);
    });
  });
});
