// Attribute paths as Entra writes them: `title`, `name.givenName`, `emails[type eq "work"].value`, a URN and a name.
// Knows how to read and to build JSON by them; which attributes there are, it does not.
import type { Json } from './wire.ts';

type Place =
  | { readonly kind: 'plain'; readonly keys: readonly string[] }
  | { readonly kind: 'typed'; readonly list: string; readonly type: string; readonly key: string };

function placeOf(path: string): Place {
  const urn = /^(urn:.+):(\w+)$/.exec(path);
  if (urn !== null) return { kind: 'plain', keys: [urn[1] ?? '', urn[2] ?? ''] };
  const typed = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  if (typed === null) return { kind: 'plain', keys: path.split('.') };
  return { kind: 'typed', list: typed[1] ?? '', type: typed[2] ?? '', key: typed[3] ?? '' };
}

/** Whether a path leads into a list by a filter; such a path cannot be a key of a PATCH without a path. */
export const leadsIntoList = (path: string): boolean => placeOf(path).kind === 'typed';

/** What stands at the path in a resource. */
export function readAt(resource: Json, path: string): unknown {
  const place = placeOf(path);
  if (place.kind === 'plain') {
    return place.keys.reduce<unknown>((part, key) => (part as Json | undefined)?.[key], resource);
  }
  const list = (resource[place.list] ?? []) as readonly Json[];
  return list.find(({ type }) => type === place.type)?.[place.key];
}

/** The resource with the value at the path; an entry of a list is made when it is missing. */
export function withValue(resource: Json, path: string, value: unknown): Json {
  const place = placeOf(path);
  if (place.kind === 'plain') {
    const [key = '', inner] = place.keys;
    if (inner === undefined) return { ...resource, [key]: value };
    return { ...resource, [key]: { ...(resource[key] as Json | undefined), [inner]: value } };
  }
  const { list, type, key } = place;
  const entries = (resource[list] ?? []) as readonly Json[];
  const entry = entries.find((one) => one.type === type);
  const rest = entries.filter((one) => one !== entry);
  return { ...resource, [list]: [...rest, { ...(entry ?? newEntry(list, type)), [key]: value }] };
}

// Which lists Entra marks its entries in, as its documented requests show.
function newEntry(list: string, type: string): Json {
  if (list === 'emails') return { primary: true, type };
  return list === 'addresses' ? { type, primary: false } : { type };
}
