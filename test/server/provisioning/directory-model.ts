// A simple model of the directory, and whether rows, history and tally agree with it. Knows who may change whom.
import { expect } from 'vitest';
import { AppError } from '../../../server/core/app-error.ts';
import { countVisibleMembers } from '../../../server/members/member-store.ts';
import { deleteConnection } from '../../../server/provisioning/change-connection.ts';
import type { Edit } from '../../../server/provisioning/move-member.ts';
import { anyVersion, type Directory, type Entrance } from '../../helpers/directory.ts';
import { operator } from '../../helpers/scim-server.ts';
import type { Op } from './directory-ops.ts';

/** What the model knows of a person. */
interface Person {
  readonly id: string;
  name: string;
  externalId: string | null;
  active: boolean;
  connection: string | null;
}

/** What the directory has to come to, kept by the simplest means. */
export class DirectoryModel {
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
