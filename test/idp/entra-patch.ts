// PATCH as Entra writes it, by itself and with the compliance flag in the Tenant URL. Knows both dialects; what changed,
// it does not.

import { enterpriseUrn } from './directory-truth.ts';
import { leadsIntoList, readAt } from './entra-path.ts';
import type { PatchDialect } from './entra-settings.ts';
import { type Json, quoted } from './wire.ts';

/** The body around some operations. */
export const patchOf = (operations: readonly Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});

const verb = (dialect: PatchDialect, name: 'Add' | 'Replace' | 'Remove'): string =>
  dialect === 'flagged' ? name.toLowerCase() : name;

/** What turns the resource that was read into one with these values. */
export function attributeSteps(
  dialect: PatchDialect,
  read: Json,
  wanted: ReadonlyMap<string, string>,
): readonly Json[] {
  const changed = [...wanted].filter(([path, value]) => readAt(read, path) !== value);
  const single = ([path, value]: [string, string]): Json => ({
    op: verb(dialect, readAt(read, path) === undefined ? 'Add' : 'Replace'),
    path,
    value,
  });
  if (dialect === 'default') return changed.map(single);
  const inLists = changed.filter(([path]) => leadsIntoList(path));
  const plain = changed.filter(([path]) => !leadsIntoList(path));
  const together =
    plain.length > 1 ? [{ op: 'replace', value: Object.fromEntries(plain) }] : plain.map(single);
  return [...inLists.map(single), ...together];
}

/** One attribute with a new value. */
export function replaceStep(dialect: PatchDialect, path: string, value: string): Json {
  return { op: verb(dialect, 'Replace'), path, value };
}

/** `active` as a string with a capital, or as the boolean it is. */
export function activeStep(dialect: PatchDialect, active: boolean): Json {
  const value = dialect === 'flagged' ? active : active ? 'True' : 'False';
  return { op: verb(dialect, 'Replace'), path: 'active', value };
}

/** The first manager comes as a list with a reference, another one as a bare id, none as an empty string. */
export function managerStep(
  dialect: PatchDialect,
  before: string | null,
  manager: { readonly id: string; readonly location: string } | null,
): Json {
  const path = `${enterpriseUrn}:manager`;
  if (manager === null) return { op: verb(dialect, 'Replace'), path, value: '' };
  if (before !== null) return { op: verb(dialect, 'Replace'), path, value: manager.id };
  const value = [{ $ref: manager.location, value: manager.id }];
  return { op: verb(dialect, 'Add'), path: 'manager', value };
}

/** Members who join a group, all in one step. */
export function joinSteps(dialect: PatchDialect, ids: readonly string[]): readonly Json[] {
  const value = ids.map((id) => ({ $ref: null, value: id }));
  return ids.length === 0 ? [] : [{ op: verb(dialect, 'Add'), path: 'members', value }];
}

/** Members who leave a group: listed as values, which RFC 7644 does not know, or one filter each. */
export function leaveSteps(dialect: PatchDialect, ids: readonly string[]): readonly Json[] {
  if (dialect === 'flagged')
    return ids.map((id) => ({ op: 'remove', path: `members[value eq ${quoted(id)}]` }));
  const value = ids.map((id) => ({ $ref: null, value: id }));
  return ids.length === 0 ? [] : [{ op: 'Remove', path: 'members', value }];
}
