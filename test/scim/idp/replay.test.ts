// The sessions of Okta and Entra, as they stand on the wire, on every database and in both modes.

import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import { type ReplayTarget, readSession, replayStep } from '../../helpers/replay.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

// Entra signs one of its own when the secret token is left blank. No signature: nobody is to trust a claim of it.
const jwtOfEntra = [
  { alg: 'RS256', typ: 'JWT' },
  {
    iss: 'https://sts.windows.net/0b6f1f0e-52c1-4f0e-9c39-6f4be1d3a7c4/',
    aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  },
  {},
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** A hundred people and then Dalia, all invited by hand: the import needs two pages and Okta somebody to adopt. */
async function inviteByHand(server: ScimServer): Promise<string> {
  const source = { ...operator, orgId: server.orgId, connectionId: null };
  const standing = { role: 'member', invitedAt: server.clock.now, joinedAt: null } as const;
  const door = changeDepsOf(server.deps);
  const add = async (userName: string) => {
    const attributes = { userName, emails: [{ value: userName, type: 'work', primary: true }] };
    return applyDirectoryChange(door, source, { kind: 'add-member-by-hand', attributes, standing });
  };
  for (let n = 1; n <= 100; n++) {
    await add(`potter${n}@harbourlane.example`);
    // SQLite answers at once, so the loop would not turn, and the server would take that for overload.
    await setImmediate();
  }
  const { member } = await add('dalia.nasser@harbourlane.example');
  return member.id;
}

const sessions: readonly ConnectionKind[] = ['okta', 'entra'];

describe.each(sessions)('a session of %s', (kind) => {
  const steps = readSession(`${import.meta.dirname}/${kind}`);

  describe.each(databases)('on %s', (database) => {
    describe.each(['tolerant', 'strict'] as const)('in %s mode', (mode) => {
      let server: ScimServer;
      let target: ReplayTarget;

      beforeAll(async () => {
        server = await startScimServer({ database, kind, mode });
        const { baseUrl, token } = server;
        const known = new Map([
          ['base', baseUrl],
          ['host', new URL(baseUrl).host],
          ['token', token],
          ['jwt', jwtOfEntra],
        ]);
        if (kind === 'okta') known.set('user:dalia', await inviteByHand(server));
        target = { baseUrl, strict: mode === 'strict', known };
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
