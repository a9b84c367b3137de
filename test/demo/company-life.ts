// What happens in a company by itself: people come, go, marry, get other titles, change groups. Knows what an admin of an
// identity provider does then, no server. The same company has the same life each time.
import type { Person } from '../idp/simulated-company.ts';
import type { Ticking } from '../idp/simulated-time.ts';
import { at, departments, inventedPerson, titles } from './demo-names.ts';
import { type DemoProvider, isAssigned, setEnabled } from './demo-providers.ts';

export interface CompanyLife extends Ticking {
  /** Something happens every so many milliseconds; null for never. */
  pace(everyMs: number | null): void;
  everyMs(): number | null;
  /** Hires the next of the invented people. */
  newcomer(provider: DemoProvider): Person;
}

/** `people` have been hired already. Nobody in `spared` is touched. */
export function openCompanyLife(
  now: () => number,
  providers: readonly DemoProvider[],
  people: number,
  spared: ReadonlySet<string>,
): CompanyLife {
  let everyMs: number | null = null;
  let dueAt: number | null = null;
  let happened = 0;
  let hired = people;

  const newcomer: CompanyLife['newcomer'] = (provider) => {
    const person = provider.idp.hire(inventedPerson(hired++));
    provider.idp.assign(person.id);
    return person;
  };
  const happen = (): void => {
    const turn = happened++;
    const provider = at(providers, turn);
    const what = at(weekly, Math.floor(turn / providers.length) * 5 + turn);
    if (what === 'hire') return void newcomer(provider);
    const present = [...provider.idp.company.people.values()].filter(
      ({ id, email, enabled }) => enabled && !spared.has(email) && isAssigned(provider, id),
    );
    if (present.length === 0) return;
    changes[what](provider, at(present, turn * 31), turn);
  };

  return {
    newcomer,
    pace: (ms) => {
      everyMs = ms;
      dueAt = ms === null ? null : now() + ms;
    },
    everyMs: () => everyMs,
    nextDueAt: () => dueAt,
    tick: async () => {
      happen();
      dueAt = everyMs === null ? null : now() + everyMs;
    },
  };
}

/** What happens how often. */
const weekly = [
  'title',
  'group',
  'department',
  'title',
  'hire',
  'group',
  'title',
  'phone',
  'leave',
  'department',
  'group',
  'name',
  'title',
] as const;

const changes: Readonly<
  Record<
    Exclude<(typeof weekly)[number], 'hire'>,
    (provider: DemoProvider, person: Person, turn: number) => void
  >
> = {
  title: ({ idp }, { id, title }, turn) => idp.changeProfile(id, { title: other(titles, title, turn) }),
  department: ({ idp }, { id, department }, turn) =>
    idp.changeProfile(id, { department: other(departments, department, turn) }),
  phone: ({ idp }, { id }, turn) =>
    idp.changeProfile(id, { workPhone: `+44 20 7946 ${String(turn % 1000).padStart(4, '0')}` }),
  name: ({ idp }, { id, givenName }, turn) => {
    const { familyName } = inventedPerson(turn * 17);
    idp.changeProfile(id, { familyName, displayName: `${givenName} ${familyName}` });
  },
  group: ({ idp }, { id }, turn) => {
    const group = at([...idp.company.groups.values()], turn);
    idp.changeMembers(group.id, group.members.has(id) ? { remove: [id] } : { add: [id] });
  },
  leave: (provider, { id }) => setEnabled(provider, id, false),
};

const other = (list: readonly string[], present: string | null, turn: number): string =>
  at(list[turn % list.length] === present ? list.slice(1) : list, turn);
