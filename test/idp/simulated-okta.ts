// An Okta tenant with one app that provisions into a server: what its admin can do, and what follows on the wire. Knows
// the app's tabs; how a request looks is told by the files beside.
import { type ButtonAnswer, press } from './console-button.ts';
import type { DirectoryTruth } from './directory-truth.ts';
import { type Fault, withFaults } from './faults.ts';
import { type GroupPush, type PushMode, syncOktaGroup } from './okta-groups.ts';
import { readEverything } from './okta-import.ts';
import { type OktaDesk, type OktaLink, patchUser, profileOf, syncOktaPerson } from './okta-people.ts';
import { type OktaTask, openOktaQueue } from './okta-queue.ts';
import { type OktaSettings, oktaHeaders } from './okta-settings.ts';
import { oktaTruth } from './okta-truth.ts';
import {
  type Company,
  type Group,
  type NewPerson,
  openCompany,
  type Person,
  type Profile,
  seededHex,
} from './simulated-company.ts';
import { second, type Ticking } from './simulated-time.ts';
import { type Json, openWire, type SentRequest } from './wire.ts';

export interface SimulatedOkta extends Ticking {
  readonly kind: 'okta';
  readonly company: Company;
  readonly sent: readonly SentRequest[];
  readonly links: ReadonlyMap<string, OktaLink>;
  readonly pushes: ReadonlyMap<string, GroupPush>;
  /** As they take effect, faults included. */
  settings(): OktaSettings;
  configure(change: Partial<OktaSettings>): void;
  breakWith(...faults: readonly Fault[]): void;
  mend(...faults: readonly Fault[]): void;
  faults(): readonly Fault[];
  /** By the app's own assignments or a group's. */
  isAssigned(personId: string): boolean;
  testCredentials(): Promise<ButtonAnswer>;
  /** Save under Provisioning > To App probes once more. */
  saveToApp(): Promise<ButtonAnswer>;
  /** Import Now. */
  importUsers(): Promise<{ readonly users: readonly Json[]; readonly groups: readonly Json[] }>;
  /** What an app with entitlements asks first. */
  readEntitlements(): Promise<void>;
  hire(person: NewPerson): Person;
  changeProfile(personId: string, change: Partial<Profile>): void;
  changePassword(personId: string): void;
  assign(...personIds: readonly string[]): void;
  unassign(...personIds: readonly string[]): void;
  /** Assignments > Provision User, for those who were assigned too early. */
  provisionUsers(): void;
  assignGroup(groupId: string): void;
  unassignGroup(groupId: string): void;
  /** Directory > People > Deactivate: every assignment of the person's own is lost. */
  deactivateUser(personId: string): void;
  reactivateUser(personId: string): void;
  createGroup(name: string, memberIds?: readonly string[]): Group;
  renameGroup(groupId: string, name: string): void;
  changeMembers(
    groupId: string,
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): void;
  /** Deletes the group in Okta; its push goes with it. */
  deleteGroup(groupId: string): void;
  pushGroup(groupId: string): void;
  pushNow(groupId: string): void;
  deactivatePush(groupId: string): void;
  unlinkGroup(groupId: string, inTarget: 'delete' | 'leave'): void;
  tasks(): readonly OktaTask[];
  retryTasks(key?: string): void;
  /** Who and what the server ought to hold once everything planned is sent. */
  truth(): DirectoryTruth;
}

interface Options {
  /** Unix milliseconds. */
  now(): number;
  readonly settings: OktaSettings;
  /** Ids and passwords follow from it. */
  readonly seed?: string;
}

/** How long after a change Okta sends it, as seen in a live capture. */
const afterChange = 2 * second;

