// What a directory ought to hold by Okta's account. Knows who is assigned and what was sent of the others, no request.
import { type DirectoryTruth, inOrder, truthOfUser, withManagers } from './directory-truth.ts';
import type { GroupPush } from './okta-groups.ts';
import { type OktaDesk, profileOf } from './okta-people.ts';

/** Whoever is assigned as they are now, whoever was provisioned before as they were last. */
export function oktaTruth(desk: OktaDesk, pushes: ReadonlyMap<string, GroupPush>): DirectoryTruth {
  const { company, links } = desk;
  const people = [...company.people.values()].flatMap((person) => {
    if (desk.isWanted(person.id)) return [truthOfUser(profileOf(desk, person))];
    const link = links.get(person.id);
    return link === undefined ? [] : [truthOfUser(link.sent)];
  });
  const groups = [...pushes.keys()].map((id) => {
    const { name, members } = company.group(id);
    const wanted = [...members]
      .filter(desk.isWanted)
      .map((member) => profileOf(desk, company.person(member)));
    return { displayName: name, members: wanted.map(({ userName }) => String(userName)) };
  });
  const names = new Map(people.map(({ externalId, userName }) => [externalId, userName]));
  return inOrder({ people: withManagers(people, names), groups });
}
