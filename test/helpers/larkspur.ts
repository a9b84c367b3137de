// A company that has lived with Rollcall for some weeks: people by Okta and Entra, groups, invitations of every age. Knows
// how such a company comes to be, through the same requests and commands as a real one; no test.
import type { AskedInOrg } from '../../server/audit/change-context.ts';
import { inviteKnownMembers } from '../../server/invitations/invite-members.ts';
import { nudgeMembers } from '../../server/invitations/nudge-members.ts';
import { signInMember } from '../../server/members/sign-in-member.ts';
import { changeMembers } from '../../server/provisioning/change-members.ts';
import { signInForApi } from './api-client.ts';
import type { TestAccount } from './extension-browser.ts';
import { type ScimServer, startScimServer } from './scim-server.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Those who are still on the way, with how many days they have waited. */
const pending: readonly (readonly [name: string, days: number])[] = [
  ['Noor Haddad', 9],
  ['Rufus Okonjo', 9],
  ['Imogen Adeyemi', 6],
  ['Tessa Berg', 5],
  ['Kofi Mensah', 3],
  ['Wen Lindqvist-Aldana', 0],
  ['Mira Okafor', 12],
  ['Elio Lund', 4],
  ['Sanna Brook', 2],
  ['Tomas Vale', 2],
  ['Hana Nkemelu', 1],
  ['Orla Castell', 1],
];
const notInvited = ['Jonas Sarr', 'Ada Pell', 'Maximiliana Featherstonehaugh-Oyelaran de la Quintana'];
const given =
  'Bela Ciro Dunja Emre Freya Goran Ilse Kaia Liv Nadia Oskar Petra Quim Rosa Sami Tove Ulla Vera Wim Yara'.split(
    ' ',
  );
const family =
  'Abelard Brandt Costa Dietz Eriksen Fabry Gruber Holm Ivarsson Jansen Keller Moreau Novak Pereira Rossi'.split(
    ' ',
  );
const departments = ['Kiln', 'Glazing', 'Dyeing', 'Sales', 'Finance', 'Logistics', 'Operations', 'IT'];
const groupNames = ['Kiln Crew', 'Glaze Leads', 'Owners', 'Everyone', 'Night Shift', 'Export Desk'];

export interface Larkspur extends ScimServer {
  /** The owner, as the extension keeps them. */
  readonly account: TestAccount;
  readonly asked: AskedInOrg;
  /** Ids by e-mail address. */
  readonly ids: ReadonlyMap<string, string>;
  readonly entra: Pick<ScimServer, 'baseUrl' | 'token' | 'connectionId' | 'scim'>;
}

/** `people` who are active, beside those on the way; the clock ends at `now`, which is the real time unless given. */
export async function startLarkspur(
  options: {
    readonly people?: number;
    readonly now?: number;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Larkspur> {
  const { people = 60, now = Date.now(), env = {} } = options;
  const server = await startScimServer({ kind: 'okta', name: 'Okta', env });
  server.clock.now = now - 40 * day;
  const entra = await server.connect('entra', 'tolerant', 'Entra ID');
  const asked = {
    orgId: server.orgId,
    actor: { kind: 'member', id: server.ownerId },
    requestId: 'history',
  } as const;
  const door = { db: server.deps.database.db, now: server.deps.now, secret: server.deps.secret };
  const ids = new Map<string, string>();
  const managers = new Map<string, Pick<ScimServer, 'scim'>>();
  /** Each person is changed by whoever manages them. */
  const patch = (id: string, value: Readonly<Record<string, unknown>>) =>
    managers.get(id)?.scim('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value }],
    });
  const add = async (name: string, number: number) => {
    const by = number % 6 === 5 ? entra : server;
    const answer = await by.scim('POST', '/Users', personBody(name, number, by === entra));
    if (answer.status !== 201) throw new Error(answer.text);
    ids.set(addressOf(name), answer.body.id);
    managers.set(answer.body.id, by);
    return answer.body.id as string;
  };

  await server.scim('GET', '/Users?startIndex=1&count=2');
  const staff = Array.from(
    { length: people },
    (_, n) =>
      `${given[n % given.length]} ${family[(Math.floor(n / given.length) + (n % given.length) * 7) % family.length]}${n >= 300 ? ` ${n}` : ''}`,
  );
  const names = [...new Set(staff)];
  const staffIds: string[] = [];
  for (const [n, name] of names.entries()) staffIds.push(await add(name, n));
  for (let at = 0; at < staffIds.length; at += 500)
    await inviteKnownMembers(door, asked, staffIds.slice(at, at + 500));
  for (const [n, memberId] of staffIds.entries()) {
    server.clock.now += Math.floor(day / staffIds.length);
    const mailbox = addressOf(names[n] ?? '');
    await signInMember(door, {
      orgId: server.orgId,
      memberId,
      mailbox,
      requestId: 'join',
      device: { kind: 'browser', name: 'Firefox on Linux' },
    });
  }
  for (const [n, displayName] of groupNames.entries()) {
    const by = n % 3 === 2 ? entra : server;
    const members = staffIds
      .filter((id) => managers.get(id) === by)
      .filter((_, index) => index % (n + 1) === 0)
      .map((value) => ({ value }));
    await by.scim('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName,
      members,
    });
  }
  for (const [n, [name, days]] of pending.toSorted((a, b) => b[1] - a[1]).entries()) {
    server.clock.now = now - days * day - hour;
    const id = await add(name, names.length + n);
    await inviteKnownMembers(door, asked, [id]);
  }
  server.clock.now = now - 2 * day;
  await nudgeMembers(door, asked, { memberIds: [ids.get(addressOf('Noor Haddad')) ?? ''], message: null });
  await changeMembers(
    door,
    { ...asked, actingRole: 'owner' },
    { action: { kind: 'block', reason: 'Laptop lost' }, ids: staffIds.slice(3, 4) },
  );
  await patch(staffIds[0] ?? '', { active: false });
  for (const [n, name] of notInvited.entries()) await add(name, names.length + pending.length + n);
  for (let back = 23; back >= 0; back--) {
    server.clock.now = now - back * hour - 5 * 60_000;
    for (let n = 0; n <= (back * 5) % 7; n++)
      await patch(staffIds[(back * 7 + n + 6) % staffIds.length] ?? '', { title: `Maker ${back}` });
  }
  server.clock.now = now - 3 * hour;
  await server.scim('GET', '/Users/00u-somebody-else');
  await server.deps.provisioningLog.flush();
  server.clock.now = now;
  const token = await signInForApi(server.deps, server.orgId, server.ownerId);
  return {
    ...server,
    asked,
    ids,
    entra,
    account: {
      server: server.url,
      token,
      org: { id: server.orgId, name: 'Larkspur Foundry' },
      member: { id: server.ownerId, name: 'Ada Holm', role: 'owner' },
    },
  };
}

export function addressOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@larkspur.example`;
}

function personBody(name: string, number: number, isEntra: boolean) {
  const [givenName, ...rest] = name.split(' ');
  const userName = addressOf(name);
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    userName,
    name: { givenName, familyName: rest.join(' ') },
    displayName: name,
    title: 'Maker',
    emails: [{ value: userName, type: 'work', primary: true }],
    externalId: isEntra
      ? `5f1c0000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
      : `00u${number.toString(36).padStart(8, '0')}lark`,
    active: true,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: departments[number % departments.length],
    },
  };
}
