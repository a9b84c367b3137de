// The addresses that an OAuth client is given, below the base of its connection or reader. Knows their shape alone.
import type { ClientAddresses, ClientOwner, ClientOwnerKind } from '../../shared/oauth-client.ts';

/** The first part of the path of each kind of owner. */
const ownerPrefix: Readonly<Record<ClientOwnerKind, string>> = { connection: '/c', reader: '/r' };

/** The SCIM base URL of a reader. */
export function readerUrlOf(publicUrl: string, readerId: string): string {
  return `${publicUrl}${ownerPrefix.reader}/${readerId}/scim/v2`;
}

/** The well-known part stands before the path of the issuer. @see RFC 8414 §3.1 */
export function clientAddresses(publicUrl: string, { ownerKind, ownerId }: ClientOwner): ClientAddresses {
  const path = `${ownerPrefix[ownerKind]}/${ownerId}`;
  const issuer = `${publicUrl}${path}`;
  return {
    issuer,
    tokenEndpoint: `${issuer}/oauth/token`,
    metadata: `${publicUrl}/.well-known/oauth-authorization-server${path}`,
    scope: 'scim',
  };
}
