// The people and groups of a company as an identity provider keeps them. Knows what an admin there can change; what of it
// a server is told, it does not.
import { createHash } from 'node:crypto';

/** What an admin types in for one person; null means the field is left empty. */
export interface Profile {
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly email: string;
  /** Okta's username, Entra's userPrincipalName. */
  readonly login: string;
  readonly title: string | null;
  readonly department: string | null;
  readonly employeeNumber: string | null;
  readonly costCenter: string | null;
  readonly organization: string | null;
  readonly division: string | null;
  readonly userType: string | null;
  readonly language: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly address: Address | null;
  /** The value of the person's app role. */
  readonly appRole: string | null;
  /** The id of another person here. */
  readonly managerId: string | null;
}

export interface Address {
  readonly streetAddress: string;
  readonly locality: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
  readonly formatted: string;
}

/** A person with the id that the provider gave them. `deletedAt` is in Unix milliseconds. */
export interface Person extends Profile {
  readonly id: string;
  readonly enabled: boolean;
  readonly deletedAt: number | null;
}

/** What has to be said of somebody new; the rest follows or stays empty. */
export type NewPerson = Pick<Profile, 'givenName' | 'familyName' | 'email'> & Partial<Profile>;

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

export interface Company {
  readonly people: ReadonlyMap<string, Person>;
  readonly groups: ReadonlyMap<string, Group>;
  person(id: string): Person;
  group(id: string): Group;
  hire(person: NewPerson): Person;
  change(id: string, change: Partial<Omit<Person, 'id'>>): Person;
  /** Forgets a person altogether, memberships included. */
  forget(id: string): void;
  createGroup(name: string, memberIds: readonly string[]): Group;
  changeGroup(id: string, change: Partial<Omit<Group, 'id'>>): Group;
  dropGroup(id: string): void;
  groupsOf(personId: string): readonly Group[];
}

/** An empty company whose ids are made by `newId`. */
export function openCompany(newId: (kind: 'person' | 'group') => string): Company {
  const people = new Map<string, Person>();
  const groups = new Map<string, Group>();
  const person = (id: string) => known(people.get(id), id);
  const group = (id: string) => known(groups.get(id), id);
  const groupsOf = (personId: string) => [...groups.values()].filter(({ members }) => members.has(personId));
  const keep = <Thing extends { readonly id: string }>(things: Map<string, Thing>, thing: Thing): Thing => {
    things.set(thing.id, thing);
    return thing;
  };
  const changeGroup: Company['changeGroup'] = (id, change) => keep(groups, { ...group(id), ...change });
  return {
    people,
    groups,
    person,
    group,
    groupsOf,
    changeGroup,
    hire: (profile) => {
      const { givenName, familyName, email } = profile;
      const named = { displayName: `${givenName} ${familyName}`, login: email };
      const standing = { id: newId('person'), enabled: true, deletedAt: null };
      return keep(people, { ...blank, ...named, ...profile, ...standing });
    },
    change: (id, change) => keep(people, { ...person(id), ...change }),
    forget: (id) => {
      for (const { id: groupId, members } of groupsOf(id)) {
        changeGroup(groupId, { members: new Set([...members].filter((member) => member !== id)) });
      }
      people.delete(id);
    },
    createGroup: (name, memberIds) => keep(groups, { id: newId('group'), name, members: new Set(memberIds) }),
    dropGroup: (id) => void groups.delete(id),
  };
}

const blank = {
  title: null,
  department: null,
  employeeNumber: null,
  costCenter: null,
  organization: null,
  division: null,
  userType: null,
  language: null,
  workPhone: null,
  mobilePhone: null,
  address: null,
  appRole: null,
  managerId: null,
} as const;

function known<Thing>(thing: Thing | undefined, id: string): Thing {
  if (thing === undefined) throw new Error(`Nobody and no group here has the id ${id}.`);
  return thing;
}

/** Ids, passwords and probes that look like chance and are the same in every run: the n-th text of `seed`, in hex. */
export function seededHex(seed: string): () => string {
  let count = 0;
  return () => createHash('sha256').update(`${seed} ${++count}`).digest('hex');
}

/** The first 32 digits of a text in hex, in the shape of a GUID. */
export function guidOf(hex: string): string {
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`;
}
