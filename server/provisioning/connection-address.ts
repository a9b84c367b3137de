// The address that an identity provider is given. Knows its shape, nobody who asks there.

/** The SCIM base URL of a connection. */
export function baseUrlOf(publicUrl: string, connectionId: string): string {
  return `${publicUrl}/c/${connectionId}/scim/v2`;
}
