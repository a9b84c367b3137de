// How Entra brings one group of a server in line with its directory: match without members, create without members, then
// who joined and who left. Knows the requests and their order; when a cycle comes, it does not.
import { joinSteps, leaveSteps, patchOf, replaceStep } from './entra-patch.ts';
import type { EntraDesk, EntraGroupLink } from './entra-people.ts';
import type { PatchDialect } from './entra-settings.ts';
import type { Group } from './simulated-company.ts';
import { type Json, queryValue, quoted, resourcesOf, Trouble } from './wire.ts';

/** How many members one PATCH carries. Microsoft publishes no number. */
const batchSize = 100;

/** How the look-up of a group stands in the query. */
export const groupSearch = (name: string): string =>
  `/Groups?excludedAttributes=members&filter=${queryValue(`displayName eq ${quoted(name)}`, '+')}`;

/** Sends what is missing for one group, with all members or only those named. @throws Trouble */
export async function syncEntraGroup(
  desk: EntraDesk,
  id: string,
  dialect: PatchDialect,
  only?: readonly string[],
): Promise<void> {
  const link = desk.groupLinks.get(id);
  const group = desk.company.groups.get(id);
  if (group === undefined || !desk.isGroupWanted(id)) {
    return link === undefined ? undefined : deleteGroup(desk, id, link);
  }
  const standing =
    link === undefined ? await findOrCreate(desk, group, dialect) : await rename(desk, group, link, dialect);
  if (standing !== undefined) await changeMembers(desk, group, standing, dialect, only);
}

async function findOrCreate(
  desk: EntraDesk,
  group: Group,
  dialect: PatchDialect,
): Promise<EntraGroupLink | undefined> {
  const [hit] = resourcesOf(await desk.send({ method: 'GET', path: groupSearch(group.name) }));
  if (hit === undefined && !desk.settings().actions.create) return undefined;
  const body = {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ],
    externalId: group.id,
    displayName: group.name,
    meta: { resourceType: 'Group' },
  };
  const resource = hit ?? (await desk.send({ method: 'POST', path: '/Groups', body }));
  const link = { remoteId: String(resource.id), name: group.name, members: new Set<string>() };
  desk.groupLinks.set(group.id, link);
  if (hit !== undefined && hit.externalId !== group.id) {
    await patchGroup(desk, link, [replaceStep(dialect, 'externalId', group.id)]);
  }
  return link;
}

async function rename(
  desk: EntraDesk,
  group: Group,
  link: EntraGroupLink,
  dialect: PatchDialect,
): Promise<EntraGroupLink | undefined> {
  try {
    await desk.send({ method: 'GET', path: `/Groups/${link.remoteId}?excludedAttributes=members` });
  } catch (error) {
    if (error instanceof Trouble && error.status === 404) desk.groupLinks.delete(group.id);
    throw error;
  }
  if (!desk.settings().actions.update) return undefined;
  if (link.name !== group.name) {
    await patchGroup(desk, link, [replaceStep(dialect, 'displayName', group.name)]);
  }
  const renamed = { ...link, name: group.name };
  desk.groupLinks.set(group.id, renamed);
  return renamed;
}

function patchGroup(desk: EntraDesk, link: EntraGroupLink, steps: readonly Json[]): Promise<Json> {
  return desk.send({ method: 'PATCH', path: `/Groups/${link.remoteId}`, body: patchOf(steps) });
}

/** Whoever is out of scope is passed over; for whoever should be there and is not, the group is tried again. */
async function changeMembers(
  desk: EntraDesk,
  group: Group,
  link: EntraGroupLink,
  dialect: PatchDialect,
  only: readonly string[] | undefined,
): Promise<void> {
  const remoteId = (id: string) => desk.links.get(id)?.remoteId ?? '';
  const listed = only ?? [...group.members];
  const joining = listed.filter((id) => desk.links.has(id) && !link.members.has(id));
  const leaving = only === undefined ? [...link.members].filter((id) => !group.members.has(id)) : [];
  const gone = leaving.filter((id) => !desk.links.has(id));
  const members = new Set([...link.members].filter((id) => !gone.includes(id)));
  const keep = () => desk.groupLinks.set(group.id, { ...link, members: new Set(members) });
  for (const ids of batches(joining)) {
    await patchGroup(desk, link, joinSteps(dialect, ids.map(remoteId)));
    for (const id of ids) members.add(id);
    keep();
  }
  for (const ids of batches(leaving.filter((id) => !gone.includes(id)))) {
    await patchGroup(desk, link, leaveSteps(dialect, ids.map(remoteId)));
    for (const id of ids) members.delete(id);
    keep();
  }
  const missing = listed.filter((id) => desk.isWanted(id) && !desk.links.has(id));
  if (missing.length > 0) throw new Trouble(`${missing.length} members are not there yet.`, null);
}

function* batches(ids: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < ids.length; from += batchSize) yield ids.slice(from, from + batchSize);
}

async function deleteGroup(desk: EntraDesk, id: string, link: EntraGroupLink): Promise<void> {
  if (desk.settings().actions.delete) {
    await desk.send({ method: 'DELETE', path: `/Groups/${link.remoteId}` });
  }
  desk.groupLinks.delete(id);
}
