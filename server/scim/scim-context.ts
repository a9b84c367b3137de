// What every SCIM operation is given: the connection it came through and the means to answer. Knows no HTTP.
import { changeDepsOf, type Origin } from '../audit/change-context.ts';
import type { Database } from '../db/database.ts';
import {
  applyDirectoryChange,
  type DirectoryChange,
  type DirectoryOutcome,
} from '../provisioning/apply-directory-change.ts';
import type { ConnectionRow } from '../provisioning/connection-store.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Attributes } from './protocol/attribute.ts';
import type { Reading } from './protocol/quirk.ts';

/** What the SCIM room needs from the server. */
export interface ScimDeps {
  readonly database: Database;
  readonly now: () => number;
  /** The server's key, which signs cursors. */
  readonly secret: Buffer;
}

export interface ScimContext {
  readonly deps: ScimDeps;
  readonly connection: ConnectionRow;
  /** The connection's base URL, which `location` and `$ref` begin with. */
  readonly base: string;
  readonly origin: Origin;
  readonly dialect: Dialect;
  readonly reading: Reading;
}

/** An answer before it is HTTP. A body is a JSON value, or the pieces of a JSON text that may be long. */
export interface ScimAnswer {
  readonly status: 200 | 201 | 204 | 304;
  readonly body?: Attributes | AsyncIterable<string>;
  readonly location?: string;
  readonly etag?: string;
  /** For the provisioning record: what became of the request, about whom, and which attributes changed. */
  readonly outcome: string;
  readonly subject?: { readonly kind: 'User' | 'Group'; readonly id: string };
  readonly changed?: readonly string[];
}

/** Takes one change through the one door, in the name of the connection that this request came through. */
export function changeDirectory<Change extends DirectoryChange>(
  { deps, connection, origin }: ScimContext,
  change: Change,
): Promise<DirectoryOutcome<Change['kind']>> {
  const source = {
    orgId: connection.org_id,
    actor: { kind: 'connection', id: connection.id },
    connectionId: connection.id,
    ...origin,
  } as const;
  return applyDirectoryChange(changeDepsOf(deps), source, change);
}
