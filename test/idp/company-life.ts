// What happens in a company day by day: people join, move, marry, leave and come back, groups change. By seeded chance, so
// that every run tells the same story. Knows what admins do; what is sent because of it, it does not.
import { type NewPerson, type Profile, seededHex } from './simulated-company.ts';
import type { SimulatedEntra } from './simulated-entra.ts';
import type { SimulatedOkta } from './simulated-okta.ts';

export interface CompanyLife {
  /** Hires everybody, gives most of them a manager, and makes a group of each department. */
  found(size: number): void;
  /** One thing of those that happen on any day. */
  goOn(): void;
  /** How often each happened. */
  readonly happened: Readonly<Record<Happening, number>>;
}

const departments = ['Foundry', 'Kiln', 'Glaze room', 'Dispatch', 'Sales', 'Tooling', 'Design', 'Finance'];
const given = ['Noor', 'Per', 'Imogen', 'Bela', 'Søren', 'Zoë', 'Tariq', 'Aoife', 'Jun', 'Maren', 'Luca'];
const family = [
  'Haddad',
  "O'Keefe",
  'Holm',
  'Sandoval',
  'Okonjo',
  'Ferrante',
  'Nakamura',
  'Lindqvist',
  'Roy',
];
const titles = ['Founder', 'Thrower', 'Clerk', 'Planner', 'Buyer', 'Lead', 'Apprentice', 'Engineer'];

/** Out of how many turns each comes. */
const weights = {
  joins: 4,
  leaves: 3,
  returns: 1,
  'is promoted': 6,
  'changes departments': 3,
  'gets another manager': 3,
  'changes name and address': 2,
  'joins a project': 3,
  'leaves a project': 2,
  'a project is renamed': 1,
} as const;
type Happening = keyof typeof weights;
const turns = Object.entries(weights).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as Happening),
);

/** The life of a company whose people a provider keeps and whose addresses end in `domain`. */
export function openCompanyLife(
  idp: SimulatedOkta | SimulatedEntra,
  { domain, seed }: { readonly domain: string; readonly seed: string },
): CompanyLife {
  const hex = seededHex(seed);
  const below = (count: number) => Number.parseInt(hex().slice(0, 8), 16) % count;
  const oneOf = <Thing>(things: readonly Thing[]): Thing => {
    const thing = things[below(things.length)];
    if (thing === undefined) throw new Error('There is nothing to choose from.');
    return thing;
  };
  const here: string[] = [];
  const away: string[] = [];
  const teams = new Map<string, string>();
  const projects: string[] = [];
  const happened = Object.fromEntries(Object.keys(weights).map((name) => [name, 0])) as Record<
    Happening,
    number
  >;
  let hired = 0;
  let projectsNamed = 0;

  const addressed = (givenName: string, familyName: string) => {
    hired += 1;
    const plain = `${givenName}.${familyName}.${hired}`.normalize('NFD').replace(/[^\w.]/g, '');
    const email = `${plain.toLowerCase()}@${domain}`;
    const displayName = `${givenName} ${familyName}`;
    return { givenName, familyName, displayName, email, login: email };
  };
  const invented = (): NewPerson => ({
    ...addressed(oneOf(given), oneOf(family)),
    title: oneOf(titles),
    department: oneOf(departments),
    employeeNumber: `E-${1000 + hired}`,
    managerId: here.length === 0 || below(10) === 0 ? null : oneOf(here.slice(0, 50)),
  });
  const teamOf = ({ department }: Pick<Profile, 'department'>) => teams.get(department ?? '') ?? '';
  const publish = (groupId: string) => (idp.kind === 'okta' ? idp.pushGroup : idp.assignGroup)(groupId);
  const employ = () => {
    const person = idp.hire(invented());
    idp.assign(person.id);
    here.push(person.id);
    return person;
  };
  const move = (from: string[], to: string[]): string => {
    const [id = ''] = from.splice(below(from.length), 1);
    to.push(id);
    return id;
  };
  const project = () => {
    projectsNamed += 1;
    return `${oneOf(['Project', 'Crew', 'Committee'])} ${projectsNamed}`;
  };

  const happen: Readonly<Record<Happening, () => void>> = {
    joins: () => {
      const person = employ();
      idp.changeMembers(teamOf(person), { add: [person.id] });
    },
    leaves: () => {
      const id = move(here, away);
      if (idp.kind === 'okta') idp.deactivateUser(id);
      else idp.disableAccount(id);
    },
    returns: () => {
      if (away.length === 0) return;
      const id = move(away, here);
      if (idp.kind === 'entra') return idp.enableAccount(id);
      idp.reactivateUser(id);
      idp.assign(id);
    },
    'is promoted': () => idp.changeProfile(oneOf(here), { title: `${oneOf(titles)} ${below(1000)}` }),
    'changes departments': () => {
      const person = idp.company.person(oneOf(here));
      const department = oneOf(departments);
      if (department === person.department) return;
      idp.changeProfile(person.id, { department });
      idp.changeMembers(teamOf(person), { remove: [person.id] });
      idp.changeMembers(teamOf({ department }), { add: [person.id] });
    },
    'gets another manager': () => {
      const [id, managerId] = [oneOf(here), oneOf(here)];
      if (id !== managerId) idp.changeProfile(id, { managerId });
    },
    'changes name and address': () => {
      const person = idp.company.person(oneOf(here));
      idp.changeProfile(person.id, addressed(person.givenName, oneOf(family)));
    },
    'joins a project': () => idp.changeMembers(oneOf(projects), { add: [oneOf(here)] }),
    'leaves a project': () => {
      const id = oneOf(projects);
      const members = [...idp.company.group(id).members];
      if (members.length > 1) idp.changeMembers(id, { remove: [oneOf(members)] });
    },
    'a project is renamed': () => idp.renameGroup(oneOf(projects), project()),
  };

  return {
    happened,
    found: (size) => {
      const everybody = Array.from({ length: size }, employ);
      for (const department of departments) {
        const members = everybody.filter((one) => one.department === department).map(({ id }) => id);
        teams.set(department, idp.createGroup(department, members).id);
      }
      for (let count = 0; count < 12; count++)
        projects.push(idp.createGroup(project(), [oneOf(here), oneOf(here), oneOf(here)]).id);
      for (const id of [...teams.values(), ...projects]) publish(id);
    },
    goOn: () => {
      const what = oneOf(turns);
      happened[what] += 1;
      happen[what]();
    },
  };
}
