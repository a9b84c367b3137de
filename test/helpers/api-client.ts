// The API as its client sees it: a session with its bearer token, calls over real HTTP, events over a real stream.
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../../server/api/app-router.ts';
import { changeDepsOf, inChange } from '../../server/audit/change-context.ts';
import { startSession } from '../../server/auth/start-session.ts';
import type { Deps } from '../../server/deps.ts';

export type ApiClient = ReturnType<typeof apiClient>;

/** A client with this bearer token; none for somebody who is not signed in. */
export function apiClient(url: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const address = { url: `${url}/trpc` };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          ...address,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, ...headers } }),
          },
        }),
        false: httpBatchLink({ ...address, headers, maxURLLength: 4000 }),
      }),
    ],
  });
}

/** Signs a member in as the extension does, short of its pages; gives the bearer token. */
export async function signInForApi(
  deps: Pick<Deps, 'database' | 'now' | 'secret'>,
  orgId: string,
  memberId: string,
): Promise<string> {
  const asked = { orgId, actor: { kind: 'member', id: memberId }, requestId: 'sign-in' } as const;
  const session = await inChange(changeDepsOf(deps), asked, (context) =>
    startSession(context, memberId, { kind: 'extension', name: 'Chrome on this device' }),
  );
  return session.token;
}
