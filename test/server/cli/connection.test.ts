import { describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { readConfig } from '../../../server/config.ts';
import { openDeps } from '../../../server/deps.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { databases } from '../../helpers/scim-server.ts';
import { type CommandLine, commandLine, startOfTime } from './command-line.ts';

const day = 24 * 60 * 60 * 1000;
const iso = (ms: number) => new Date(ms).toISOString();

async function withOrg(options: Parameters<typeof commandLine>[0] = {}): Promise<CommandLine> {
  const line = await commandLine(options);
  await line.json('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  return line;
}

const creation = ['connection', 'create', '--org', 'larkspur', '--kind', 'okta', '--name', 'Okta'];

/** A person and a group whom the connection manages, as if its identity provider had sent them. */
async function provision({ env, json }: CommandLine, connectionId: string): Promise<void> {
  const { orgId } = await json('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  const deps = await openDeps(readConfig({ ...env, LOG_LEVEL: 'silent' }), () => startOfTime);
  const source = {
    orgId,
    actor: { kind: 'connection', id: connectionId },
    connectionId,
    requestId: 'test',
  } as const;
  const door = changeDepsOf(deps);
  const attributes = { userName: 'noor@larkspur.example', active: true };
  await applyDirectoryChange(door, source, { kind: 'provision-member', attributes });
  await applyDirectoryChange(door, source, {
    kind: 'add-group',
    attributes: { displayName: 'Smelters' },
    memberIds: [],
  });
  await deps.close();
}

describe.each(databases)('rollcall connection on %s', (database) => {
  test('create gives id, base URL and token, which lives a year', async () => {
    const { json } = await withOrg({ database, env: { PUBLIC_URL: 'https://rollcall.larkspur.example/' } });
    const made = await json(...creation);
    expect(made).toEqual({
      connectionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      baseUrl: `https://rollcall.larkspur.example/c/${made.connectionId}/scim/v2`,
      token: expect.stringMatching(/^rollcall_[A-Za-z0-9]{43}$/),
      expiresAt: iso(startOfTime + 365 * day),
    });
  });

  test('list shows connections, tokens and what they manage', async () => {
    const line = await withOrg({ database });
    const { connectionId, baseUrl, token } = await line.json(...creation);
    await provision(line, connectionId);
    expect(await line.json('connection', 'list', '--org', 'larkspur')).toEqual({
      connections: [
        {
          connectionId,
          org: 'larkspur',
          kind: 'okta',
          mode: 'tolerant',
          name: 'Okta',
          baseUrl,
          createdAt: iso(startOfTime),
          members: 1,
          groups: 1,
          tokens: [
            {
              tokenId: expect.any(String),
              last4: token.slice(-4),
              state: 'live',
              createdAt: iso(startOfTime),
              expiresAt: iso(startOfTime + 365 * day),
              revokedAt: null,
              lastUsedAt: null,
            },
          ],
        },
      ],
    });
  });

  test('token rotate issues a second token and gives the first an end', async () => {
    const { cli, clock, json } = await withOrg({ database });
    const { connectionId } = await json(...creation, '--token-days', 'never');
    const rotate = ['connection', 'token', 'rotate', connectionId];
    const second = await json(...rotate, '--token-days', '30', '--overlap-days', '2');
    expect(second).toMatchObject({
      expiresAt: iso(startOfTime + 30 * day),
      olderEndsAt: iso(startOfTime + 2 * day),
    });
    expect(await cli(...rotate)).toMatchObject({ exitCode: 5, out: '' });

    clock.now += 2 * day;
    const { connections } = await json('connection', 'list');
    expect(connections).toMatchObject([{ tokens: [{ state: 'expired' }, { state: 'live' }] }]);
  });

  test('token revoke ends a token that is named by its end', async () => {
    const { cli, clock, json } = await withOrg({ database });
    const { connectionId, token } = await json(...creation);
    clock.now += day;
    const revoked = await cli('connection', 'token', 'revoke', connectionId, token.slice(-4));
    expect(revoked).toMatchObject({ exitCode: 0, err: '' });
    expect(revoked.out).toContain('No live token is left');
    const { connections } = await json('connection', 'list');
    expect(connections).toMatchObject([
      { tokens: [{ state: 'revoked', revokedAt: iso(startOfTime + day) }] },
    ]);
    expect(await cli('connection', 'token', 'revoke', connectionId, token.slice(-4))).toMatchObject({
      exitCode: 4,
    });
  });

  test('delete lets go of people and groups, which stay', async () => {
    const line = await withOrg({ database });
    const { connectionId } = await line.json(...creation);
    await provision(line, connectionId);
    expect(await line.json('connection', 'delete', connectionId, '--yes')).toEqual({
      connectionId,
      membersReleased: 1,
      groupsReleased: 1,
    });
    expect(await line.json('connection', 'list')).toEqual({ connections: [] });
    expect(await line.cli('connection', 'delete', connectionId, '--yes')).toMatchObject({
      exitCode: 4,
      out: '',
    });
  });
});

test('create takes mode and a token without an end', async () => {
  const { json } = await withOrg();
  const { expiresAt } = await json(...creation, '--mode', 'strict', '--token-days', 'never');
  expect(expiresAt).toBeNull();
  const { connections } = await json('connection', 'list');
  expect(connections).toMatchObject([{ mode: 'strict', tokens: [{ state: 'live', expiresAt: null }] }]);
});

test('create without PUBLIC_URL gives an address of HOST and PORT and says what it lacks', async () => {
  const { cli } = await withOrg({ env: { HOST: '::', PORT: '8080' } });
  const { out, err } = await cli(...creation, '--json');
  expect(JSON.parse(out).baseUrl).toMatch(/^http:\/\/\[::1\]:8080\/c\//);
  expect(err).toContain('set PUBLIC_URL');
});

test('create says to a person that the token cannot be shown again', async () => {
  const { cli } = await withOrg({ env: { PUBLIC_URL: 'https://rollcall.larkspur.example' } });
  const { out, err } = await cli(...creation);
  expect(out).toMatch(/^ {2}Token {5}rollcall_[A-Za-z0-9]{43}$/m);
  expect(out).toContain('the token cannot be shown again. It expires on 2 November 2027.');
  expect(err).toBe('');
});

test.each([
  ['an organisation that is not there', 4, [...creation, '--org', 'nobody']],
  ['a kind that is not there', 2, [...creation, '--kind', 'ldap']],
  ['a mode that is not there', 2, [...creation, '--mode', 'lax']],
  ['a token for no day', 2, [...creation, '--token-days', '0']],
  ['a token for a part of a day', 2, [...creation, '--token-days', '1.5']],
  ['a list of an organisation that is not there', 4, ['connection', 'list', '--org', 'nobody']],
  ['a rotation of nothing', 4, ['connection', 'token', 'rotate', 'nothing']],
])('%s is refused with exit code %i', async (_what, exitCode, argv) => {
  const { cli } = await withOrg();
  expect(await cli(...argv)).toMatchObject({ exitCode, out: '' });
});

test('a token is told apart for a person by its end, dates and use', async () => {
  const { cli, json } = await withOrg();
  const { token } = await json(...creation);
  const { out } = await cli('connection', 'list');
  expect(out).toContain('Okta (okta, tolerant) of Larkspur\n');
  expect(out).toContain(`…${token.slice(-4)}  live, expires on 2 November 2027, never used`);
  expect(out).not.toContain(token);
});

describe('delete', () => {
  test('without --yes and without anybody to ask says what would happen and does nothing', async () => {
    const line = await withOrg();
    const { connectionId } = await line.json(...creation);
    await provision(line, connectionId);
    const { exitCode, out, err } = await line.cli('connection', 'delete', connectionId);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('"Okta" manages 1 person and 1 group.');
    expect(err).toContain('They stay as they are and become unmanaged');
    expect((await line.json('connection', 'list')).connections).toHaveLength(1);
  });

  test('never asks a script', async () => {
    const { answering, json } = await withOrg();
    const { connectionId } = await json(...creation);
    const { exitCode, out, err } = await answering('yes', 'connection', 'delete', connectionId, '--json');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'confirmation.missing' } });
  });

  test('goes on when the answer is yes, and not otherwise', async () => {
    const { answering, json } = await withOrg();
    const { connectionId } = await json(...creation);
    const declined = await answering('y', 'connection', 'delete', connectionId);
    expect(declined).toMatchObject({ exitCode: 5, out: '' });
    expect(declined.err).toContain('Nothing was deleted.');
    expect(await answering('Yes ', 'connection', 'delete', connectionId)).toMatchObject({ exitCode: 0 });
    expect(await json('connection', 'list')).toEqual({ connections: [] });
  });
});
