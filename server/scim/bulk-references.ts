// `bulkId:` references inside the data of Bulk operations: found, replaced by ids, or left out for a while. Pure JSON.

const prefix = 'bulkId:';

/** The bulkIds that a JSON value (or a path) refers to. */
export function referencesIn(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof value === 'string') {
    const start = value.indexOf(prefix);
    if (start >= 0) found.add(bulkIdAt(value, start));
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) referencesIn(inner, found);
  }
  return found;
}

/** The value with every known reference replaced by the id it stands for. */
export function resolveReferences(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const start = value.indexOf(prefix);
    if (start < 0) return value;
    const bulkId = bulkIdAt(value, start);
    const id = ids.get(bulkId);
    return id === undefined
      ? value
      : value.slice(0, start) + id + value.slice(start + prefix.length + bulkId.length);
  }
  if (Array.isArray(value)) return value.map((inner) => resolveReferences(inner, ids));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, resolveReferences(inner, ids)]),
    );
  }
  return value;
}

/** The value without the entries and attributes that still refer to something: what can be made of a circle first. */
export function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((inner) => referencesIn(inner).size === 0);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    if (referencesIn(inner).size === 0) return [[name, inner]];
    return typeof inner === 'object' && inner !== null && !('value' in inner)
      ? [[name, withoutReferences(inner)]]
      : [];
  });
  return Object.fromEntries(kept);
}

/** A reference is the whole string, or a path segment, or quoted inside a value filter. */
function bulkIdAt(text: string, start: number): string {
  return /^[^/"]*/.exec(text.slice(start + prefix.length))?.[0] ?? '';
}