export function openSimulatedOkta({ now, settings: first, seed = 'okta' }: Options): SimulatedOkta {
  let typed = first;
  let inForce: readonly Fault[] = [];
  const settings = () => withFaults('okta', typed, inForce);
  const hex = seededHex(seed);
  const company = openCompany((kind) => `${kind === 'person' ? '00u' : '00g'}${hex().slice(0, 17)}`);
  const wire = openWire(now, () => ({ ...settings(), headers: oktaHeaders(settings()) }));
  const links = new Map<string, OktaLink>();
  const pushes = new Map<string, GroupPush>();
  const pushNow = new Set<string>();
  const doomed = new Map<string, string>();
  const assigned = new Set<string>();
  const assignedGroups = new Set<string>();
  const tooEarly = new Set<string>();

  const isAssigned = (id: string) =>
    assigned.has(id) || company.groupsOf(id).some((group) => assignedGroups.has(group.id));
  const isWanted = (id: string) => company.person(id).enabled && isAssigned(id) && !tooEarly.has(id);
  const newPassword = () => `pX3!${hex().slice(0, 8)}`;
  const desk: OktaDesk = { company, links, send: wire.send, settings, isWanted, newPassword };

  const planPerson = (id: string) => queue.plan(`person ${id}`, now() + afterChange);
  const planGroup = (id: string) => {
    if (pushes.get(id)?.active === true) queue.plan(`group ${id}`, now() + afterChange);
  };
  const queue = openOktaQueue(now, async (key) => {
    const [what, id = ''] = key.split(' ');
    if (what === 'person') await workOnPerson(id);
    if (what === 'group') await workOnGroup(id);
    if (what === 'password') await workOnPassword(id);
    if (what === 'delete') await wire.send({ method: 'DELETE', path: `/Groups/${doomed.get(id) ?? id}` });
  });

  const workOnPerson = async (id: string) => {
    const before = links.get(id)?.active;
    await syncOktaPerson(desk, id);
    // A push that waits under Tasks waits for the admin.
    const waiting = queue.tasks().map(({ key }) => key);
    if (links.get(id)?.active === before) return;
    for (const group of company.groupsOf(id)) if (!waiting.includes(`group ${group.id}`)) planGroup(group.id);
  };
  const workOnGroup = async (id: string) => {
    const push = pushes.get(id);
    if (push === undefined) return;
    const mode: PushMode = pushNow.has(id)
      ? 'push-now'
      : settings().pushImmediately
        ? 'changes'
        : 'name-only';
    pushes.set(id, await syncOktaGroup(desk, push, mode));
    pushNow.delete(id);
  };
  const workOnPassword = async (id: string) => {
    const { remoteId, active } = links.get(id) ?? {};
    if (remoteId === undefined || active !== true) return;
    const password = { password: newPassword() };
    if (settings().app === 'oin') return void (await patchUser(desk, remoteId, password));
    const path = `/Users/${remoteId}`;
    const read = await wire.send({ method: 'GET', path });
    await wire.send({
      method: 'PUT',
      path,
      body: { ...read, ...profileOf(desk, company.person(id)), ...password },
    });
  };

  const noteTiming = (ids: Iterable<string>) => {
    for (const id of ids) {
      if (!settings().provisioning && links.get(id)?.active !== true) tooEarly.add(id);
      planPerson(id);
    }
  };
  const unlink = (groupId: string, inTarget: 'delete' | 'leave') => {
    const remoteId = pushes.get(groupId)?.remoteId ?? null;
    pushes.delete(groupId);
    queue.drop(`group ${groupId}`);
    if (remoteId === null || inTarget === 'leave') return;
    doomed.set(groupId, remoteId);
    queue.plan(`delete ${groupId}`, now() + afterChange);
  };
  const probe = () =>
    press('Connector configured successfully', async () => {
      await wire.send({ method: 'GET', path: '/Users?startIndex=1&count=2' });
      if (settings().importGroups) await wire.send({ method: 'GET', path: '/Groups?startIndex=1&count=100' });
    });
  const push = (groupId: string) => {
    const fresh = { groupId, remoteId: null, active: true, sentName: '', sent: new Map() };
    pushes.set(groupId, { ...(pushes.get(groupId) ?? fresh), active: true });
    planGroup(groupId);
  };

  return {
    kind: 'okta',
    company,
    sent: wire.sent,
    links,
    pushes,
    settings,
    configure: (change) => {
      typed = { ...typed, ...change };
      for (const id of company.people.keys()) if (isWanted(id)) planPerson(id);
    },
    breakWith: (...faults) => {
      inForce = [...inForce, ...faults];
    },
    mend: (...faults) => {
      inForce = inForce.filter((fault) => !faults.includes(fault));
    },
    faults: () => inForce,
    isAssigned,
    testCredentials: probe,
    saveToApp: probe,
    importUsers: () => readEverything(wire.send),
    readEntitlements: async () => {
      for (const path of ['/ResourceTypes', '/Schemas']) await wire.send({ method: 'GET', path });
    },
    hire: company.hire,
    changeProfile: (id, change) => {
      company.change(id, change);
      planPerson(id);
    },
    changePassword: (id) => {
      if (settings().syncPassword) queue.plan(`password ${id}`, now() + afterChange);
    },
    assign: (...ids) => {
      for (const id of ids) assigned.add(id);
      noteTiming(ids);
    },
    unassign: (...ids) => {
      for (const id of ids) assigned.delete(id);
      for (const id of ids) planPerson(id);
    },
    provisionUsers: () => {
      if (!settings().provisioning) return;
      for (const id of tooEarly) planPerson(id);
      tooEarly.clear();
    },
    assignGroup: (id) => {
      assignedGroups.add(id);
      if (settings().pushesAssignedGroups) push(id);
      noteTiming(company.group(id).members);
    },
    unassignGroup: (id) => {
      assignedGroups.delete(id);
      for (const member of company.group(id).members) planPerson(member);
    },
    deactivateUser: (id) => {
      assigned.delete(id);
      company.change(id, { enabled: false });
      planPerson(id);
    },
    reactivateUser: (id) => {
      company.change(id, { enabled: true });
      planPerson(id);
    },
    createGroup: (name, memberIds = []) => company.createGroup(name, memberIds),
    renameGroup: (id, name) => {
      company.changeGroup(id, { name });
      planGroup(id);
    },
    changeMembers: (id, { add = [], remove = [] }) => {
      const members = new Set([...company.group(id).members, ...add].filter((one) => !remove.includes(one)));
      company.changeGroup(id, { members });
      if (assignedGroups.has(id)) noteTiming([...add, ...remove]);
      planGroup(id);
    },
    deleteGroup: (id) => {
      unlink(id, 'delete');
      const { members } = company.group(id);
      assignedGroups.delete(id);
      company.dropGroup(id);
      for (const member of members) planPerson(member);
    },
    pushGroup: push,
    pushNow: (id) => {
      pushNow.add(id);
      planGroup(id);
    },
    deactivatePush: (id) => {
      const paused = pushes.get(id);
      if (paused !== undefined) pushes.set(id, { ...paused, active: false });
    },
    unlinkGroup: unlink,
    tasks: queue.tasks,
    retryTasks: queue.retry,
    nextDueAt: queue.nextDueAt,
    tick: queue.tick,
    truth: () => oktaTruth(desk, pushes),
  };
}
