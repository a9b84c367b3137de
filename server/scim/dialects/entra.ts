// Entra ID's dialect. @see learn.microsoft.com: "Develop a SCIM endpoint", "SCIM 2.0 protocol compliance of the
// Microsoft Entra provisioning service", "Customize application attributes" (roles)
import { enterpriseUserUrn } from '../protocol/enterprise-user-schema.ts';
import { isObject } from '../protocol/json.ts';
import type { Dialect, Note } from './dialect.ts';

/** Entra addresses typed entries that may not be here yet, and expects them to be made. */
export const entra: Dialect = {
  patchRules: { createUnmatched: true },
  resource: (body, note) =>
    isObject(body) && Array.isArray(body.roles) ? { ...body, roles: readableRoles(body.roles, note) } : body,
  patch: (body, note) =>
    isObject(body) && Array.isArray(body.Operations)
      ? { ...body, Operations: body.Operations.flatMap((operation) => regular(operation, note)) }
      : body,
};

type JsonObject = { readonly [key: string]: unknown };

const managerPath = `${enterpriseUserUrn}:manager`;

function regular(operation: unknown, note: Note): readonly unknown[] {
  if (!isObject(operation) || typeof operation.path !== 'string') return [operation];
  const op = String(operation.op).toLowerCase();
  const path = operation.path.toLowerCase();
  if (path === 'members' && op === 'remove' && Array.isArray(operation.value)) {
    return removalsOf(operation.value, note);
  }
  if (path === 'roles' && Array.isArray(operation.value)) {
    return [{ ...operation, value: readableRoles(operation.value, note) }];
  }
  if (path === 'manager' || path === managerPath.toLowerCase())
    return [managerOperation(operation, path, note)];
  return [operation];
}

/** `remove members` with a list of values takes out those values, where the RFC would take out everybody. */
function removalsOf(values: readonly unknown[], note: Note): readonly unknown[] {
  note('remove-by-value-list', 'members');
  return values.map((entry) => {
    const id = String(isObject(entry) ? entry.value : entry);
    return { op: 'remove', path: `members[value eq ${JSON.stringify(id)}].value` };
  });
}

/** The manager comes without its schema's URN, and as an empty string where there is none. */
function managerOperation(operation: JsonObject, path: string, note: Note): JsonObject {
  if (path === 'manager') note('manager-without-urn', managerPath);
  if (operation.value !== '') return { ...operation, path: managerPath };
  note('empty-string-as-removal', managerPath);
  return { op: 'remove', path: managerPath };
}

/** An app role assignment is a JSON document inside `value`: { id, value, displayName }. */
function readableRoles(roles: readonly unknown[], note: Note): readonly unknown[] {
  return roles.map((role) => {
    if (!isObject(role) || typeof role.value !== 'string' || !role.value.startsWith('{')) return role;
    try {
      const assignment: unknown = JSON.parse(role.value);
      if (!isObject(assignment) || typeof assignment.value !== 'string') return role;
      note('json-in-string', 'roles.value');
      const display = assignment.displayName;
      return { ...role, value: assignment.value, ...(typeof display === 'string' && { display }) };
    } catch {
      return role;
    }
  });
}
