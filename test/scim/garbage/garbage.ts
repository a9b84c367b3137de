// What no request should look like: the shape of such a request, and whom it is about. Knows what may go wrong on the wire,
// not what the server makes of it.

/** A request below the connection's base URL; the path in Latin-1, the body as bytes or text. */
export interface Garbage {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export const json = { 'content-type': 'application/scim+json' } as const;
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Stand in a path or body for somebody and some group that are there. */
export const ids = {
  user: '{user}',
  group: '{group}',
} as const;
