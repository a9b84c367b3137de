// What a directory ought to hold by an identity provider's own account, and what a server says it holds. Knows only what
// both can say of people and groups.
import type { ScimServer } from '../helpers/scim-server.ts';
import { type Json, resourcesOf } from './wire.ts';

export interface TruthPerson {
  readonly userName: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly employeeNumber: string | null;
  /** A userName; the value as it was sent where it leads to nobody. */
  readonly manager: string | null;
}

/** `members` are userNames. */
export interface TruthGroup {
  readonly displayName: string;
  readonly members: readonly string[];
}

/** People by userName, groups by name. */
export interface DirectoryTruth {
  readonly people: readonly TruthPerson[];
  readonly groups: readonly TruthGroup[];
}

/** What a SCIM user says of a person, the manager by their value. */
export function truthOfUser(user: Json): TruthPerson {
  const name = (user.name ?? {}) as Json;
  const enterprise = (user[enterpriseUrn] ?? {}) as Json;
  const emails = (user.emails ?? []) as readonly Json[];
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    userName: String(user.userName),
    externalId: String(user.externalId),
    active: user.active === true,
    displayName: text(user.displayName),
    givenName: text(name.givenName),
    familyName: text(name.familyName),
    email: text(emails.find(({ type }) => type === 'work')?.value),
    title: text(user.title),
    department: text(enterprise.department),
    employeeNumber: text(enterprise.employeeNumber),
    manager: text((enterprise.manager as Json | undefined)?.value),
  };
}

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The same people with their managers' userNames in place of the values in `names`. */
export function withManagers(
  people: readonly TruthPerson[],
  names: ReadonlyMap<string, string>,
): readonly TruthPerson[] {
  return people.map(({ manager, ...rest }) => ({
    ...rest,
    manager: manager === null ? null : (names.get(manager) ?? manager),
  }));
}

/** The same truth in the same order, whoever tells it. */
export function inOrder({ people, groups }: DirectoryTruth): DirectoryTruth {
  const by = (left: string, right: string) => (left < right ? -1 : Number(left > right));
  return {
    people: [...people].sort((left, right) => by(left.userName, right.userName)),
    groups: groups
      .map((group) => ({ ...group, members: [...group.members].sort(by) }))
      .sort((left, right) => by(left.displayName, right.displayName)),
  };
}

/** Everybody and every group that a connection provisions, read through its own door. */
export async function readDirectory(scim: ScimServer['scim']): Promise<DirectoryTruth> {
  const users = (await readAll(scim, '/Users')).filter((user) => user.externalId !== undefined);
  const groups = await readAll(scim, '/Groups');
  // Entra names people by their ids here, Okta by its own.
  const names = new Map(
    users.flatMap(({ id, externalId, userName }): [string, string][] => [
      [String(id), String(userName)],
      [String(externalId), String(userName)],
    ]),
  );
  const members = (group: Json) =>
    ((group.members ?? []) as readonly Json[]).map(({ value }) => names.get(String(value)) ?? String(value));
  return inOrder({
    people: withManagers(users.map(truthOfUser), names),
    groups: groups.map((group) => ({ displayName: String(group.displayName), members: members(group) })),
  });
}

async function readAll(scim: ScimServer['scim'], path: string): Promise<Json[]> {
  const all: Json[] = [];
  for (;;) {
    const { body } = await scim('GET', `${path}?startIndex=${all.length + 1}&count=200`);
    all.push(...resourcesOf(body as Json));
    if (all.length >= Number(body.totalResults)) return all;
  }
}
