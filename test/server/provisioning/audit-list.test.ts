import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inChange } from '../../../server/audit/change-context.ts';
import { recordChange } from '../../../server/audit/record-change.ts';
import { exportAudit, listAudit } from '../../../server/provisioning/audit-list.ts';
import { type AuditFilter, auditQuerySchema } from '../../../shared/audit.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('the audit log as admins read it, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let ines: string;
  let group: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    directory.clock.now += 1000;
    const attributes = { userName: 'ines', displayName: 'Ines Roth' };
    ines = (await okta.apply({ kind: 'provision-member', attributes })).member.id;
    directory.clock.now += 1000;
    group = (await okta.apply({ kind: 'add-group', attributes: { displayName: 'Crew' }, memberIds: [ines] }))
      .group.id;
    directory.clock.now += 1000;
    const { ownerId, orgId } = directory;
    const asked = {
      orgId,
      actor: { kind: 'member', id: ownerId },
      requestId: 'by ada',
      from: '192.0.2.7',
    } as const;
    await inChange(directory.deps, asked, (context) =>
      recordChange(
        context,
        { kind: 'org', id: orgId },
        { name: ['Larkspur', 'Larkspur Foundry'] },
        { type: 'org.updated', data: { changed: ['name'] } },
      ),
    );
  });
  afterAll(() => directory.close());

  const list = (query: Record<string, unknown> = {}, orgId = directory.orgId) =>
    listAudit(directory, orgId, auditQuerySchema.parse(query));
  const actions = async (query: Record<string, unknown>) =>
    (await list(query)).entries.map(({ action }) => action);
  const all = async (filter: AuditFilter = {}) => {
    const pieces: string[] = [];
    for await (const piece of exportAudit(directory, directory.orgId, filter)) pieces.push(piece);
    return pieces;
  };

  test('says who changed what, from what to what, in which request, with names', async () => {
    const { entries, next } = await list();
    expect(next).toBeNull();
    expect(entries[0]).toEqual({
      seq: expect.any(Number),
      at: directory.clock.now,
      actor: { kind: 'member', id: directory.ownerId, name: 'ada@larkspur.example' },
      action: 'org.updated',
      subject: { kind: 'org', id: directory.orgId, name: 'Larkspur Foundry' },
      changes: { name: ['Larkspur', 'Larkspur Foundry'] },
      requestId: 'by ada',
      from: '192.0.2.7',
    });
    const added = entries.find(({ subject }) => subject.id === ines);
    expect(added).toMatchObject({
      actor: { kind: 'connection', id: okta.connectionId, name: 'Our Okta' },
      action: 'member.added',
      subject: { name: 'Ines Roth' },
      requestId: 'request of Our Okta',
    });
    expect(entries.find(({ subject }) => subject.id === group)?.subject.name).toBe('Crew');
    expect(entries.find(({ action }) => action === 'connection.created')?.subject.name).toBe('Our Okta');
  });

  test('filters by actor, subject, action and time, alone and together', async () => {
    const everything = await actions({});
    expect(await actions({ actorId: okta.connectionId })).toEqual([
      'group.members_changed',
      'group.added',
      'member.added',
    ]);
    expect(await actions({ subjectId: ines })).toEqual(['member.added']);
    expect(await actions({ action: 'group.' })).toEqual(['group.members_changed', 'group.added']);
    expect(await actions({ action: 'group.added' })).toEqual(['group.added']);
    expect(await actions({ action: 'gro_p.' })).toEqual([]);
    expect(await actions({ from: directory.clock.now })).toEqual(['org.updated']);
    expect(await actions({ to: directory.clock.now })).toEqual(everything.slice(1));
    expect(await actions({ from: directory.clock.now - 1000, action: 'group.a' })).toEqual(['group.added']);
    expect(await actions({ actorId: 'nobody' })).toEqual([]);
  });

  test('in pages, each entry once', async () => {
    const whole = (await list()).entries;
    const seen = [];
    for (let before: number | undefined; ; ) {
      const { entries, next } = await list({ limit: 2, ...(before !== undefined && { before }) });
      seen.push(...entries);
      if (next === null) break;
      before = next;
    }
    expect(seen).toEqual(whole);
  });

  test('as a file, the oldest first, one entry a line', async () => {
    const lines = (await all()).join('').trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line));
    const listed = (await list()).entries.map(({ at, ...entry }) => ({
      at: new Date(at).toISOString(),
      ...entry,
    }));
    expect(entries).toEqual([...listed].reverse());
    expect(await all({ action: 'no.' })).toEqual(['']);
  });

  test('a large file comes in pieces, and holds no token', async () => {
    const { token } = await directory.connect('Our Entra');
    for (let n = 0; n < 300; n++)
      await okta.apply({
        kind: 'edit-member',
        id: ines,
        edit: (current) => ({ ...current, title: `Title ${n}` }),
        isExpected: anyVersion,
      });
    const pieces = await all();
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('').split('\n').length - 1).toBeGreaterThan(300);
    expect(pieces.join('')).not.toContain(token);
    expect(pieces.join('')).not.toMatch(/rollcall_[A-Za-z0-9]{43}/);
  });

  test('is nobody else’s, and gives no name that is erased', async () => {
    const other = await directory.found('Quarry & Sons');
    expect((await list({ subjectId: ines }, other.orgId)).entries).toEqual([]);
    await okta.apply({ kind: 'remove-member', id: ines, isExpected: anyVersion });
    expect((await list({ subjectId: ines, limit: 1 })).entries[0]?.subject.name).toBe('Ines Roth');
    await directory.db.updateTable('tombstones').set({ document: null }).execute();
    expect((await list({ subjectId: ines, limit: 1 })).entries[0]?.subject.name).toBeNull();
  });
});
