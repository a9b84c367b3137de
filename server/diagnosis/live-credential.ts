// What a connection can be entered with at this moment: its tokens, and what its OAuth clients prove themselves by. Pure.
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import type { ClientWithCredentials } from '../provisioning/oauth-client-store.ts';
import { isLiveToken } from '../provisioning/token-state.ts';

/** Whoever may call through a connection. */
export interface Callers {
  readonly now: number;
  readonly connection: Pick<ConnectionWithTokens, 'tokens'>;
  readonly clients: readonly ClientWithCredentials[];
}

/** Whether any OAuth client could get an access token. */
export function hasLiveClient({ now, clients }: Omit<Callers, 'connection'>): boolean {
  return clients.some(({ credentials }) => credentials.some((one) => isLiveToken(one, now)));
}

/** Whether there is any way in: a token that is let in, or an OAuth client. */
export function hasWayIn(callers: Callers): boolean {
  const { now, connection } = callers;
  return connection.tokens.some((token) => isLiveToken(token, now)) || hasLiveClient(callers);
}
