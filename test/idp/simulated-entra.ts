// An Entra tenant with one enterprise application that provisions into a server: what its admin can do, and what follows
// on the wire. Knows the application's pages; how a request looks is told by the files beside.
import { type ButtonAnswer, press } from './console-button.ts';
import type { DirectoryTruth } from './directory-truth.ts';
import { groupSearch, syncEntraGroup } from './entra-groups.ts';
import { type EntraJob, openEntraJob } from './entra-job.ts';
import {
  type EntraDesk,
  type EntraGroupLink,
  type EntraLink,
  keptAfterDelete,
  syncEntraManager,
  syncEntraPerson,
} from './entra-people.ts';
import { dialectOf, type EntraSettings, entraHeaders } from './entra-settings.ts';
import { entraTruth } from './entra-truth.ts';
import { type Fault, withFaults } from './faults.ts';
import {
  type Company,
  type Group,
  guidOf,
  type NewPerson,
  openCompany,
  type Person,
  type Profile,
  seededHex,
} from './simulated-company.ts';
import type { Ticking } from './simulated-time.ts';
import { openWire, queryValue, quoted, type SentRequest } from './wire.ts';

export interface SimulatedEntra extends Ticking {
  readonly kind: 'entra';
  readonly company: Company;
  readonly sent: readonly SentRequest[];
  readonly links: ReadonlyMap<string, EntraLink>;
  readonly groupLinks: ReadonlyMap<string, EntraGroupLink>;
  /** Cycles, quarantine and what failed. */
  readonly job: Pick<EntraJob, 'cycles' | 'quarantine' | 'escrows' | 'isDisabled'>;
  /** As they take effect, faults included. */
  settings(): EntraSettings;
  /** A change of mappings, actions or scope begins an initial cycle; one of the credentials does not. */
  configure(change: Partial<EntraSettings>): void;
  breakWith(...faults: readonly Fault[]): void;
  mend(...faults: readonly Fault[]): void;
  faults(): readonly Fault[];
  /** By the application's own assignments or a group's, or because everybody is. */
  isInScope(personId: string): boolean;
  testConnection(): Promise<ButtonAnswer>;
  /** A gallery app reads the schemas when its attribute mapping is opened. */
  openMapping(): Promise<void>;
  start(): void;
  stop(): void;
  /** "Restart provisioning". */
  restart(): void;
  provisionOnDemand(personId: string): Promise<ButtonAnswer>;
  /** With five members at the most. */
  provisionGroupOnDemand(groupId: string, memberIds: readonly string[]): Promise<ButtonAnswer>;
  hire(person: NewPerson): Person;
  changeProfile(personId: string, change: Partial<Profile>): void;
  disableAccount(personId: string): void;
  enableAccount(personId: string): void;
  /** To Deleted users, where an account can be restored for 30 days. */
  deleteAccount(personId: string): void;
  restoreAccount(personId: string): void;
  /** Delete permanently, by hand. */
  purgeAccount(personId: string): void;
  assign(...personIds: readonly string[]): void;
  unassign(...personIds: readonly string[]): void;
  assignGroup(groupId: string): void;
  unassignGroup(groupId: string): void;
  createGroup(name: string, memberIds?: readonly string[]): Group;
  renameGroup(groupId: string, name: string): void;
  changeMembers(
    groupId: string,
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): void;
  deleteGroup(groupId: string): void;
  /** Who and what the server ought to hold once a cycle has gone through. */
  truth(): DirectoryTruth;
}

interface Options {
  /** Unix milliseconds. */
  now(): number;
  readonly settings: EntraSettings;
  /** Ids and probes follow from it. */
  readonly seed?: string;
}

