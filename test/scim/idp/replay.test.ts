// The sessions of Okta and Entra, as they stand on the wire, on every database and in both modes.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readyForSession, recordedKinds, recordedSession } from '../../helpers/idp-session.ts';
import { type ReplayTarget, replayStep } from '../../helpers/replay.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe.each(recordedKinds)('a session of %s', (kind) => {
  const steps = recordedSession(kind);

  describe.each(databases)('on %s', (database) => {
    describe.each(['tolerant', 'strict'] as const)('in %s mode', (mode) => {
      let server: ScimServer;
      let target: ReplayTarget;

      beforeAll(async () => {
        server = await startScimServer({ database, kind, mode });
        target = await readyForSession(server, kind, mode);
      });
      afterAll(() => server.close());

      test.each(steps.map((step) => [step.name, step] as const))('%s', (_name, step) =>
        replayStep(target, step),
      );
    });
  });

  test('strict mode refuses something, and always by a rule of the interop profile', () => {
    const refusals = steps.flatMap((step) => step.strict ?? []);
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) {
      expect(refusal.status).toBe(400);
      expect(['invalidSyntax', 'invalidPath', 'invalidFilter', 'invalidValue']).toContain(refusal.scimType);
    }
  });
});
