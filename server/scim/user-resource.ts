// The Users endpoint: SCIM users in, directory changes out, and back. Knows resources, no HTTP and no lifecycle.
import { checkCustomValues } from '../attributes/check-custom-values.ts';
import { keepingHidden, withoutHidden } from '../attributes/org-user-type.ts';
import { AppError } from '../core/app-error.ts';
import { allGroupsOfMembers, groupsOfMembers, type MembersGroup } from '../groups/membership-store.ts';
import { findMember, findMembers, type MemberRow, type NewMember } from '../members/member-store.ts';
import type { Edit } from '../provisioning/move-member.ts';
import { groupsOfReader, isInReadersGroups } from '../provisioning/reader-store.ts';
import { etagOf } from './etag.ts';
import type { Attributes, Json, ResourceType } from './protocol/attribute.ts';
import { enterpriseUserUrn } from './protocol/enterprise-user-schema.ts';
import { isJsonObject } from './protocol/json.ts';
import { applyPatch } from './protocol/patch.ts';
import { planPatch } from './protocol/patch-plan.ts';
import { type Projection, project } from './protocol/project.ts';
import { coreUserUrn, userType } from './protocol/user-schema.ts';
import {
  locationOf,
  metaOf,
  type ResourceEndpoint,
  readBody,
  type VersionTest,
} from './resource-endpoint.ts';
import { changeDirectory, type ScimAnswer, type ScimContext, typeSeen } from './scim-context.ts';
import { seesVersions } from './view.ts';

export const userEndpoint: ResourceEndpoint<'User'> = {
  type: userType,

  async create(context, body, projection) {
    const attributes = readBody(context, typeRead(context), body);
    checkCustomValues(context.users, attributes, context.reading, true);
    const change = { kind: 'provision-member', attributes } as const;
    const { member, outcome, changed } = await changeDirectory(context, change);
    return answer(context, 201, member, projection, { outcome, changed });
  },

  async read(context, id, projection, isKnown) {
    const member = await findMember(context.deps.database.db, context.orgId, id);
    if (!member || !(await isSeen(context, member))) throw new AppError('member.not_found', { id });
    if (seesVersions(context.view, 'User') && isKnown(member.version)) {
      return {
        status: 304,
        etag: etagOf(member.version),
        outcome: 'not modified',
        subject: { kind: 'User', id },
      };
    }
    return answer(context, 200, member, projection, { outcome: 'read' });
  },

  async replace(context, id, body, projection, isExpected) {
    const attributes = readBody(context, typeRead(context), body);
    checkCustomValues(context.users, attributes, context.reading, true);
    return edited(context, id, () => attributes, projection, isExpected);
  },

  async modify(context, id, body, projection, isExpected) {
    const { dialect, reading } = context;
    const type = typeRead(context);
    const steps = planPatch(type, dialect.patch(body, reading.note), reading);
    const edit: Edit = (current) => {
      const after = applyPatch(type, current, steps, dialect.patchRules, reading);
      // Who is left as they were is not turned away for what they lack.
      if (after !== current) checkCustomValues(context.users, after, reading, false);
      return after;
    };
    return edited(context, id, edit, projection, isExpected);
  },

  async remove(context, id, isExpected) {
    await changeDirectory(context, { kind: 'remove-member', id, isExpected });
    return { status: 204, outcome: 'removed', subject: { kind: 'User', id } };
  },

  async *render(context, members, projection) {
    const users = await present(context, members, projection);
    yield users.map((user) => JSON.stringify(user)).join(',');
  },
};

async function isSeen({ deps, orgId, view }: ScimContext, member: MemberRow): Promise<boolean> {
  if (view.reach === undefined)
    return member.connection_id === null || member.connection_id === view.viewerId;
  return view.reach === 'everything' || isInReadersGroups(deps.database.db, orgId, view.viewerId, member.id);
}

async function edited(
  context: ScimContext,
  id: string,
  edit: Edit,
  projection: Projection,
  isExpected: VersionTest,
): Promise<ScimAnswer> {
  const change = {
    kind: 'edit-member',
    id,
    edit: (current: Attributes) =>
      keepingHidden(
        keepingActive(edit(withoutHidden(current, context.users)), current),
        current,
        context.users,
      ),
    isExpected,
  } as const;
  const { member, outcome, changed } = await changeDirectory(context, change);
  return answer(context, 200, member, projection, { outcome, changed });
}

/** Left out, `active` stays what it is: a leaver never comes back by omission. */
function keepingActive(after: Attributes, current: Attributes): Attributes {
  return after.active === undefined ? { ...after, active: current.active ?? true } : after;
}

async function answer(
  context: ScimContext,
  status: 200 | 201,
  member: NewMember,
  projection: Projection,
  record: Pick<ScimAnswer, 'outcome' | 'changed'>,
): Promise<ScimAnswer> {
  const [body] = await present(context, [member], projection);
  return {
    status,
    ...(body && { body }),
    location: locationOf(context, userType, member.id),
    ...(seesVersions(context.view, 'User') && { etag: etagOf(member.version) }),
    subject: { kind: 'User', id: member.id },
    ...record,
  };
}

