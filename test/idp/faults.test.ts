// Each fault on the wire: the same small session with it and without, and what the server gets to see.
import { afterEach, describe, expect, test } from 'vitest';
import type { ScimServer } from '../helpers/scim-server.ts';
import { cycleLength } from './entra-job.ts';
import { type FaultName, faults } from './faults.ts';
import type { SimulatedEntra } from './simulated-entra.ts';
import type { SimulatedOkta } from './simulated-okta.ts';
import { entraSession, hireFive, oktaSession } from './simulated-sessions.ts';
import { day, minute } from './simulated-time.ts';
import { type Json, resourcesOf } from './wire.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** What came of a session: its requests without repetition, and the directory as the server has it. */
interface Outcome {
  readonly requests: readonly string[];
  readonly users: readonly Json[];
  readonly groups: readonly Json[];
}

async function outcomeOf(server: ScimServer, news: () => readonly string[]): Promise<Outcome> {
  const list = async (path: string) => resourcesOf((await server.scim('GET', path)).body as Json);
  const users = (await list('/Users')).filter(({ externalId }) => externalId !== undefined);
  return { requests: [...new Set(news())], users, groups: await list('/Groups') };
}

/** Test, assign four of five, push a group of all five, change one, unassign one. */
async function playOkta(name: FaultName | null): Promise<Outcome & { readonly idp: SimulatedOkta }> {
  const session = await oktaSession('oin');
  open.push(session);
  const { idp, pass, server, news } = session;
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  if (name !== null) idp.breakWith(faults[name]);
  await idp.testCredentials();
  const crew = idp.createGroup('Kiln crew', [ines, mikko, dalia, soren]);
  const all = idp.createGroup('Everybody', [ines, mikko, dalia, soren, liv]);
  idp.assignGroup(crew.id);
  await pass(minute);
  idp.pushGroup(all.id);
  await pass(minute);
  idp.changeProfile(mikko, { title: 'Lead' });
  idp.changeMembers(crew.id, { remove: [dalia] });
  await pass(minute);
  return { idp, ...(await outcomeOf(server, news)) };
}

/** Test, assign five and a group, start, change one, unassign one, delete one for good. */
async function playEntra(name: FaultName | null): Promise<Outcome & { readonly idp: SimulatedEntra }> {
  const session = await entraSession(true);
  open.push(session);
  const { idp, pass, server, news } = session;
  const [ines, mikko, dalia, soren, liv] = hireFive(idp);
  idp.assign(ines, mikko, dalia, soren, liv);
  idp.assignGroup(idp.createGroup('Everybody', [ines, mikko]).id);
  idp.start();
  if (name !== null) idp.breakWith(faults[name]);
  await idp.testConnection();
  await pass(minute);
  idp.changeProfile(mikko, { title: 'Lead' });
  idp.unassign(dalia);
  idp.deleteAccount(soren);
  await pass(cycleLength + 30 * day);
  return { idp, ...(await outcomeOf(server, news)) };
}

const probe = 'GET /Users?startIndex=1&count=2';
const oktaSearch = 'GET /Users?filter=userName eq "…"&startIndex=1&count=100 200';
const entraSearch = 'GET /Users?filter=userName eq "…"';
const writes = (requests: readonly string[]) => requests.filter((request) => !request.startsWith('GET'));
const title = (users: readonly Json[]) =>
  users.find(({ displayName }) => displayName === 'Mikko Salonen')?.title;
const inactive = (users: readonly Json[]) => users.filter(({ active }) => active === false).length;
const members = ({ groups }: Outcome) => groups.map((group) => ((group.members ?? []) as Json[]).length);

