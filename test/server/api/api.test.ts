import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf, inChange } from '../../../server/audit/change-context.ts';
import { startSession } from '../../../server/auth/start-session.ts';
import { chromiumExtension } from '../../../shared/extension.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw new Error('the call did not fail as it should');
  const { code, reason, fields, stack } = error.data as Record<string, unknown>;
  return { code, reason, fields, stack, message: error.message };
}

describe.each(databases)('the API, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let token: string;
  beforeAll(async () => {
    server = await startScimServer({ database });
    token = await signInForApi(server.deps, server.orgId, server.ownerId);
    owner = apiClient(server.url, token);
  });
  afterAll(() => server.close());

  test('somebody signed in is told who they are and what they may do', async () => {
    const me = await owner.auth.me.query();
    expect(me).toMatchObject({
      org: { id: server.orgId, name: 'Larkspur Foundry', slug: 'larkspur-foundry' },
      member: { id: server.ownerId, email: 'ada@larkspur.example', role: 'owner' },
    });
    expect(me.rights).toContain('change connections and tokens');
  });

  test('without a session, with an ended one and with a browser’s, nobody is let in', async () => {
    const refused = {
      code: 'UNAUTHORIZED',
      reason: 'session.missing',
      message: 'You are signed out. Sign in again; what you were doing is still there.',
    };
    expect(await failureOf(apiClient(server.url).auth.me.query())).toMatchObject(refused);
    expect(await failureOf(apiClient(server.url, 'rollcall_wrong').auth.me.query())).toMatchObject(refused);

    const asked = { orgId: server.orgId, actor: { kind: 'operator', id: 'test' }, requestId: 'r' } as const;
    const browser = await inChange(changeDepsOf(server.deps), asked, (context) =>
      startSession(context, server.ownerId, { kind: 'browser', name: 'Firefox' }),
    );
    expect(await failureOf(apiClient(server.url, browser.token).auth.me.query())).toMatchObject(refused);

    const other = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    const { sessionId } = await other.auth.me.query();
    await owner.auth.endSession.mutate({ sessionId });
    expect(await failureOf(other.auth.me.query())).toMatchObject(refused);
  });

  test('input that cannot be used is named, field by field', async () => {
    const failure = await failureOf(
      owner.connections.create.mutate({ kind: 'okta', name: ' ', tokenDays: 0 }),
    );
    expect(failure).toMatchObject({ code: 'BAD_REQUEST', reason: 'input.invalid' });
    expect(failure.fields).toMatchObject([{ path: 'name' }, { path: 'tokenDays' }]);
    expect(failure.message).toMatch(/^"name" cannot be used: .* \(and 1 more\)\.$/);
  });

  test('a failure of the catalogue comes with its code and its sentence, and no stack', async () => {
    const failure = await failureOf(owner.members.get.query({ memberId: 'nobody' }));
    expect(failure).toEqual({
      code: 'NOT_FOUND',
      reason: 'member.not_found',
      fields: undefined,
      stack: undefined,
      message:
        'There is no person with the id "nobody" in this directory. They may have been removed; assign them again to add them anew.',
    });
  });

  test('calls of one moment travel together', async () => {
    const paths: string[] = [];
    const note = (request: { readonly url?: string }) => paths.push(String(request.url));
    server.app.server.on('request', note);
    await Promise.all([owner.members.counts.query(), owner.connections.list.query()]);
    server.app.server.off('request', note);
    expect(paths).toEqual([expect.stringContaining('/trpc/members.counts,connections.list?batch=1')]);
  });

  test('a page of another origin is turned away; the extension’s is let in', async () => {
    const ask = (origin: string, method = 'GET') =>
      fetch(`${server.url}/trpc/auth.me`, {
        method,
        headers: { origin, authorization: `Bearer ${token}`, 'access-control-request-method': 'POST' },
      });
    expect((await ask('https://evil.example')).status).toBe(403);
    expect((await ask('null')).status).toBe(403);
    expect((await ask('chrome-extension://abcdefghijklmnopabcdefghijklmnop')).status).toBe(403);
    const ours = `chrome-extension://${chromiumExtension.id}`;
    const answer = await ask(ours);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ours);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await ask(ours, 'OPTIONS')).status).toBe(204);
  });

  test('what happens is told to whoever follows, and from where they left off', async () => {
    const seen: { id: string; type: string }[] = [];
    const follow = (lastEventId?: string) =>
      new Promise<void>((resolve, reject) => {
        const wanted = seen.length + 1;
        const subscription = owner.live.events.subscribe(
          { lastEventId },
          {
            onStarted: () => void owner.connections.create.mutate({ kind: 'okta', name: `Okta ${wanted}` }),
            onData: ({ id, data }) => {
              seen.push({ id, type: data.type });
              if (seen.filter(({ type }) => type === 'connection.token_created').length < wanted) return;
              subscription.unsubscribe();
              resolve();
            },
            onError: reject,
          },
        );
      });
    await follow();
    expect(seen.map(({ type }) => type)).toEqual(['connection.created', 'connection.token_created']);
    const first = seen.splice(0);
    await follow(first[0]?.id);
    expect(seen[0]).toEqual(first[1]);
  });

  test('the stream of somebody who loses their session ends', async () => {
    const other = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    const { sessionId } = await other.auth.me.query();
    let isOpen = false;
    const ended = new Promise<string>((resolve) => {
      other.live.events.subscribe(undefined, {
        onStarted: () => {
          if (!isOpen) void owner.auth.endSession.mutate({ sessionId });
          isOpen = true;
        },
        onError: (error) => resolve(error.message),
      });
    });
    expect(await ended).toContain('You are signed out');
  });

  test('a server that stops ends the streams that are open', async () => {
    const stopping = await startScimServer({ database });
    const client = apiClient(
      stopping.url,
      await signInForApi(stopping.deps, stopping.orgId, stopping.ownerId),
    );
    await new Promise<void>((resolve) => {
      const subscription = client.live.events.subscribe(undefined, {
        onStarted: () => {
          resolve(stopping.close().then(() => subscription.unsubscribe()));
        },
      });
    });
  });
});
