// The Groups endpoint: SCIM groups in, directory changes out, and back. Members are rows and never held all at once.
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../core/app-error.ts';
import type { MembershipStep } from '../groups/change-memberships.ts';
import { findGroup, type GroupRow, type NewGroup } from '../groups/group-store.ts';
import { type Membership, membershipsAfter } from '../groups/membership-store.ts';
import type { Edit } from '../provisioning/move-member.ts';
import { groupsOfReader } from '../provisioning/reader-store.ts';
import { etagOf } from './etag.ts';
import { memberIdsOf, membershipJson, membershipStepOf } from './group-members.ts';
import { coreGroupUrn, groupType } from './protocol/group-schema.ts';
import { applyPatch } from './protocol/patch.ts';
import { planPatch } from './protocol/patch-plan.ts';
import { type Projection, project } from './protocol/project.ts';
import { locationOf, metaOf, type ResourceEndpoint, readBody } from './resource-endpoint.ts';
import { changeDirectory, type ScimAnswer, type ScimContext, typeSeen } from './scim-context.ts';
import { seesVersions } from './view.ts';

export const groupEndpoint: ResourceEndpoint<'Group'> = {
  type: groupType,

  async create(context, body, projection) {
    const { members, ...attributes } = readBody(context, groupType, body);
    const change = { kind: 'add-group', attributes, memberIds: memberIdsOf(members) } as const;
    const { group, outcome, changed } = await changeDirectory(context, change);
    return answer(context, 201, group, projection, { outcome, changed });
  },

  async read(context, id, projection, isKnown) {
    const group = await findGroup(context.deps.database.db, context.orgId, id);
    if (!group || !(await isSeen(context, group))) throw new AppError('group.not_found', { id });
    if (seesVersions(context.view, 'Group') && isKnown(group.version)) {
      return {
        status: 304,
        etag: etagOf(group.version),
        outcome: 'not modified',
        subject: { kind: 'Group', id },
      };
    }
    return answer(context, 200, group, projection, { outcome: 'read' });
  },

  async replace(context, id, body, projection, isExpected) {
    const { members, ...attributes } = readBody(context, groupType, body);
    const steps: readonly MembershipStep[] = [{ op: 'replace', ids: memberIdsOf(members) }];
    const change = { kind: 'edit-group', id, edit: () => attributes, steps, isExpected } as const;
    const { group, outcome, changed } = await changeDirectory(context, change);
    return answer(context, 200, group, projection, { outcome, changed });
  },

  async modify(context, id, body, projection, isExpected, asked) {
    const { dialect, reading } = context;
    const plan = planPatch(groupType, dialect.patch(body, reading.note), reading);
    const own = plan.filter((step) => step.target.path.attribute.name !== 'members');
    const steps = plan
      .filter((step) => step.target.path.attribute.name === 'members')
      .map((step) => membershipStepOf(context.base, step, reading));
    const edit: Edit = (current) => applyPatch(groupType, current, own, dialect.patchRules, reading);
    const change = { kind: 'edit-group', id, edit, steps, isExpected } as const;
    const { group, outcome, changed } = await changeDirectory(context, change);
    return asked
      ? answer(context, 200, group, projection, { outcome, changed })
      : { status: 204, etag: etagOf(group.version), subject: { kind: 'Group', id }, outcome, changed };
  },

  async remove(context, id, isExpected) {
    await changeDirectory(context, { kind: 'remove-group', id, isExpected });
    return { status: 204, outcome: 'removed', subject: { kind: 'Group', id } };
  },

  async *render(context, groups, projection) {
    for (const [index, group] of groups.entries()) {
      if (index > 0) yield ',';
      yield* groupText(context, group, projection);
    }
  },
};

async function isSeen({ deps, orgId, view }: ScimContext, group: GroupRow): Promise<boolean> {
  if (view.reach === undefined) return group.connection_id === null || group.connection_id === view.viewerId;
  return (
    view.reach === 'everything' ||
    (await groupsOfReader(deps.database.db, orgId, view.viewerId)).has(group.id)
  );
}

function answer(
  context: ScimContext,
  status: 200 | 201,
  group: NewGroup,
  projection: Projection,
  record: Pick<ScimAnswer, 'outcome' | 'changed'>,
): ScimAnswer {
  return {
    status,
    body: groupText(context, group, projection),
    location: locationOf(context, groupType, group.id),
    ...(seesVersions(context.view, 'Group') && { etag: etagOf(group.version) }),
    subject: { kind: 'Group', id: group.id },
    ...record,
  };
}

const membersAttribute = groupType.schema.attributes.find((attribute) => attribute.name === 'members');

/** How many members are read and written at a time. */
const slice = 1000;

/** A group's JSON in pieces: a group of any size is written while it is read. */
async function* groupText(
  context: ScimContext,
  group: NewGroup,
  projection: Projection,
): AsyncGenerator<string> {
  const { external_id: externalId, display_name: displayName } = group;
  const type = typeSeen(context, groupType);
  const head = JSON.stringify(
    project(
      type,
      {
        schemas: [coreGroupUrn],
        id: group.id,
        ...(externalId !== null && { externalId }),
        displayName,
        meta: metaOf(context, groupType, group, etagOf(group.version)),
      },
      projection,
    ),
  );
  if (membersAttribute === undefined || !projection.includes(membersAttribute)) {
    yield head;
    return;
  }
  yield head.slice(0, -1);
  let opened = false;
  for await (const memberships of slicesOf(context, group)) {
    const members = memberships.map((membership) => membershipJson(context.base, membership));
    const shown = project(type, { schemas: [], id: group.id, members }, projection).members;
    if (!Array.isArray(shown) || shown.length === 0) continue;
    yield `${opened ? ',' : ',"members":['}${JSON.stringify(shown).slice(1, -1)}`;
    opened = true;
  }
  yield opened ? ']}' : '}';
}

async function* slicesOf(context: ScimContext, group: NewGroup): AsyncGenerator<readonly Membership[]> {
  const { deps, orgId, view } = context;
  const seen =
    view.reach === 'groups' ? await groupsOfReader(deps.database.db, orgId, view.viewerId) : undefined;
  let after = '';
  for (;;) {
    const memberships = await membershipsAfter(
      context.deps.database.db,
      group.org_id,
      group.id,
      after,
      slice,
    );
    const shown = seen ? memberships.filter(({ kind, id }) => kind === 'User' || seen.has(id)) : memberships;
    if (shown.length > 0) yield shown;
    after = memberships.at(-1)?.id ?? after;
    if (memberships.length < slice) return;
    // Each slice is a turn of its own: a large group holds nobody up.
    await breathe();
  }
}
