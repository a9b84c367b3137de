// What a directory ought to hold by Entra's account. Knows who is in scope and what was sent of the others, no request.
import { type DirectoryTruth, inOrder, truthOfUser, withManagers } from './directory-truth.ts';
import type { EntraDesk } from './entra-people.ts';
import { bodyOf, mappedValues } from './entra-user.ts';

/** Whoever is in scope as they are now, whoever was provisioned before as they were last. */
export function entraTruth(desk: EntraDesk): DirectoryTruth {
  const { company, links } = desk;
  const settings = desk.settings();
  const valuesOf = (id: string): ReadonlyMap<string, string> | undefined =>
    desk.isWanted(id) ? mappedValues(company.person(id), settings) : links.get(id)?.values;
  const people = [...company.people.keys()].flatMap((id) => {
    const values = valuesOf(id);
    if (values === undefined) return [];
    const user = truthOfUser(bodyOf(values, { active: desk.isWanted(id) }));
    return [{ ...user, manager: managerOf(desk, id) }];
  });
  const pushed = settings.groups
    ? [...company.groups.values()].filter(({ id }) => desk.isGroupWanted(id))
    : [];
  const groups = pushed.map(({ name, members }) => ({
    displayName: name,
    members: [...members].flatMap((id) => valuesOf(id)?.get('userName') ?? []),
  }));
  const names = new Map(
    [...links].map(([id, { remoteId }]) => [remoteId, valuesOf(id)?.get('userName') ?? remoteId]),
  );
  return inOrder({ people: withManagers(people, names), groups });
}

/** The manager's id on the server. One who is not there is not sent, and whoever stood there before stays. */
function managerOf({ company, links, isWanted }: EntraDesk, id: string): string | null {
  const { managerId } = company.person(id);
  const sent = links.get(id)?.manager ?? null;
  if (!isWanted(id)) return sent;
  return managerId === null ? null : (links.get(managerId)?.remoteId ?? sent);
}
