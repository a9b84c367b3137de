// Where each SCIM attribute of users and groups lives in the database. Knows columns, no operator and no query.
import { type RawBuilder, sql } from 'kysely';
import type { Fragment, JsonSql } from '../db/json-sql.ts';
import { comparing, documentField, documentScalar } from './document-field-sql.ts';
import { extensionsPresent } from './extensions-sql.ts';
import {
  always,
  type Field,
  type FieldOf,
  fold,
  type ListField,
  type ScalarField,
  scalar,
} from './field-kind-sql.ts';
import type { Attribute, ResourceType } from './protocol/attribute.ts';
import { enterpriseUserUrn } from './protocol/enterprise-user-schema.ts';
import { coreGroupUrn } from './protocol/group-schema.ts';
import { coreUserUrn } from './protocol/user-schema.ts';
import type { ReaderReach } from './view.ts';
import { seesGroup } from './view-sql.ts';

/** The parameters that fields use besides a filter's own values. */
export interface FieldParams {
  readonly org: Fragment;
  readonly connection: Fragment;
  /** The connection's base URL, which `location` and `$ref` begin with. */
  readonly base: Fragment;
  /** How far a reader sees; left out for a connection. */
  readonly reach?: ReaderReach | undefined;
}

/** The fields of a resource type, for rows named `r`. */
export function fieldsOf(type: ResourceType, json: JsonSql, params: FieldParams): FieldOf {
  return type.name === 'User' ? userFields(type, json, params) : groupFields(json, params);
}

const column = (name: string): Fragment => sql.ref(`r.${name}`);

/** What users and groups have in common. */
function commonField(
  name: string,
  sub: string | undefined,
  kind: 'User' | 'Group',
  params: FieldParams,
): Field | undefined {
  if (name === 'id') return scalar(column('id'), { indexed: true });
  if (name === 'externalId') return scalar(column('external_id'), { indexed: true });
  if (name !== 'meta') return undefined;
  const members: Record<string, ScalarField> = {
    resourceType: scalar(sql`${sql.lit(kind)}`),
    created: scalar(column('created_at'), { type: 'time' }),
    lastModified: scalar(column('updated_at'), { type: 'time' }),
    location: scalar(sql`${params.base} || ${sql.lit(`/${kind}s/`)} || ${column('id')}`),
    version: scalar(sql`'W/"' || ${column('version')} || '"'`),
  };
  if (sub !== undefined) return members[sub];
  return {
    kind: 'complex',
    present: always,
    member: ({ name: member }) => members[member] ?? scalar(sql`null`),
  };
}

function userFields(type: ResourceType, json: JsonSql, params: FieldParams): FieldOf {
  const document = column('attributes');
  return ({ extension, attribute, sub }) => {
    const { name } = attribute;
    if (extension === enterpriseUserUrn && name === 'manager') return managerField(json, params, sub);
    if (extension !== undefined) return documentField(json, document, [extension, name], attribute, sub);
    const common = commonField(name, sub?.name, 'User', params);
    if (common) return common;
    switch (name) {
      case 'userName':
        return scalar(column('user_name'), { comparable: column('user_name_norm'), indexed: true });
      case 'displayName':
        return scalar(json.value(document, ['displayName']), {
          comparable: column('display_name_norm'),
          indexed: true,
        });
      case 'active':
        // The column holds 0 or 1; the document's own flags read differently on PostgreSQL.
        return scalar(
          sql`case when ${column('active')} = 1 then ${sql.lit(json.flag(true))} else ${sql.lit(json.flag(false))} end`,
          { type: 'flag' },
        );
      case 'schemas':
        return schemasField(coreUserUrn, extensionsPresent(type, json, document));
      case 'groups':
        return groupsOfUser(params);
      case 'emails':
        return {
          ...(documentField(json, document, [name], attribute, undefined) as ListField),
          narrow: (value) =>
            sql`${column('id')} in (select e.member_id from member_emails as e where e.org_id = ${params.org} and e.email_norm = ${value})`,
        };
      default:
        return documentField(json, document, [name], attribute, sub);
    }
  };
}

