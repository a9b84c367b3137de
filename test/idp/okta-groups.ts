// How Okta pushes a group: look up, create, rename, members. Knows both kinds of app; when a push is due, it does not.

import type { OktaDesk } from './okta-people.ts';
import { oktaUsername } from './okta-user.ts';
import type { Group } from './simulated-company.ts';
import { type Json, queryValue, quoted, resourcesOf } from './wire.ts';

/** A group under Push Groups. `sent` maps the members as they were written last to their userNames. */
export interface GroupPush {
  readonly groupId: string;
  readonly remoteId: string | null;
  /** False while the push is deactivated. */
  readonly active: boolean;
  readonly sentName: string;
  readonly sent: ReadonlyMap<string, string>;
}

/** How a push is made: by itself (`changes`), by "Push now", or without members where they are not pushed at once. */
export type PushMode = 'changes' | 'push-now' | 'name-only';

/** Sends what is missing for a pushed group and gives the push as it stands then. @throws Trouble */
export async function syncOktaGroup(desk: OktaDesk, push: GroupPush, mode: PushMode): Promise<GroupPush> {
  const group = desk.company.group(push.groupId);
  const wanted = mode === 'name-only' ? push.sent : membersOf(desk, group);
  const linked = push.remoteId === null ? await findOrCreate(desk, push, group, wanted) : push;
  const done = { ...linked, sentName: group.name, sent: wanted };
  if (isSaid(linked, done) && mode !== 'push-now') return done;
  if (desk.settings().app === 'aiw') await putGroup(desk, done);
  else await patchGroup(desk, linked, done, mode);
  return done;
}

/** Those who are in the group and on the server; with the fault, the others too, by ids that only Okta knows. */
function membersOf(desk: OktaDesk, group: Group): ReadonlyMap<string, string> {
  const { usernameFormat, pushesUnassigned, pushesAssignedGroups } = desk.settings();
  const members = [...group.members].flatMap((id): [string, string][] => {
    const link = desk.links.get(id);
    const display = oktaUsername(desk.company.person(id), usernameFormat);
    if (link?.active === true) return [[link.remoteId, display]];
    const named = pushesUnassigned || (pushesAssignedGroups && desk.isWanted(id));
    return named ? [[id, display]] : [];
  });
  return new Map(members);
}

async function findOrCreate(
  desk: OktaDesk,
  push: GroupPush,
  group: Group,
  wanted: ReadonlyMap<string, string>,
): Promise<GroupPush> {
  const filter = queryValue(`displayName eq ${quoted(group.name)}`, '%20');
  const list = await desk.send({ method: 'GET', path: `/Groups?filter=${filter}&startIndex=1&count=100` });
  const [hit] = resourcesOf(list);
  if (hit !== undefined) return { ...push, remoteId: String(hit.id) };
  const first = desk.settings().app === 'aiw' ? wanted : new Map<string, string>();
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: group.name,
    members: asMembers(first),
  };
  const created = await desk.send({ method: 'POST', path: '/Groups', body });
  await desk.send({ method: 'GET', path: `/Groups/${String(created.id)}` });
  return { ...push, remoteId: String(created.id), sentName: group.name, sent: first };
}

async function putGroup(desk: OktaDesk, push: GroupPush): Promise<void> {
  const path = `/Groups/${push.remoteId}`;
  await desk.send({ method: 'GET', path });
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: push.remoteId,
    displayName: push.sentName,
    members: asMembers(push.sent),
  };
  await desk.send({ method: 'PUT', path, body });
}

async function patchGroup(desk: OktaDesk, from: GroupPush, to: GroupPush, mode: PushMode): Promise<void> {
  const path = `/Groups/${to.remoteId}`;
  const patch = (operations: readonly Json[]) =>
    desk.send({
      method: 'PATCH',
      path,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations },
    });
  if (mode === 'push-now') {
    await patch([{ op: 'replace', path: 'members', value: asMembers(to.sent) }]);
    return;
  }
  await patch([{ op: 'replace', value: { id: to.remoteId, displayName: to.sentName } }]);
  const gone = [...from.sent.keys()].filter((id) => !to.sent.has(id));
  const come = new Map([...to.sent].filter(([id]) => !from.sent.has(id)));
  const operations = [
    ...gone.map((id) => ({ op: 'remove', path: `members[value eq ${quoted(id)}]` })),
    ...(come.size > 0 ? [{ op: 'add', path: 'members', value: asMembers(come) }] : []),
  ];
  if (operations.length > 0) await patch(operations);
}

const asMembers = (members: ReadonlyMap<string, string>): readonly Json[] =>
  [...members].map(([value, display]) => ({ value, display }));

function isSaid(from: GroupPush, to: GroupPush): boolean {
  const ids = ({ sent }: GroupPush) => [...sent.keys()].sort().join();
  return from.sentName === to.sentName && ids(from) === ids(to);
}
