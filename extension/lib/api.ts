// The server as the extension calls it: typed procedures over batches, events over a stream, and what each answer says of
// how we stand. The one place that knows the type of the API.
import {
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { EventSource } from 'eventsource';
import { browser } from 'wxt/browser';
import type { AppRouter } from '../../server/api/app-router.ts';
import { apiVersion, apiVersionHeader } from '../../shared/extension.ts';
import { originPattern } from './server-address.ts';
import { type StandingStore, sessionEnded } from './standing.ts';
import type { Account } from './storage.ts';

export type Api = TRPCClient<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** Calls at a time in one request; the server takes no more. */
const largestBatch = 50;

/** Procedures that tell how far they are while they work. */
const streamed: ReadonlySet<string> = new Set(['invitations.inviteEverybody']);

/** Calls the account's server; every answer, and every missing one, moves the standing. */
export function createApi(account: Account, standing: StandingStore): Api {
  const send = watchedFetch(account, standing);
  const address = { url: `${account.server}/trpc` };
  const calls = {
    ...address,
    maxItems: largestBatch,
    maxURLLength: 4000,
    fetch: (input: RequestInfo | URL | string, init?: unknown) => send(input, init as RequestInit),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          ...address,
          EventSource,
          eventSourceOptions: { fetch: (input, init) => send(input, init as RequestInit) },
        }),
        false: splitLink({
          condition: (op) => streamed.has(op.path),
          true: httpBatchStreamLink(calls),
          false: httpBatchLink(calls),
        }),
      }),
    ],
  });
}

/** Downloads a file of the server's, such as `/export/members.csv`. */
export async function download(account: Account, standing: StandingStore, path: string): Promise<Blob> {
  const response = await watchedFetch(account, standing)(`${account.server}${path}`);
  if (!response.ok) throw new Error(((await response.json()) as { message?: string }).message ?? path);
  return response.blob();
}

function watchedFetch(account: Account, standing: StandingStore): Fetch {
  return async (input, init) => {
    let response: Response;
    try {
      const headers = {
        ...(init?.headers as Record<string, string>),
        authorization: `Bearer ${account.token}`,
      };
      response = await fetch(input, { ...init, headers, credentials: 'omit', cache: 'no-store' });
    } catch (error) {
      if (init?.signal?.aborted !== true) standing.set(await whyUnreachable(account));
      throw error;
    }
    const version = response.headers.get(apiVersionHeader);
    if (response.status === 401) standing.set(sessionEnded);
    else if (version === null || response.status === 503)
      standing.set({ kind: 'server_down', since: Date.now() });
    else if (Number(version) !== apiVersion)
      standing.set({
        kind: 'version_mismatch',
        newer: Number(version) > apiVersion ? 'server' : 'extension',
      });
    else standing.set({ kind: 'ok' });
    return response;
  };
}

async function whyUnreachable({ server }: Account) {
  const since = Date.now();
  if (!navigator.onLine) return { kind: 'offline', since } as const;
  const allowed = await mayReach(server);
  return allowed
    ? ({ kind: 'server_down', since } as const)
    : ({ kind: 'no_permission', origin: new URL(server).origin } as const);
}

/** Whether the browser lets the extension speak to a server. */
export function mayReach(server: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(server)] });
}

/** A failure in a sentence for people, and the server's code for it. */
export function failureOf(error: unknown): { readonly reason: string; readonly message: string } {
  if (error instanceof TRPCClientError) {
    const data = error.data as { reason?: string } | null | undefined;
    if (data?.reason !== undefined) return { reason: data.reason, message: error.message };
  }
  return {
    reason: 'unreachable',
    message: 'The server cannot be reached. Nothing was changed; try again in a moment.',
  };
}
