// What every SCIM operation is given: the connection it came through and the means to answer. Knows no HTTP.
import type { ClientAddresses } from '../../shared/oauth-client.ts';
import type { OrgUserType } from '../attributes/org-user-type.ts';
import { changeDepsOf, type Origin } from '../audit/change-context.ts';
import type { Database } from '../db/database.ts';
import {
  applyDirectoryChange,
  type DirectoryChange,
  type DirectoryOutcome,
} from '../provisioning/apply-directory-change.ts';
import type { ConnectionRow } from '../provisioning/connection-store.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Attributes, ResourceType } from './protocol/attribute.ts';
import type { Reading } from './protocol/quirk.ts';
import { ScimRefusal } from './scim-error.ts';
import type { View } from './view.ts';

/** What the SCIM room needs from the server. */
export interface ScimDeps {
  readonly database: Database;
  readonly now: () => number;
  /** The server's key, which signs cursors. */
  readonly secret: Buffer;
}

export interface ScimContext {
  readonly deps: ScimDeps;
  readonly orgId: string;
  /** The connection that writes; a reader has none, and so cannot write. */
  readonly connection: ConnectionRow | undefined;
  readonly view: View;
  /** User with what the org added to it. */
  readonly users: OrgUserType;
  /** The base URL of the connection or reader, which `location` and `$ref` begin with. */
  readonly base: string;
  /** Where OAuth clients get access tokens. */
  readonly oauth: ClientAddresses;
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

/** A resource type as whoever asks sees it. */
export function typeSeen<Name extends 'User' | 'Group'>(
  { view }: ScimContext,
  { name }: { readonly name: Name },
): ResourceType<Name> {
  return view.types[name] as unknown as ResourceType<Name>;
}

/** What a reader is told whenever it tries to change something. */
export function readersOnlyRead(): ScimRefusal {
  return new ScimRefusal({
    status: 403,
    detail:
      'This base URL is a reader’s, which may look into the directory and change nothing. Send GET, or POST to "/.search".',
    outcome: 'refused: readers only read',
  });
}

/** Takes one change through the one door, in the name of the connection that this request came through. */
export function changeDirectory<Change extends DirectoryChange>(
  { deps, connection, origin }: ScimContext,
  change: Change,
): Promise<DirectoryOutcome<Change['kind']>> {
  if (connection === undefined) throw readersOnlyRead();
  const source = {
    orgId: connection.org_id,
    actor: { kind: 'connection', id: connection.id },
    connectionId: connection.id,
    ...origin,
  } as const;
  return applyDirectoryChange(changeDepsOf(deps), source, change);
}
