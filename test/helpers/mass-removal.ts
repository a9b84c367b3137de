// A mass removal, as an identity provider gone wrong sends it. Knows nothing of what becomes of it.
import type { Larkspur } from './larkspur.ts';

/** Removes so many of the people by the connection, as an identity provider gone wrong does. */
export async function removeMany(larkspur: Larkspur, count: number): Promise<void> {
  const listed = await larkspur.scim('GET', '/Users?count=200');
  const resources = listed.body.Resources as readonly { readonly id: string; readonly active: boolean }[];
  const people = resources.filter(({ id, active }) => active && id !== larkspur.ownerId);
  for (const { id } of people.slice(0, count)) await larkspur.scim('DELETE', `/Users/${id}`);
}
