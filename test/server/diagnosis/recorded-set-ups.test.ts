// The checklist beside the recorded sessions of Okta and Entra: which request brings which step on, and none before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChecklist } from '../../../server/diagnosis/read-checklist.ts';
import type { Checklist, ChecklistStep } from '../../../shared/setup-checklist.ts';
import {
  type RecordedKind,
  readyForSession,
  recordedKinds,
  recordedSession,
} from '../../helpers/idp-session.ts';
import { replayStep } from '../../helpers/replay.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

/** What a request changed: the step, its state or how much of it is there, and what is said of it. */
type Turn = readonly [request: string, step: string, state: string, says: string];

const stories: Readonly<Record<RecordedKind, readonly Turn[]>> = {
  okta: [
    ['Test Connector Configuration', 'app', 'done', 'Okta called GET /Users, so the app is there.'],
    ['Test Connector Configuration', 'scim-on', 'done', 'Okta called GET /Users, so SCIM is on.'],
    ['Test Connector Configuration', 'credentials', 'done', 'Okta called GET /Users with this token.'],
    [
      'Assign a person: create',
      'username-format',
      'done',
      'One person came with an e-mail address as user name.',
    ],
    [
      'Assign a person: create',
      'actions',
      '1 of 3',
      'Seen: 1 created. Update and deactivate have not been tried.',
    ],
    ['Assign a person: create', 'mappings', 'done', 'One person came with everything that is needed.'],
    ['Assign a person: create', 'assign', 'done', 'The first person came with POST /Users.'],
    [
      'Assign a person: create',
      'test-person',
      '1 of 4',
      'Seen: 1 created. Update, deactivate and bring back have not been tried.',
    ],
    [
      'Profile change: PUT of the whole person',
      'actions',
      '2 of 3',
      'Seen: 2 created, 1 updated. Deactivate has not been tried.',
    ],
    [
      'Profile change: PUT of the whole person',
      'test-person',
      '2 of 4',
      'Seen: 2 created, 1 updated. Deactivate and bring back have not been tried.',
    ],
    [
      'Unassign a person: PATCH without a path',
      'actions',
      'done',
      'Seen: 2 created, 1 updated, 1 deactivated.',
    ],
    [
      'Unassign a person: PATCH without a path',
      'test-person',
      '3 of 4',
      'Seen: 2 created, 1 updated, 1 deactivated. Bring back has not been tried.',
    ],
    [
      'Reassign a person: PUT with active true',
      'test-person',
      'done',
      'Seen: 2 created, 1 updated, 2 deactivated, 1 brought back.',
    ],
    [
      'Push a group: create it empty',
      'push-groups',
      '1 of 2',
      'Seen: 1 group. Adding members has not been tried.',
    ],
    [
      'Push a group: create it with its members at once',
      'push-groups',
      'done',
      'Seen: 2 groups, 1 change of members.',
    ],
  ],
  entra: [
    ['Test Connection', 'app', 'done', 'Entra called GET /Users, so the application is there.'],
    ['Test Connection', 'automatic', 'done', 'Entra called GET /Users, so provisioning is automatic.'],
    ['Test Connection', 'credentials', 'done', 'Entra called GET /Users with this token.'],
    [
      'Create a person whose externalId is the mail nickname',
      'mappings',
      '5 of 6',
      'Not everybody comes with the right externalId.',
    ],
    [
      'Create a person whose externalId is the mail nickname',
      'actions',
      '1 of 3',
      'Seen: 1 created. Update and deactivate have not been tried.',
    ],
    [
      'Create a person whose externalId is the mail nickname',
      'assign',
      'done',
      'The first person came with POST /Users.',
    ],
    [
      'Create a person whose externalId is the mail nickname',
      'test-person',
      '1 of 4',
      'Seen: 1 created. Update, deactivate and bring back have not been tried.',
    ],
    [
      'Update several attributes, one operation each, with capitals',
      'actions',
      '2 of 3',
      'Seen: 3 created, 1 updated. Deactivate has not been tried.',
    ],
    [
      'Update several attributes, one operation each, with capitals',
      'test-person',
      '2 of 4',
      'Seen: 3 created, 1 updated. Deactivate and bring back have not been tried.',
    ],
    [
      'Update externalId after the mapping was mended',
      'mappings',
      'done',
      'All 3 people came with everything that is needed.',
    ],
    [
      "Create a group, with Microsoft's own schema URI among its schemas",
      'groups',
      '1 of 2',
      'Seen: 1 group. Adding members has not been tried.',
    ],
    ['Add several members in one operation', 'groups', 'done', 'Seen: 1 group, 1 change of members.'],
    [
      'A person out of scope: active is the string "False"',
      'actions',
      'done',
      'Seen: 3 created, 11 updated, 1 deactivated.',
    ],
    [
      'A person out of scope: active is the string "False"',
      'test-person',
      '3 of 4',
      'Seen: 3 created, 11 updated, 1 deactivated. Bring back has not been tried.',
    ],
    [
      'A person back in scope: active is the string "True"',
      'test-person',
      'done',
      'Seen: 3 created, 11 updated, 2 deactivated, 1 brought back.',
    ],
  ],
};

