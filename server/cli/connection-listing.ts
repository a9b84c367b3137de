// How a connection with its tokens is listed, for scripts and for people. Pure.
import type { OrgRow } from '../orgs/org-store.ts';
import type { ConnectionWithTokens, TokenRow } from '../provisioning/connection-store.ts';
import { isLiveToken, tokenState } from '../provisioning/token-state.ts';
import { countOf, dayOf, isoOrNull, momentOf } from './wording.ts';

export interface ListedConnection {
  readonly org: OrgRow;
  readonly connection: ConnectionWithTokens;
  readonly baseUrl: string;
  /** How many people it manages. */
  readonly members: number;
  /** How many groups it manages. */
  readonly groups: number;
}

/** The connection as `--json` gives it; times are ISO 8601. `now` is Unix milliseconds. */
export function connectionDocument(listed: ListedConnection, now: number): object {
  const { org, connection, baseUrl, members, groups } = listed;
  return {
    connectionId: connection.id,
    org: org.slug,
    kind: connection.kind,
    mode: connection.mode,
    name: connection.name,
    baseUrl,
    createdAt: isoOrNull(connection.created_at),
    members,
    groups,
    tokens: connection.tokens.map((token) => ({
      tokenId: token.id,
      last4: token.last4,
      state: tokenState(token, now),
      createdAt: isoOrNull(token.created_at),
      expiresAt: isoOrNull(token.expires_at),
      revokedAt: isoOrNull(token.revoked_at),
      lastUsedAt: isoOrNull(token.last_used_at),
    })),
  };
}

/** The connection as a person reads it. */
export function connectionWords(listed: ListedConnection, now: number): string {
  const { org, connection, baseUrl, members, groups } = listed;
  const { name, kind, mode, id, tokens } = connection;
  return [
    `${name} (${kind}, ${mode}) of ${org.name}`,
    `  id        ${id}`,
    `  base URL  ${baseUrl}`,
    `  manages   ${countOf(members, 'person', 'people')} and ${countOf(groups, 'group', 'groups')}`,
    ...tokens.map(
      (token) => `  token     …${token.last4}  ${tokenWords(token, now)}\n            ${token.id}`,
    ),
  ].join('\n');
}

function tokenWords(token: TokenRow, now: number): string {
  const used = token.last_used_at === null ? 'never used' : `last used on ${momentOf(token.last_used_at)}`;
  if (token.revoked_at !== null) return `revoked on ${dayOf(token.revoked_at)}, ${used}`;
  if (token.expires_at === null) return `live, does not expire, ${used}`;
  const end = `${isLiveToken(token, now) ? 'live, expires' : 'expired'} on ${dayOf(token.expires_at)}`;
  return `${end}, ${used}`;
}
