import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { addSession, findSession } from '../../../server/auth/session-store.ts';
import { AppError } from '../../../server/core/app-error.ts';
import { countVisibleMembers } from '../../../server/members/member-store.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { deleteConnection } from '../../../server/provisioning/change-connection.ts';
import type { Edit } from '../../../server/provisioning/move-member.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('through the one door over HTTP, on %s', (database) => {
  let server: ScimServer;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    told = await followHistory(server.deps.database.db, server.orgId);
  });
  afterAll(() => server.close());

  const types = async () => (await told()).events.map(({ type }) => type);
  const create = async (attributes: Record<string, unknown>) => {
    const { status, body, text } = await server.scim('POST', '/Users', attributes);
    expect(status, text).toBe(201);
    await told();
    return body;
  };
  const rowOf = (id: string) =>
    server.deps.database.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
  const replace = (value: Record<string, unknown>) => ({ Operations: [{ op: 'replace', value }] });
  const ownerId = async () =>
    (
      await server.deps.database.db
        .selectFrom('members')
        .select('id')
        .where('user_name_norm', '=', 'ada@larkspur.example')
        .executeTakeFirstOrThrow()
    ).id;

  test('create, and the audit entry carries the number of the request that the provisioning record has', async () => {
    const { status, body, headers } = await server.scim('POST', '/Users', {
      userName: 'ines',
      title: 'Smith',
    });
    expect({ status, version: body.meta.version, etag: headers.get('etag') }).toEqual({
      status: 201,
      version: 'W/"1"',
      etag: 'W/"1"',
    });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.added',
        subject: body.id,
        by: server.connectionId,
        data: { status: 'not_invited' },
      },
    ]);
    await server.deps.provisioningLog.flush();
    const record = await server.deps.database.db
      .selectFrom('provisioning_records')
      .selectAll()
      .where('subject_id', '=', body.id)
      .executeTakeFirstOrThrow();
    expect(record).toMatchObject({ outcome: 'created', status: 201, subject_kind: 'User' });
    expect(audit).toMatchObject([{ action: 'member.added', requestId: record.request_id }]);
  });

  test('PUT and PATCH of what is there already: same version, no event, no audit', async () => {
    const sent = {
      userName: 'noor',
      title: 'Smith',
      emails: [{ value: 'noor@roth.example', primary: true }],
    };
    const { id } = await create(sent);
    server.clock.now += 1000;
    const put = await server.scim('PUT', `/Users/${id}`, sent);
    const patch = await server.scim('PATCH', `/Users/${id}`, replace({ title: 'Smith', active: true }));
    for (const { status, body } of [put, patch]) {
      expect({ status, version: body.meta.version }).toEqual({ status: 200, version: 'W/"1"' });
      expect(body.meta.lastModified).toBe(body.meta.created);
    }
    expect(await told()).toEqual(nothingTold);
  });

  test('POST for somebody invited by hand: 201 with the id they had', async () => {
    const { member } = await applyDirectoryChange(
      changeDepsOf(server.deps),
      { ...operator, orgId: server.orgId, connectionId: null },
      {
        kind: 'add-member-by-hand',
        attributes: { userName: 'per@roth.example' },
        standing: { role: 'member', invitedAt: 6, joinedAt: null },
      },
    );
    await told();
    const { status, body } = await server.scim('POST', '/Users', { userName: 'per@roth.example' });
    expect({ status, id: body.id, active: body.active }).toEqual({
      status: 201,
      id: member.id,
      active: true,
    });
    expect(await rowOf(member.id)).toMatchObject({ invited_at: 6, status: 'invited', version: 2 });
    expect(await types()).toEqual(['member.adopted']);
  });

  test('deactivate ends the sessions, reactivate by PATCH, POST after deactivation restores', async () => {
    const { id } = await create({ userName: 'quinn', externalId: '00q' });
    const { db } = server.deps.database;
    await addSession(db, newSession(server.orgId, id, 'of quinn'));
    const off = await server.scim('PATCH', `/Users/${id}`, replace({ active: false }));
    expect(off.body.active).toBe(false);
    expect(await findSession(db, 'of quinn', server.clock.now)).toBeUndefined();
    expect((await told()).events).toMatchObject([
      { type: 'member.deactivated', data: { sessionsEnded: 1, invitationsEnded: 0 } },
    ]);
    const on = await server.scim('PATCH', `/Users/${id}`, replace({ active: true }));
    expect(on.body.active).toBe(true);
    expect(await types()).toEqual(['member.reactivated']);
    await server.scim('PUT', `/Users/${id}`, { userName: 'quinn', active: false, externalId: '00q' });
    await told();
    const back = await server.scim('POST', '/Users', { userName: 'quinn.new', externalId: '00q' });
    expect([back.status, back.body.id, back.body.active]).toEqual([201, id, true]);
    expect(await types()).toEqual(['member.restored']);
    const clash = await server.scim('POST', '/Users', { userName: 'QUINN.new' });
    expect([clash.status, clash.body.scimType]).toEqual([409, 'uniqueness']);
    expect(await told()).toEqual(nothingTold);
  });

  test('R12: PUT without active leaves a leaver as they are', async () => {
    const { id } = await create({ userName: 'leaver', active: false });
    const { body } = await server.scim('PUT', `/Users/${id}`, { userName: 'leaver', title: 'Former' });
    expect(body.active).toBe(false);
    await told();
  });

  test('another connection’s member: 404 everywhere, and POST answers 409 with that connection’s name', async () => {
    const entra = await server.connect('entra');
    const { body: theirs } = await entra.scim('POST', '/Users', { userName: 'theirs' });
    await told();
    const answers = await Promise.all([
      server.scim('GET', `/Users/${theirs.id}`),
      server.scim('PUT', `/Users/${theirs.id}`, { userName: 'theirs' }),
      server.scim('PATCH', `/Users/${theirs.id}`, replace({ title: 'Ours' })),
      server.scim('DELETE', `/Users/${theirs.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const list = await server.scim('GET', '/Users?filter=userName eq "theirs"');
    expect(list.body.totalResults).toBe(0);
    const post = await server.scim('POST', '/Users', { userName: 'theirs' });
    expect([post.status, post.body.scimType]).toEqual([409, 'uniqueness']);
    expect(post.body.detail).toContain('"Our entra"');
    expect(await told()).toEqual(nothingTold);
  });

  test('the last owner: PATCH, PUT and DELETE are refused with 400 and say what to do', async () => {
    const id = await ownerId();
    const answers = await Promise.all([
      server.scim('PATCH', `/Users/${id}`, replace({ active: false })),
      server.scim('PUT', `/Users/${id}`, { userName: 'ada@larkspur.example', active: false }),
      server.scim('DELETE', `/Users/${id}`),
    ]);
    for (const { status, body } of answers) {
      expect([status, body.scimType]).toEqual([400, 'mutability']);
      expect(body.detail).toBe(
        'ada@larkspur.example is the last owner of this organisation and keeps access. Make somebody else an owner in Rollcall first, then try again.',
      );
    }
    expect(await told()).toEqual(nothingTold);
  });

  test('R3, I5: DELETE is final, and the userName and the address are free at once', async () => {
    const sent = { userName: 'brief@roth.example', emails: [{ value: 'brief@roth.example' }] };
    const { id } = await create(sent);
    const group = await server.scim('POST', '/Groups', { displayName: 'Brief', members: [{ value: id }] });
    await told();
    expect((await server.scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await types()).toEqual(['member.removed']);
    for (const method of ['GET', 'DELETE']) {
      expect((await server.scim(method, `/Users/${id}`)).status).toBe(404);
    }
    const after = await server.scim('GET', `/Groups/${group.body.id}`);
    expect(after.body.members ?? []).toEqual([]);
    expect(after.body.meta.version).toBe('W/"2"');
    expect((await create(sent)).id).not.toBe(id);
  });
});

type Op =
  | {
      readonly kind: 'provision';
      readonly by: number;
      readonly name: number;
      readonly externalId: number;
      readonly active: boolean;
    }
  | {
      readonly kind: 'set-active' | 'rename' | 'remove';
      readonly by: number;
      readonly who: number;
      readonly name: number;
      readonly active: boolean;
    }
  | { readonly kind: 'by-hand'; readonly name: number }
  | { readonly kind: 'group'; readonly by: number; readonly who: readonly number[] }
  | { readonly kind: 'replace-connection'; readonly by: number };

const by = fc.nat(1);
const name = fc.nat(5);
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('provision' as const),
      by,
      name,
      externalId: fc.nat(3),
      active: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('set-active' as const, 'rename' as const, 'remove' as const),
      by,
      who: fc.nat(9),
      name,
      active: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('by-hand' as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('group' as const),
      by,
      who: fc.array(fc.nat(9), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace-connection' as const), by }) },
);

/** What the model knows of a person. */
interface Person {
  readonly id: string;
  name: string;
  externalId: string | null;
  active: boolean;
  connection: string | null;
}

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
        const model = new Model(org);
        await model.open();
        for (const one of ops) await model.carryOut(one);
        await model.check();
      }),
      { numRuns: 60 },
    );
  });
});

class Model {
  readonly people: Person[] = [];
  readonly entrances: Entrance[] = [];
  readonly removed = new Set<string>();
  groups = 0;
  constructor(readonly directory: Directory) {}

  async open() {
    this.entrances.push(await this.directory.connect('One'), await this.directory.connect('Two'));
  }

  entrance(n: number): Entrance {
    const entrance = this.entrances[n];
    if (entrance === undefined) throw new Error('there are two connections');
    return entrance;
  }

  async carryOut(op: Op): Promise<void> {
    switch (op.kind) {
      case 'provision':
        return this.provision(
          this.entrance(op.by),
          `person-${op.name}`,
          op.externalId === 0 ? null : `x${op.externalId}`,
          op.active,
        );
      case 'by-hand': {
        const userName = `person-${op.name}`;
        const taken = this.people.some((person) => person.name === userName);
        const outcome = await attempt(
          this.directory.byHand.apply({
            kind: 'add-member-by-hand',
            attributes: { userName },
            standing: { role: 'member', invitedAt: 1, joinedAt: null },
          }),
        );
        if (taken) return expect(outcome).toBe('member.user_name_taken');
        if (typeof outcome === 'string') throw new Error(outcome);
        this.people.push({
          id: outcome.member.id,
          name: userName,
          externalId: null,
          active: true,
          connection: null,
        });
        return;
      }
      case 'group': {
        const { connectionId, apply } = this.entrance(op.by);
        const chosen = op.who.flatMap((n) => this.people[n % Math.max(1, this.people.length)] ?? []);
        const known = chosen.every(({ connection }) => connection === null || connection === connectionId);
        const memberIds = chosen.map(({ id }) => id);
        const attributes = { displayName: `group ${this.groups++}` };
        const outcome = await attempt(apply({ kind: 'add-group', attributes, memberIds }));
        if (known) expect(outcome).toMatchObject({ outcome: 'created' });
        else expect(outcome).toBe('group.unknown_members');
        return;
      }
      case 'replace-connection': {
        const { connectionId } = this.entrance(op.by);
        const managed = this.people.filter(({ connection }) => connection === connectionId);
        const { membersReleased } = await deleteConnection(this.directory.deps, {
          ...operator,
          orgId: this.directory.orgId,
          connectionId,
        });
        expect(membersReleased).toBe(managed.length);
        for (const person of managed) person.connection = null;
        this.entrances[op.by] = await this.directory.connect('Another');
        return;
      }
      default:
        return this.change(this.entrance(op.by), op);
    }
  }

  async provision(
    { connectionId, apply }: Entrance,
    name: string,
    externalId: string | null,
    active: boolean,
  ) {
    const attributes = { userName: name, active, ...(externalId !== null && { externalId }) };
    const outcome = await attempt(apply({ kind: 'provision-member', attributes }));
    const namesake = this.people.find((person) => person.name === name);
    if (namesake !== undefined && namesake.connection !== null) {
      if (namesake.connection !== connectionId) return expect(outcome).toBe('member.managed_elsewhere');
      if (namesake.active) return expect(outcome).toBe('member.user_name_taken');
    }
    if (typeof outcome === 'string') throw new Error(outcome);
    const returning = this.people.filter(
      (person) =>
        externalId !== null &&
        person.externalId === externalId &&
        person.connection === connectionId &&
        !person.active,
    );
    const candidates = namesake !== undefined ? [namesake] : returning;
    const person = candidates.find(({ id }) => id === outcome.member.id);
    if (person === undefined) {
      expect(candidates).toEqual([]);
      expect(outcome.outcome).toBe('created');
      this.people.push({ id: outcome.member.id, name, externalId, active, connection: connectionId });
      return;
    }
    if (person.connection === null) expect(outcome.outcome).toBe('adopted');
    else if (active) expect(outcome.outcome).toBe('restored');
    else expect(['updated', 'unchanged']).toContain(outcome.outcome);
    Object.assign(person, { name, externalId, active, connection: connectionId });
  }

  async change({ connectionId, apply }: Entrance, op: Extract<Op, { readonly who: number }>): Promise<void> {
    const person = this.people[op.who % Math.max(1, this.people.length)];
    if (person === undefined) return;
    const visible = person.connection === null || person.connection === connectionId;
    const target = { id: person.id, isExpected: anyVersion };
    if (op.kind === 'remove') {
      const outcome = await attempt(apply({ kind: 'remove-member', ...target }));
      if (!visible) return expect(outcome).toBe('member.not_found');
      expect(outcome).toBeUndefined();
      this.people.splice(this.people.indexOf(person), 1);
      this.removed.add(person.id);
      return;
    }
    const userName = `person-${op.name}`;
    const edit: Edit = (current) => ({
      ...current,
      ...(op.kind === 'rename' ? { userName } : { active: op.active }),
    });
    const outcome = await attempt(apply({ kind: 'edit-member', edit, ...target }));
    if (!visible) return expect(outcome).toBe('member.not_found');
    if (op.kind === 'rename' && this.people.some((other) => other !== person && other.name === userName)) {
      return expect(outcome).toBe('member.user_name_taken');
    }
    expect(outcome).toMatchObject({ member: { id: person.id } });
    Object.assign(person, {
      connection: connectionId,
      ...(op.kind === 'rename' ? { name: userName } : { active: op.active }),
    });
  }

  async check(): Promise<void> {
    const { db, orgId, ownerId } = this.directory;
    const rows = await db
      .selectFrom('members')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('id', '<>', ownerId)
      .execute();
    const real = rows.map((row) => ({
      id: row.id,
      name: row.user_name,
      externalId: row.external_id,
      active: row.active === 1,
      connection: row.connection_id,
    }));
    const byId = (a: Person, b: Person) => (a.id < b.id ? -1 : 1);
    expect(real.sort(byId)).toEqual([...this.people].sort(byId));
    for (const { connectionId } of this.entrances) {
      const visible = this.people.filter(
        ({ connection }) => connection === null || connection === connectionId,
      );
      expect(await countVisibleMembers(db, orgId, connectionId)).toBe(visible.length + 1);
    }
    await this.checkTally(rows);
    await this.checkHistory();
    const memberships = await db
      .selectFrom('group_members')
      .select('member_id')
      .where('org_id', '=', orgId)
      .execute();
    for (const { member_id } of memberships) expect(this.removed.has(member_id)).toBe(false);
  }

  async checkTally(rows: readonly { readonly status: string; readonly connection_id: string | null }[]) {
    const { db, orgId } = this.directory;
    const counted = await db
      .selectFrom('member_tally')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('n', '<>', 0)
      .execute();
    const keyOf = (connection: string | null, status: string) => `${connection ?? ''} ${status}`;
    const expected = new Map([[keyOf(null, 'active'), 1]]);
    for (const { connection_id, status } of rows) {
      const key = keyOf(connection_id, status);
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const actual = new Map<string, number>();
    for (const { connection_id, status, n } of counted) {
      const key = keyOf(connection_id, status);
      actual.set(key, (actual.get(key) ?? 0) + n);
    }
    expect(actual).toEqual(expected);
  }

  /** Told from its beginning, the history comes to who is there and whether they are active. */
  async checkHistory() {
    const { db, orgId, ownerId } = this.directory;
    const events = await db
      .selectFrom('events')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('subject_kind', '=', 'member')
      .orderBy('seq')
      .execute();
    const active = new Map<string, boolean>();
    for (const { type, subject_id: id, data } of events) {
      const { status } = JSON.parse(data) as { status?: string };
      if (type === 'member.removed') active.delete(id);
      else if (status !== undefined) active.set(id, status !== 'deactivated');
      else if (type === 'member.deactivated') active.set(id, false);
    }
    active.delete(ownerId);
    expect(active).toEqual(new Map(this.people.map(({ id, active: is }) => [id, is])));
  }
}

/** What it comes to, or the code of the refusal. */
async function attempt<Result>(work: Promise<Result>): Promise<Result | string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