test('without a fault the two sessions say everything', async () => {
  const okta = await playOkta(null);
  expect(writes(okta.requests)).toEqual([
    'POST /Users 201',
    'POST /Groups 201',
    'PATCH /Groups/{id} 204',
    'PUT /Users/{id} 200',
    'PATCH /Users/{id} 200',
  ]);
  expect([okta.users.length, inactive(okta.users), title(okta.users), members(okta)]).toEqual([
    4,
    1,
    'Lead',
    [3],
  ]);
  expect(okta.idp.tasks()).toEqual([]);
  const entra = await playEntra(null);
  expect(writes(entra.requests)).toEqual([
    'POST /Users 201',
    'POST /Groups 201',
    'PATCH /Groups/{id} 204',
    'PATCH /Users/{id} 200',
    'DELETE /Users/{id} 204',
  ]);
  expect([entra.users.length, inactive(entra.users), title(entra.users), members(entra)]).toEqual([
    4,
    1,
    'Lead',
    [2],
  ]);
});

const oktaSees: Partial<Record<FaultName, (outcome: Outcome & { idp: SimulatedOkta }) => void>> = {
  'wrong-token': ({ requests }) =>
    expect(requests.slice(0, 2)).toEqual([`${probe} 401`, oktaSearch.replace('200', '401')]),
  'double-bearer': ({ requests }) => expect(requests[0]).toBe(`${probe} 401`),
  'no-scheme': ({ requests }) => expect(requests[0]).toBe(`${probe} 401`),
  'base-url-without-path': ({ requests }) => expect(requests[0]).toMatch(/^GET \/c\/[\w-]+\/Users\?.* 404$/),
  'base-url-doubled': ({ requests }) =>
    expect(requests[0]).toBe(`GET /scim/v2/Users?startIndex=1&count=2 404`),
  'blocked-by-firewall': ({ requests, idp }) => {
    expect(requests[0]).toBe(`${probe} 403`);
    expect(idp.tasks()).toHaveLength(4);
  },
  'gateway-page': ({ requests }) => expect(requests[0]).toBe(`${probe} 502`),
  unplugged: ({ requests }) => expect(requests.every((request) => request.endsWith(' 0'))).toBe(true),
  'assigned-before-provisioning': ({ requests, idp }) => {
    expect(requests.filter((request) => request.includes('/Users'))).toEqual([`${probe} 200`]);
    idp.mend(faults['assigned-before-provisioning']);
    idp.provisionUsers();
    expect(idp.nextDueAt()).not.toBeNull();
  },
  'create-unticked': ({ requests, idp }) => {
    expect(requests).toContain(oktaSearch);
    expect(requests).not.toContain('POST /Users 201');
    expect(new Set(idp.tasks().map(({ text }) => text))).toEqual(new Set(['Matching user not found']));
  },
  'update-unticked': ({ requests, users }) => {
    expect(requests).not.toContain('PUT /Users/{id} 200');
    expect([title(users), inactive(users)]).toEqual(['Glaze mixer', 1]);
  },
  'deactivate-unticked': ({ users }) => expect([users.length, inactive(users)]).toEqual([4, 0]),
  'not-assigned-but-pushed': ({ requests, idp }) => {
    expect(requests).toContain('PATCH /Groups/{id} 400');
    expect(idp.tasks()).toHaveLength(1);
  },
  'same-group-assign-and-push': ({ requests }) => {
    const push = requests.indexOf('PATCH /Groups/{id} 400');
    expect(push).toBeGreaterThan(0);
    expect(requests.indexOf('POST /Users 201')).toBeGreaterThan(push);
  },
  'members-not-pushed': (outcome) => expect(members(outcome)).toEqual([0]),
  'username-not-mail': ({ users }) =>
    expect(users.every(({ userName }) => !String(userName).includes('@'))).toBe(true),
  'department-outside-namespace': ({ users }) => expect(JSON.stringify(users)).not.toContain('Glaze room'),
};

