import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashToken } from '../../../server/core/secrets.ts';
import { countManagedGroups } from '../../../server/groups/group-store.ts';
import { countManagedMembers } from '../../../server/members/member-store.ts';
import {
  createConnection,
  deleteConnection,
  revokeToken,
  rotateToken,
} from '../../../server/provisioning/change-connection.ts';
import { findConnection, listConnections } from '../../../server/provisioning/connection-store.ts';
import { isLiveToken } from '../../../server/provisioning/token-state.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases, operator } from '../../helpers/scim-server.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(databases)('a connection, on %s', (database) => {
  let directory: Directory;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const create = (name: string, tokenDays: number | null = null) =>
    createConnection(directory.deps, {
      ...operator,
      orgId: directory.orgId,
      kind: 'okta',
      mode: 'tolerant',
      name,
      tokenDays,
    });
  const rotate = (connectionId: string, overlapDays: number, tokenDays: number | null = 365) =>
    rotateToken(directory.deps, {
      ...operator,
      orgId: directory.orgId,
      connectionId,
      tokenDays,
      overlapDays,
    });
  const revoke = (connectionId: string, tokenId: string) =>
    revokeToken(directory.deps, { ...operator, orgId: directory.orgId, connectionId, tokenId });
  const remove = (connectionId: string) =>
    deleteConnection(directory.deps, { ...operator, orgId: directory.orgId, connectionId });
  const liveTokens = async (connectionId: string) =>
    ((await findConnection(directory.db, connectionId))?.tokens ?? [])
      .filter((token) => isLiveToken(token, directory.clock.now))
      .map(({ id }) => id);

  test('made: one token, kept as a hash, and told without it', async () => {
    const { connection, token, tokenId, expiresAt } = await create('Our Okta', 30);
    expect(token).toMatch(/^rollcall_[A-Za-z0-9]{43}$/);
    expect(expiresAt).toBe(directory.clock.now + 30 * day);
    const found = await findConnection(directory.db, connection.id);
    expect(found).toMatchObject({
      name: 'Our Okta',
      kind: 'okta',
      mode: 'tolerant',
      org_id: directory.orgId,
    });
    expect(found?.tokens).toEqual([
      {
        org_id: directory.orgId,
        id: tokenId,
        connection_id: connection.id,
        hash: hashToken(token),
        last4: token.slice(-4),
        created_at: directory.clock.now,
        expires_at: expiresAt,
        revoked_at: null,
        last_used_at: null,
      },
    ]);
    const { attributesVersion, ...stored } = found ?? {};
    expect(attributesVersion).toBe(0);
    expect(await listConnections(directory.db, directory.orgId)).toContainEqual(stored);
    const story = await told();
    expect(story.events).toEqual([
      {
        type: 'connection.created',
        subject: connection.id,
        by: 'test',
        data: { kind: 'okta', name: 'Our Okta' },
      },
      {
        type: 'connection.token_created',
        subject: connection.id,
        by: 'test',
        data: { tokenId, expiresAt },
      },
    ]);
    expect(story.audit).toMatchObject([
      { action: 'connection.created', requestId: 'set-up', changes: { name: [null, 'Our Okta'] } },
      { action: 'connection.token_created', changes: { token: [null, tokenId] } },
    ]);
    expect(JSON.stringify(story)).not.toContain(token.slice('rollcall_'.length));
    expect(JSON.stringify(story)).not.toContain(hashToken(token));
  });

  test('a token without an end lives for ever', async () => {
    const { connection, tokenId, expiresAt } = await create('For ever', null);
    expect(expiresAt).toBeNull();
    const then = { ...directory.clock };
    directory.clock.now += 100 * 365 * day;
    expect(await liveTokens(connection.id)).toEqual([tokenId]);
    directory.clock.now = then.now;
    await told();
  });

  test('rotated: both live for the overlap, then the newer alone', async () => {
    const { connection, tokenId: older } = await create('Rotated', 365);
    const start = directory.clock.now;
    await told();
    const { tokenId: newer, olderEndsAt } = await rotate(connection.id, 7);
    expect(olderEndsAt).toBe(start + 7 * day);
    expect(new Set(await liveTokens(connection.id))).toEqual(new Set([older, newer]));
    expect((await told()).events.map(({ type }) => type)).toEqual(['connection.token_created']);
    await expect(rotate(connection.id, 7)).rejects.toMatchObject({ code: 'connection.two_tokens' });
    expect(await told()).toEqual(nothingTold);
    directory.clock.now = start + 7 * day - 1;
    expect(await liveTokens(connection.id)).toHaveLength(2);
    directory.clock.now = start + 7 * day;
    expect(await liveTokens(connection.id)).toEqual([newer]);
    await expect(rotate(connection.id, 0)).resolves.toMatchObject({ olderEndsAt: directory.clock.now });
    expect(await liveTokens(connection.id)).toHaveLength(1);
    directory.clock.now = start;
    await told();
  });

  test('rotation never makes the older token live longer', async () => {
    const { connection, expiresAt } = await create('Ends soon', 2);
    const { olderEndsAt } = await rotate(connection.id, 7);
    expect(olderEndsAt).toBe(expiresAt);
    await told();
  });

  test('revoked: dead at once, and not twice', async () => {
    const { connection, tokenId } = await create('Revoked');
    await told();
    await revoke(connection.id, tokenId);
    expect(await liveTokens(connection.id)).toEqual([]);
    expect(await told()).toMatchObject({
      events: [{ type: 'connection.token_revoked', data: { tokenId } }],
      audit: [{ action: 'connection.token_revoked', changes: { token: [tokenId, null] } }],
    });
    await expect(revoke(connection.id, tokenId)).rejects.toMatchObject({ code: 'token.not_found' });
    const { tokenId: foreign } = await create('Another');
    await expect(revoke(connection.id, foreign)).rejects.toMatchObject({ code: 'token.not_found' });
    await expect(rotate(connection.id, 7)).resolves.toMatchObject({ olderEndsAt: null });
    await told();
  });

  test('deleted: its people and groups stay, unmanaged, and the next connection adopts them', async () => {
    const old = await directory.connect('Old link');
    const { member } = await old.apply({
      kind: 'provision-member',
      attributes: { userName: 'kept', externalId: 'x1' },
    });
    const { group } = await old.apply({
      kind: 'add-group',
      attributes: { displayName: 'Kept' },
      memberIds: [member.id],
    });
    expect(await countManagedMembers(directory.db, directory.orgId, old.connectionId)).toBe(1);
    expect(await countManagedGroups(directory.db, directory.orgId, old.connectionId)).toBe(1);
    await told();
    expect(await remove(old.connectionId)).toEqual({ membersReleased: 1, groupsReleased: 1 });
    expect(await told()).toMatchObject({
      events: [
        {
          type: 'connection.deleted',
          subject: old.connectionId,
          data: { name: 'Old link', membersReleased: 1, groupsReleased: 1 },
        },
      ],
      audit: [{ action: 'connection.deleted', changes: { name: ['Old link', null] } }],
    });
    expect(await findConnection(directory.db, old.connectionId)).toBeUndefined();
    const tokens = directory.db.selectFrom('connection_tokens').select('id');
    expect(await tokens.where('connection_id', '=', old.connectionId).execute()).toEqual([]);
    await expect(remove(old.connectionId)).rejects.toMatchObject({ code: 'connection.not_found' });

    const next = await directory.connect('New link');
    expect(await next.apply({ kind: 'provision-member', attributes: { userName: 'KEPT' } })).toMatchObject({
      outcome: 'adopted',
      member: { id: member.id, connection_id: next.connectionId },
    });
    expect(
      await next.apply({
        kind: 'add-group',
        attributes: { displayName: 'Kept' },
        memberIds: [member.id],
      }),
    ).toMatchObject({ outcome: 'adopted', group: { id: group.id, connection_id: next.connectionId } });
  });

  test('deleted with more people than one slice: all of them are let go', async () => {
    const link = await directory.connect('Large');
    const { member } = await link.apply({ kind: 'provision-member', attributes: { userName: 'p' } });
    const { seq: _seq, ...row } = await directory.db
      .selectFrom('members')
      .selectAll()
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow();
    const copies = Array.from({ length: 2500 }, (_, n) => ({
      ...row,
      id: `copy-${n}`,
      user_name_norm: `copy-${n}`,
    }));
    for (let start = 0; start < copies.length; start += 500) {
      await directory.db
        .insertInto('members')
        .values(copies.slice(start, start + 500))
        .execute();
    }
    expect(await remove(link.connectionId)).toEqual({ membersReleased: 2501, groupsReleased: 0 });
    expect(await countManagedMembers(directory.db, directory.orgId, link.connectionId)).toBe(0);
  });

  test('nothing can be done to a connection that is not there', async () => {
    await told();
    for (const attempt of [() => rotate('none', 7), () => revoke('none', 'none'), () => remove('none')]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'connection.not_found' });
    }
    expect(await told()).toEqual(nothingTold);
  });
});
