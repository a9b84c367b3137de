// How Entra brings one person of a server in line with its directory: match, create, read and PATCH, delete. Knows the
// requests and their order; when a cycle comes, it does not.
import { activeStep, attributeSteps, managerStep, patchOf } from './entra-patch.ts';
import type { EntraSettings, PatchDialect } from './entra-settings.ts';
import { entraUser, mappedValues } from './entra-user.ts';
import type { Company, Person } from './simulated-company.ts';
import { day } from './simulated-time.ts';
import { type Json, queryValue, quoted, resourcesOf, Trouble, type Wire } from './wire.ts';

/** Whom a person is on the server. `values` are the target attributes as they were sent last. */
export interface EntraLink {
  readonly remoteId: string;
  readonly location: string;
  readonly active: boolean;
  /** The manager's id on the server. */
  readonly manager: string | null;
  readonly values: ReadonlyMap<string, string>;
}

/** Whom a group is on the server. `members` are ids of people here. */
export interface EntraGroupLink {
  readonly remoteId: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

/** What the parts of a cycle share. */
export interface EntraDesk {
  readonly company: Company;
  readonly links: Map<string, EntraLink>;
  readonly groupLinks: Map<string, EntraGroupLink>;
  readonly send: Wire['send'];
  now(): number;
  settings(): EntraSettings;
  /** In scope, with an account that is enabled and not deleted. */
  isWanted(personId: string): boolean;
  isGroupWanted(groupId: string): boolean;
}

/** How long a deleted account can be restored. */
export const keptAfterDelete = 30 * day;

/** Sends what is missing for one person. @throws Trouble */
export async function syncEntraPerson(desk: EntraDesk, id: string, dialect: PatchDialect): Promise<void> {
  const person = desk.company.people.get(id);
  if (person === undefined) return;
  if (person.deletedAt !== null && desk.now() >= person.deletedAt + keptAfterDelete)
    return purge(desk, person);
  const link = desk.links.get(id);
  if (link !== undefined) return update(desk, person, link, dialect);
  if (!desk.isWanted(id)) return;
  const hit = await match(desk, person);
  if (hit !== undefined) return update(desk, person, linkTo(desk, person, hit, new Map()), dialect);
  if (!desk.settings().actions.create) return;
  const body = entraUser(person, desk.settings());
  const created = await desk.send({ method: 'POST', path: '/Users', body });
  linkTo(desk, person, created, mappedValues(person, desk.settings()));
}

async function match(desk: EntraDesk, person: Person): Promise<Json | undefined> {
  const { matching } = desk.settings();
  const value = mappedValues(person, desk.settings()).get(matching) ?? '';
  const filter = queryValue(`${matching} eq ${quoted(value)}`, '+');
  const hits = resourcesOf(await desk.send({ method: 'GET', path: `/Users?filter=${filter}` }));
  if (hits.length > 1)
    throw new Trouble('SystemForCrossDomainIdentityManagementMultipleEntriesInResponse', null);
  return hits[0];
}

async function update(
  desk: EntraDesk,
  person: Person,
  link: EntraLink,
  dialect: PatchDialect,
): Promise<void> {
  const wanted = desk.isWanted(person.id);
  const values = wanted ? mappedValues(person, desk.settings()) : link.values;
  if (wanted === link.active && saysTheSame(values, link.values)) return;
  const path = pathOf(desk, person, link);
  const read = await readOrForget(desk, person, path);
  const turned = read.active !== wanted ? [activeStep(dialect, wanted)] : [];
  const steps = [...turned, ...(wanted ? attributeSteps(dialect, read, values) : [])];
  if (steps.length > 0) {
    if (!desk.settings().actions.update) return;
    await desk.send({ method: 'PATCH', path, body: patchOf(steps) });
  }
  desk.links.set(person.id, { ...link, active: wanted, values });
}

/** Somebody who is gone on the server is forgotten (InvalidAnchor), and the next try begins with a match again. */
async function readOrForget(desk: EntraDesk, person: Person, path: string): Promise<Json> {
  try {
    return await desk.send({ method: 'GET', path });
  } catch (error) {
    if (error instanceof Trouble && error.status === 404) desk.links.delete(person.id);
    throw error;
  }
}

/** Managers come after everybody is there. One who is out of scope is passed over for good. @throws Trouble */
export async function syncEntraManager(desk: EntraDesk, id: string, dialect: PatchDialect): Promise<void> {
  const person = desk.company.people.get(id);
  const link = desk.links.get(id);
  if (person === undefined || link === undefined || !desk.isWanted(id)) return;
  const manager = person.managerId === null ? undefined : desk.links.get(person.managerId);
  if (person.managerId !== null && manager === undefined) {
    if (desk.isWanted(person.managerId)) throw new Trouble('The manager is not there yet.', null);
    return;
  }
  const target = manager === undefined ? null : { id: manager.remoteId, location: manager.location };
  if ((target?.id ?? null) === link.manager || !desk.settings().actions.update) return;
  const body = patchOf([managerStep(dialect, link.manager, target)]);
  await desk.send({ method: 'PATCH', path: pathOf(desk, person, link), body });
  desk.links.set(id, { ...link, manager: target?.id ?? null });
}

async function purge(desk: EntraDesk, person: Person): Promise<void> {
  const link = desk.links.get(person.id);
  if (link !== undefined && desk.settings().actions.delete) {
    await desk.send({ method: 'DELETE', path: pathOf(desk, person, link) });
  }
  desk.links.delete(person.id);
  desk.company.forget(person.id);
}

function linkTo(
  desk: EntraDesk,
  person: Person,
  resource: Json,
  values: ReadonlyMap<string, string>,
): EntraLink {
  const { location = '' } = (resource.meta ?? {}) as { readonly location?: string };
  const active = resource.active !== false;
  const link = { remoteId: String(resource.id), location, active, manager: null, values };
  desk.links.set(person.id, link);
  return link;
}

function pathOf(desk: EntraDesk, person: Person, { remoteId }: EntraLink): string {
  const { addressesBy } = desk.settings();
  const externalId = mappedValues(person, desk.settings()).get('externalId') ?? '';
  return `/Users/${addressesBy === 'id' ? remoteId : externalId}`;
}

function saysTheSame(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  return left.size === right.size && [...left].every(([path, value]) => right.get(path) === value);
}
