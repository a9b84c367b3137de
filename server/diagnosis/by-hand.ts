// Who calls without being an identity provider. Pure; it knows the names that clients give themselves.

/** Whether somebody opened the address in a browser or tried it at a terminal, by a record's `client`. */
export function isByHand(client: string): boolean {
  return client === 'curl' || /^other:(?:Mozilla|PostmanRuntime|insomnia|HTTPie)\b/i.test(client);
}