export function openSimulatedEntra({ now, settings: first, seed = 'entra' }: Options): SimulatedEntra {
  let typed = first;
  let inForce: readonly Fault[] = [];
  const settings = () => withFaults('entra', typed, inForce);
  const hex = seededHex(seed);
  const company = openCompany(() => guidOf(hex()));
  const wire = openWire(now, () => ({
    baseUrl: settings().tenantUrl,
    line: settings().line,
    headers: entraHeaders(settings()),
  }));
  const links = new Map<string, EntraLink>();
  const groupLinks = new Map<string, EntraGroupLink>();
  const assigned = new Set<string>();
  const assignedGroups = new Set<string>();

  const isInScope = (id: string) =>
    settings().scope === 'all' ||
    assigned.has(id) ||
    company.groupsOf(id).some((group) => assignedGroups.has(group.id));
  const isWanted = (id: string) => {
    const person = company.people.get(id);
    return person?.enabled === true && person.deletedAt === null && isInScope(id);
  };
  const isGroupWanted = (id: string) => settings().scope === 'all' || assignedGroups.has(id);
  const desk: EntraDesk = {
    company,
    links,
    groupLinks,
    send: wire.send,
    now,
    settings,
    isWanted,
    isGroupWanted,
  };

  const job = openEntraJob({
    now,
    isOn: () => settings().status === 'on',
    size: () => company.people.size + company.groups.size,
    order: ['person', 'manager', 'group'],
    work: async (key) => {
      const [what, id = ''] = key.split(' ');
      const dialect = dialectOf(settings());
      if (what === 'person') {
        const before = links.get(id)?.remoteId;
        await syncEntraPerson(desk, id, dialect);
        // Somebody made anew has no manager yet, and theirs may have had a turn already.
        if (links.get(id)?.remoteId !== before) job.touch(`manager ${id}`);
      }
      if (what === 'manager') await syncEntraManager(desk, id, dialect);
      if (what === 'group' && settings().groups) await syncEntraGroup(desk, id, dialect);
    },
  });
  const touchPeople = (ids: Iterable<string>) => {
    for (const id of ids) job.touch(`person ${id}`, `manager ${id}`);
  };
  const touchGroup = (id: string) => job.touch(`group ${id}`);
  /** An initial cycle takes nothing as known: it reads everybody, and names all members again. */
  const restart = () => {
    for (const [id, link] of links) if (isWanted(id)) links.set(id, { ...link, values: new Map() });
    for (const [id, link] of groupLinks) {
      const now = company.groups.get(id)?.members ?? new Set<string>();
      groupLinks.set(id, {
        ...link,
        members: new Set([...link.members].filter((member) => !now.has(member))),
      });
    }
    touchPeople(company.people.keys());
    job.restart([...company.groups.keys()].map((id) => `group ${id}`));
  };
  /** Mappings, actions and scope are the job's; the address and the token are not. */
  const rules = () => {
    const { mappings, matching, actions, scope, groups, principalNames } = settings();
    return JSON.stringify({ mappings, matching, actions, scope, groups, principalNames });
  };
  const reconfigure = (change: () => void) => {
    const before = rules();
    change();
    if (rules() !== before) restart();
  };
  const changePerson = (id: string, change: Partial<Person>) => {
    company.change(id, change);
    touchPeople([id]);
  };
  const allowed = 'The supplied credentials are authorized to enable provisioning';
  const probe = async () => {
    const guid = guidOf(hex());
    const filter = queryValue(`${settings().matching} eq ${quoted(guid)}`, '+');
    await wire.send({ method: 'GET', path: `/Users?filter=${filter}` });
    if (settings().groups) await wire.send({ method: 'GET', path: groupSearch(guid) });
  };

  return {
    kind: 'entra',
    company,
    sent: wire.sent,
    links,
    groupLinks,
    job,
    settings,
    configure: (change) =>
      reconfigure(() => {
        typed = { ...typed, ...change };
      }),
    breakWith: (...faults) =>
      reconfigure(() => {
        inForce = [...inForce, ...faults];
      }),
    mend: (...faults) =>
      reconfigure(() => {
        inForce = inForce.filter((fault) => !faults.includes(fault));
      }),
    faults: () => inForce,
    isInScope,
    testConnection: () => press(allowed, probe),
    openMapping: async () => void (await wire.send({ method: 'GET', path: '/Schemas' })),
    start: () => {
      typed = { ...typed, status: 'on' };
      restart();
    },
    stop: () => {
      typed = { ...typed, status: 'off' };
    },
    restart,
    provisionOnDemand: (id) =>
      press('Success', async () => {
        await probe();
        await syncEntraPerson(desk, id, 'default');
      }),
    provisionGroupOnDemand: (id, memberIds) =>
      press('Success', async () => {
        await probe();
        await syncEntraGroup(desk, id, 'default', memberIds.slice(0, 5));
      }),
    hire: (person) => {
      const hired = company.hire(person);
      touchPeople([hired.id]);
      return hired;
    },
    changeProfile: changePerson,
    disableAccount: (id) => changePerson(id, { enabled: false }),
    enableAccount: (id) => changePerson(id, { enabled: true }),
    deleteAccount: (id) => changePerson(id, { deletedAt: now() }),
    restoreAccount: (id) => changePerson(id, { deletedAt: null }),
    purgeAccount: (id) => changePerson(id, { deletedAt: now() - keptAfterDelete }),
    assign: (...ids) => {
      for (const id of ids) assigned.add(id);
      touchPeople(ids);
    },
    unassign: (...ids) => {
      for (const id of ids) assigned.delete(id);
      touchPeople(ids);
    },
    assignGroup: (id) => {
      assignedGroups.add(id);
      touchPeople(company.group(id).members);
      touchGroup(id);
    },
    unassignGroup: (id) => {
      assignedGroups.delete(id);
      touchPeople(company.group(id).members);
      touchGroup(id);
    },
    createGroup: (name, memberIds = []) => {
      const group = company.createGroup(name, memberIds);
      touchGroup(group.id);
      return group;
    },
    renameGroup: (id, name) => {
      company.changeGroup(id, { name });
      touchGroup(id);
    },
    changeMembers: (id, { add = [], remove = [] }) => {
      const members = new Set([...company.group(id).members, ...add].filter((one) => !remove.includes(one)));
      company.changeGroup(id, { members });
      touchPeople([...add, ...remove]);
      touchGroup(id);
    },
    deleteGroup: (id) => {
      const { members } = company.group(id);
      assignedGroups.delete(id);
      company.dropGroup(id);
      touchPeople(members);
      touchGroup(id);
    },
    nextDueAt: job.nextDueAt,
    tick: async () => {
      for (const { id, deletedAt } of company.people.values()) {
        if (deletedAt !== null && now() >= deletedAt + keptAfterDelete) job.touch(`person ${id}`);
      }
      await job.tick();
    },
    truth: () => entraTruth(desk),
  };
}