/** Members as a client reads them; groups and managers are looked up once for all of them, and only when wanted. */
async function present(
  context: ScimContext,
  members: readonly NewMember[],
  projection: Projection,
): Promise<readonly Attributes[]> {
  const documents = members.map((member) =>
    withoutHidden(JSON.parse(member.attributes) as Attributes, context.users),
  );
  const groups = projection.includes(groupsAttribute) ? await loadGroups(context, members) : undefined;
  const managers = await loadManagers(context, documents, projection);
  return members.map((member, index) => {
    const document = withManager(context, documents[index] ?? {}, managers);
    const user: Attributes = {
      schemas: schemasOf(context, document),
      id: member.id,
      ...document,
      active: member.active === 1,
      ...groupsOf(context, groups?.get(member.id)),
      meta: metaOf(context, userType, member, etagOf(member.version)),
    };
    return project(typeSeen(context, userType), user, projection);
  });
}

/** As a body is read: the org's own attributes by the connection's mode. */
function typeRead({ users, reading }: ScimContext): ResourceType<'User'> {
  return reading.strict ? users.declared : users.tolerant;
}

/** An extension is named for what whoever asks sees of it: values out of a reader's sight name none. */
function schemasOf(context: ScimContext, document: Attributes): readonly string[] {
  const seen = typeSeen(context, userType).extensions.filter(({ schema }) => {
    const values = document[schema.id];
    return isJsonObject(values) && schema.attributes.some(({ name }) => values[name] !== undefined);
  });
  return [coreUserUrn, ...seen.map(({ schema }) => schema.id)];
}

const attributeNamed = (name: string) => {
  const found = [userType.schema, ...userType.extensions.map(({ schema }) => schema)]
    .flatMap((schema) => schema.attributes)
    .find((attribute) => attribute.name === name);
  if (found === undefined) throw new Error(`users have no attribute ${name}`);
  return found;
};
const groupsAttribute = attributeNamed('groups');
const managerAttribute = attributeNamed('manager');

async function loadGroups(context: ScimContext, members: readonly NewMember[]) {
  const ids = members.map((member) => member.id);
  const byMember = new Map<string, MembersGroup[]>();
  for (const row of await groupsSeen(context, ids)) {
    const groups = byMember.get(row.member_id);
    if (groups) groups.push(row);
    else byMember.set(row.member_id, [row]);
  }
  return byMember;
}

async function groupsSeen(
  { deps, orgId, view }: ScimContext,
  memberIds: readonly string[],
): Promise<readonly MembersGroup[]> {
  const { db } = deps.database;
  if (view.reach === undefined) return groupsOfMembers(db, orgId, view.viewerId, memberIds);
  const groups = await allGroupsOfMembers(db, orgId, memberIds);
  if (view.reach === 'everything') return groups;
  const seen = await groupsOfReader(db, orgId, view.viewerId);
  return groups.filter(({ group_id: id }) => seen.has(id));
}

function groupsOf(context: ScimContext, groups: readonly MembersGroup[] | undefined): Attributes {
  if (groups === undefined || groups.length === 0) return {};
  return {
    groups: groups.map(({ group_id, display_name }) => ({
      value: group_id,
      $ref: `${context.base}/Groups/${group_id}`,
      display: display_name,
      type: 'direct',
    })),
  };
}

type JsonObject = { readonly [key: string]: Json };

function managerOf(document: Attributes): (JsonObject & { readonly value: string }) | undefined {
  const extension = document[enterpriseUserUrn] as JsonObject | undefined;
  const manager = extension?.manager as JsonObject | undefined;
  return typeof manager?.value === 'string' ? { ...manager, value: manager.value } : undefined;
}

/** Managers who are in this directory, with their names. What the identity provider calls a manager may be anything. */
async function loadManagers(
  context: ScimContext,
  documents: readonly Attributes[],
  projection: Projection,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (!projection.includes(managerAttribute, enterpriseUserUrn)) return new Map();
  const ids = [
    ...new Set(documents.map((document) => managerOf(document)?.value).filter((id) => id !== undefined)),
  ];
  if (ids.length === 0) return new Map();
  const members = await findMembers(context.deps.database.db, context.orgId, ids);
  return new Map(
    members.map(({ id, attributes }) => {
      const { displayName } = JSON.parse(attributes) as Attributes;
      return [id, typeof displayName === 'string' ? displayName : undefined];
    }),
  );
}

function withManager(
  context: ScimContext,
  document: Attributes,
  managers: ReadonlyMap<string, string | undefined>,
): Attributes {
  const manager = managerOf(document);
  if (manager === undefined || !managers.has(manager.value)) return document;
  const displayName = managers.get(manager.value);
  return {
    ...document,
    [enterpriseUserUrn]: {
      ...(document[enterpriseUserUrn] as JsonObject),
      manager: {
        ...manager,
        $ref: `${context.base}/Users/${manager.value}`,
        ...(displayName !== undefined && { displayName }),
      },
    },
  };
}
