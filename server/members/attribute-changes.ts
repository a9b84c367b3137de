// What differs between two versions of a resource's attributes, path by path. Pure.
import type { Changes } from '../audit/audit-log.ts';
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { isJsonObject, sameJson } from '../scim/protocol/json.ts';

/**
 * The paths that changed with their values before and after: "title", "name.familyName",
 * "urn:…:enterprise:2.0:User:department". A list counts as one value.
 */
export function attributeChanges(before: Attributes, after: Attributes): Changes {
  const changes: Record<string, readonly [Json, Json]> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    if (sameJson(was, is)) continue;
    if (!isJsonObject(was) && !isJsonObject(is)) {
      changes[name] = [was, is];
      continue;
    }
    const separator = name.startsWith('urn:') ? ':' : '.';
    const [left, right] = [isJsonObject(was) ? was : {}, isJsonObject(is) ? is : {}];
    for (const sub of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const pair = [left[sub] ?? null, right[sub] ?? null] as const;
      if (!sameJson(pair[0], pair[1])) changes[`${name}${separator}${sub}`] = pair;
    }
  }
  return changes;
}