function groupFields(_json: JsonSql, params: FieldParams): FieldOf {
  return ({ attribute, sub }) => {
    const common = commonField(attribute.name, sub?.name, 'Group', params);
    if (common) return common;
    if (attribute.name === 'displayName') {
      return scalar(column('display_name'), { comparable: column('display_name_norm'), indexed: true });
    }
    return attribute.name === 'members' ? membersOfGroup(params) : schemasField(coreGroupUrn, []);
  };
}

/** The manager's id is the identity provider's word; name and address are looked up in this directory. */
function managerField(json: JsonSql, params: FieldParams, sub: Attribute | undefined): Field {
  const document = column('attributes');
  const path = [enterpriseUserUrn, 'manager'];
  const id = json.value(document, [...path, 'value']);
  const found = (what: RawBuilder<unknown>) =>
    sql`(select ${what} from members as boss where boss.org_id = ${params.org} and boss.id = ${id})`;
  const member = (inner: Attribute): ScalarField => {
    if (inner.name === 'displayName')
      return comparing(inner, found(json.value(sql.ref('boss.attributes'), ['displayName'])));
    if (inner.name === '$ref') return scalar(found(sql`${params.base} || '/Users/' || boss.id`));
    return documentScalar(json, document, [...path, inner.name], inner);
  };
  return sub === undefined
    ? { kind: 'complex', present: json.hasContent(document, path), member }
    : member(sub);
}

function schemasField(
  core: string,
  extensions: readonly (readonly [urn: string, present: Fragment])[],
): ListField {
  const rows = [
    sql`select ${sql.lit(core)} as value, 0 as position`,
    ...extensions.map(
      ([urn, present]) => sql`select ${sql.lit(urn)} as value, 1 as position where ${present}`,
    ),
  ];
  return {
    kind: 'list',
    from: sql`(${sql.join(rows, sql` union all `)}) as schema_uri`,
    where: always,
    element: () => scalar(sql.ref('schema_uri.value')),
    order: sql.ref('schema_uri.position'),
  };
}

/** Ids are lower-case already, so comparing them folded needs no function and keeps the index. */
const joined =
  (fields: Record<string, Fragment>, folded: readonly string[]) => (sub: Attribute | undefined) => {
    const value = fields[sub?.name ?? 'value'] ?? sql`null`;
    return scalar(value, { comparable: folded.includes(sub?.name ?? '') ? fold(value) : value });
  };

function groupsOfUser(params: FieldParams): ListField {
  return {
    kind: 'list',
    from: sql`group_members as gm join groups as g on g.org_id = gm.org_id and g.id = gm.group_id
      and ${seesGroup(params.reach, params, { id: sql.ref('g.id'), manager: sql.ref('g.connection_id') })}`,
    where: sql`gm.org_id = ${params.org} and gm.member_id = r.id`,
    element: joined(
      {
        value: sql.ref('gm.group_id'),
        display: sql.ref('g.display_name'),
        $ref: sql`${params.base} || '/Groups/' || gm.group_id`,
        type: sql`'direct'`,
      },
      ['display'],
    ),
    narrow: (value) =>
      sql`r.id in (select f.member_id from group_members as f where f.org_id = ${params.org} and f.group_id = ${value})`,
    order: sql.ref('g.seq'),
  };
}

function membersOfGroup(params: FieldParams): ListField {
  // A nested group is a member that a reader sees only where it sees that group.
  const inner = { id: sql.ref('gm.member_id'), manager: sql`null` };
  const nested =
    params.reach === 'groups'
      ? sql`and (gm.kind = 'User' or ${seesGroup(params.reach, params, inner)})`
      : sql``;
  return {
    kind: 'list',
    from: sql`group_members as gm left join members as u on u.org_id = gm.org_id and u.id = gm.member_id
      left join groups as n on n.org_id = gm.org_id and n.id = gm.member_id`,
    where: sql`gm.org_id = ${params.org} and gm.group_id = r.id ${nested}`,
    element: joined(
      {
        value: sql.ref('gm.member_id'),
        display: sql`coalesce(u.user_name, n.display_name)`,
        $ref: sql`${params.base} || case gm.kind when 'User' then '/Users/' else '/Groups/' end || gm.member_id`,
        type: sql.ref('gm.kind'),
      },
      ['display', 'type'],
    ),
    narrow: (value) =>
      sql`r.id in (select f.group_id from group_members as f where f.org_id = ${params.org} and f.member_id = ${value})`,
    order: sql.ref('gm.member_id'),
  };
}
