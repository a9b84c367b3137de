// How Okta brings one person of a server in line with the app's assignments: look up, create, read and write whole,
// activate and deactivate. Knows the requests and their order; when they are made, it does not.

import type { OktaSettings } from './okta-settings.ts';
import { oktaUser, oktaUsername } from './okta-user.ts';
import type { Company, Person } from './simulated-company.ts';
import { type Json, queryValue, quoted, resourcesOf, Trouble, type Wire } from './wire.ts';

/** Whom a person is on the server. `sent` is the profile as it was written last. */
export interface OktaLink {
  readonly remoteId: string;
  readonly active: boolean;
  readonly sent: Json;
}

/** What both kinds of work share. */
export interface OktaDesk {
  readonly company: Company;
  readonly links: Map<string, OktaLink>;
  readonly send: Wire['send'];
  settings(): OktaSettings;
  /** Assigned to the app, not deactivated, and provisioned from there. */
  isWanted(personId: string): boolean;
  newPassword(): string;
}

/** The profile of a person as it stands in Okta now. */
export function profileOf(desk: OktaDesk, person: Person): Json {
  const { people } = desk.company;
  const manager = person.managerId === null ? undefined : people.get(person.managerId);
  return oktaUser(person, desk.settings(), manager);
}

/** Sends what is missing for one person, nothing if all is said. @throws Trouble */
export async function syncOktaPerson(desk: OktaDesk, personId: string): Promise<void> {
  const person = desk.company.person(personId);
  const link = desk.links.get(personId);
  if (!desk.isWanted(personId)) return link?.active === true ? deactivate(desk, person, link) : undefined;
  if (link?.active !== true) return findOrCreate(desk, person);
  const profile = profileOf(desk, person);
  if (desk.settings().updateUsers && !same(profile, link.sent)) {
    await writeWhole(desk, person, link.remoteId, profile);
  }
}

async function findOrCreate(desk: OktaDesk, person: Person): Promise<void> {
  const { createUsers, usernameFormat } = desk.settings();
  const filter = `userName eq ${quoted(oktaUsername(person, usernameFormat))}`;
  const list = await desk.send({
    method: 'GET',
    path: `/Users?filter=${queryValue(filter, '%20')}&startIndex=1&count=100`,
  });
  const [hit] = resourcesOf(list);
  if (hit !== undefined) return takeOver(desk, person, hit);
  if (!createUsers) throw new Trouble('Matching user not found', null);
  const profile = profileOf(desk, person);
  const body = { ...profile, password: desk.newPassword() };
  const created = await desk.send({ method: 'POST', path: '/Users', body });
  if (created.id === undefined) throw new Trouble('Create new user returned empty user', null);
  link(desk, person, String(created.id), profile);
}

/** Somebody has this userName: the person is linked, brought up to date and, if need be, back to life. */
async function takeOver(desk: OktaDesk, person: Person, hit: Json): Promise<void> {
  const { app, updateUsers, deactivateUsers } = desk.settings();
  const remoteId = String(hit.id);
  const sleeps = hit.active === false;
  const profile = profileOf(desk, person);
  if (sleeps && app === 'oin' && deactivateUsers) {
    const known = desk.links.get(person.id)?.sent;
    await setActive(desk, remoteId, true);
    if (!updateUsers || same(profile, known)) return link(desk, person, remoteId, known ?? profile);
  }
  if (updateUsers || (sleeps && deactivateUsers && app === 'aiw')) {
    return writeWhole(desk, person, remoteId, profile);
  }
  link(desk, person, remoteId, profile);
}

/** GET, then PUT of the profile laid over what was read: attributes that Okta does not know go back as they came. */
async function writeWhole(desk: OktaDesk, person: Person, remoteId: string, profile: Json): Promise<void> {
  const path = `/Users/${remoteId}`;
  const read = await desk.send({ method: 'GET', path });
  await desk.send({ method: 'PUT', path, body: { ...read, ...profile } });
  link(desk, person, remoteId, profile);
}

async function deactivate(desk: OktaDesk, person: Person, { remoteId, sent }: OktaLink): Promise<void> {
  const { app, deactivateUsers } = desk.settings();
  if (deactivateUsers && app === 'oin') await setActive(desk, remoteId, false);
  if (deactivateUsers && app === 'aiw') {
    const path = `/Users/${remoteId}`;
    const read = await desk.send({ method: 'GET', path });
    await desk.send({ method: 'PUT', path, body: { ...read, ...sent, active: false } });
  }
  desk.links.set(person.id, { remoteId, active: false, sent: { ...sent, active: !deactivateUsers } });
}

/** Sync Password and the `active` of catalogue apps: a PATCH without a path. */
export function patchUser(desk: OktaDesk, remoteId: string, value: Json): Promise<Json> {
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value }],
  };
  return desk.send({ method: 'PATCH', path: `/Users/${remoteId}`, body });
}

const setActive = (desk: OktaDesk, remoteId: string, active: boolean): Promise<Json> =>
  patchUser(desk, remoteId, { active });

function link(desk: OktaDesk, person: Person, remoteId: string, sent: Json): void {
  desk.links.set(person.id, { remoteId, active: true, sent: { ...sent, active: true } });
}

/** Whether two profiles say the same, `active` aside. */
function same(left: Json, right: Json | undefined): boolean {
  const text = (profile: Json | undefined) => JSON.stringify({ ...profile, active: true });
  return text(left) === text(right);
}