/** What nobody can see from here, or what takes another cycle. */
const leftOver: Readonly<Record<RecordedKind, readonly string[]>> = {
  okta: ['assigned-earlier', 'push-immediately', 'sso'],
  entra: ['scope', 'start', 'sso'],
};

/** How far a step is proven, whatever findings there are about it. */
const standing = ({ proof, progress }: ChecklistStep) =>
  proof ? 'done' : progress?.done ? `${progress.done} of ${progress.of}` : 'open';

describe.each(recordedKinds)('the recorded session of %s', (kind) => {
  describe.each(databases)('on %s', (database) => {
    let server: ScimServer;
    beforeAll(async () => {
      server = await startScimServer({ database, kind });
    });
    afterAll(() => server.close());

    const read = async (): Promise<Checklist> => {
      await server.deps.provisioningLog.flush();
      const deps = { ...server.deps, db: server.deps.database.db };
      return readChecklist(deps, server.orgId, server.connectionId);
    };

    test('brings the steps on one by one, each with the request that shows it', async () => {
      const target = await readyForSession(server, kind);
      let before = await read();
      expect(new Set(before.steps.map(({ state }) => state))).toEqual(new Set(['todo', 'unprovable']));
      const story: Turn[] = [];
      for (const request of recordedSession(kind)) {
        await replayStep(target, request);
        const after = await read();
        for (const [index, step] of after.steps.entries()) {
          const was = before.steps[index];
          if (was && standing(was) === standing(step)) continue;
          story.push([request.name, step.id, standing(step), String(step.proof?.sentence ?? step.note)]);
        }
        before = after;
        server.clock.now += 1000;
      }
      expect(story).toEqual(stories[kind]);
      expect(before.steps.filter(({ proof }) => proof === null).map(({ id }) => id)).toEqual(leftOver[kind]);
    });

    test('leaves a proof that leads to its record', async () => {
      const { steps } = await read();
      const proof = steps.find(({ id }) => id === 'credentials')?.proof;
      const record = await server.deps.database.db
        .selectFrom('provisioning_records')
        .selectAll()
        .where('seq', '=', proof?.recordSeq ?? 0)
        .executeTakeFirst();
      expect(record).toMatchObject({ method: 'GET', status: 200, at: proof?.at });
    });

    test('is remembered when the records are long gone', async () => {
      const before = await read();
      server.clock.now += 3_600_000;
      await read();
      await server.deps.database.db.deleteFrom('provisioning_records').execute();
      const proofs = (checklist: Checklist) => checklist.steps.map(({ id, proof }) => [id, proof]);
      expect(proofs(await read())).toEqual(proofs(before));
    });
  });
});