const entraSees: Partial<Record<FaultName, (outcome: Outcome & { idp: SimulatedEntra }) => void>> = {
  'wrong-token': ({ requests }) => expect(requests).toEqual([`${entraSearch} 401`]),
  'double-bearer': ({ requests }) => expect(requests).toEqual([`${entraSearch} 401`]),
  'blank-token': ({ requests }) => expect(requests).toEqual([`${entraSearch} 401`]),
  'base-url-without-path': ({ requests }) => expect(requests[0]).toMatch(/^GET \/c\/[\w-]+\/Users\?.* 404$/),
  'base-url-doubled': ({ requests }) => expect(requests[0]).toMatch(/^GET \/scim\/v2\/Users\?.* 404$/),
  'blocked-by-firewall': ({ requests }) => expect(requests).toEqual([`${entraSearch} 403`]),
  'gateway-page': ({ requests, idp }) => {
    expect(requests.every((request) => request.endsWith(' 502'))).toBe(true);
    expect(idp.job.escrows().size).toBeGreaterThan(0);
  },
  unplugged: ({ requests }) => expect(requests).toEqual([`${entraSearch} 0`]),
  'not-started': ({ requests }) => {
    const groups = 'GET /Groups?excludedAttributes=members&filter=displayName eq "…" 200';
    expect(requests).toEqual([`${entraSearch} 200`, groups]);
  },
  'create-unticked': ({ requests, users }) => {
    expect(writes(requests)).toEqual([]);
    expect(users).toEqual([]);
  },
  'update-unticked': ({ requests, users }) => {
    expect(writes(requests)).toEqual([
      'POST /Users 201',
      'POST /Groups 201',
      'PATCH /Groups/{id} 204',
      'DELETE /Users/{id} 204',
    ]);
    expect([inactive(users), title(users)]).toEqual([0, 'Glaze mixer']);
  },
  'deactivate-unticked': ({ requests, users }) => {
    expect(requests).not.toContain('DELETE /Users/{id} 204');
    expect(inactive(users)).toBe(2);
  },
  'flag-left-out': ({ idp }) => expect(idp.settings().tenantUrl).not.toContain('?'),
  'matching-by-external-id': ({ requests }) =>
    expect(requests[0]).toBe('GET /Users?filter=externalId eq "…" 200'),
  'external-id-nickname': ({ users }) =>
    expect(users.map(({ externalId }) => externalId)).toContain('ines.ferrante'),
  'username-not-mail': ({ users }) =>
    expect(users.every(({ userName }) => /@harbourlane\.onmicrosoft\.com$/.test(String(userName)))).toBe(
      true,
    ),
  'mapping-left-out': ({ users }) => {
    expect(title(users)).toBeUndefined();
    expect(JSON.stringify(users)).not.toContain('department');
  },
  'groups-left-out': ({ requests }) => expect(requests.join()).not.toContain('/Groups'),
  'external-id-in-path': ({ requests }) => expect(requests).toContain('GET /Users/{id} 404'),
};

const namesOf = (kind: 'okta' | 'entra') =>
  (Object.keys(faults) as FaultName[]).filter((name) => {
    const alters: object = faults[name].alters;
    return kind in alters;
  });

describe('Okta', () => {
  test.each(namesOf('okta'))('%s', async (name) => {
    const outcome = await playOkta(name);
    const sees = oktaSees[name];
    expect(sees).toBeDefined();
    sees?.(outcome);
  });
});

describe('Entra', () => {
  test.each(namesOf('entra'))('%s', async (name) => {
    const outcome = await playEntra(name);
    const sees = entraSees[name];
    expect(sees).toBeDefined();
    sees?.(outcome);
  });
});

test('a fault is called by its name, and mending it leaves the settings as they were', async () => {
  for (const [name, fault] of Object.entries(faults)) expect(fault.name).toBe(name);
  const session = await oktaSession('aiw');
  open.push(session);
  const before = session.idp.settings();
  session.idp.breakWith(faults['wrong-token'], faults['create-unticked']);
  expect(session.idp.settings()).not.toEqual(before);
  session.idp.mend(...session.idp.faults());
  expect(session.idp.settings()).toEqual(before);
});
