// What the service says of itself: configuration, resource types and schemas, printed from the data that validates.
// @see RFC 7644 §4, RFC 7643 §5 to §7
import type { Attribute, Attributes, Json, ResourceType, Schema } from './protocol/attribute.ts';
import { groupType } from './protocol/group-schema.ts';
import { pageLimits } from './protocol/paging.ts';
import { userType } from './protocol/user-schema.ts';

/** How much one request may carry. */
export const scimLimits = { bodyBytes: 10 * 1024 * 1024, bulkOperations: 1000 };

export const resourceTypes: readonly ResourceType[] = [userType, groupType];

/** The resource types as whoever asks sees them. */
type Types = Readonly<Record<'User' | 'Group', ResourceType>>;
const allTypes: Types = { User: userType, Group: groupType };

function schemasOf({ User, Group }: Types): readonly Schema[] {
  return [User, Group].flatMap(({ schema, extensions }) => [schema, ...extensions.map((one) => one.schema)]);
}

/** Of whom the configuration tells. */
interface Served {
  readonly strict: boolean;
  /** Where the token endpoint for OAuth clients is told. */
  readonly metadata: string;
  /** Whether nothing can be changed here. */
  readonly reader: boolean;
  /** Whether versions are told. */
  readonly etag: boolean;
}

/** @see RFC 7643 §5, RFC 9865 §4; `interopProfileConformant` holds only where the profile's refusals are made. */
export function serviceProviderConfig(base: string, { strict, metadata, reader, etag }: Served): Attributes {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: !reader },
    bulk: {
      supported: !reader,
      maxOperations: reader ? 0 : scimLimits.bulkOperations,
      maxPayloadSize: reader ? 0 : scimLimits.bodyBytes,
    },
    filter: { supported: true, maxResults: pageLimits.maxCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: etag },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: pageLimits.defaultCount,
      maxPageSize: pageLimits.maxCount,
      cursorTimeout: pageLimits.cursorTimeout,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: `The token of this ${reader ? 'reader' : 'connection'}, sent as "Authorization: Bearer <token>".`,
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description: `An access token with the scope "scim", from the token endpoint that ${metadata} names.`,
        specUri: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
        primary: false,
      },
    ],
    ...(strict && { interopProfileConformant: true }),
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** Every resource type, by its name. */
export function resourceTypeResources(
  base: string,
  { User, Group }: Types = allTypes,
): ReadonlyMap<string, Attributes> {
  return new Map(
    [User, Group].map(({ name, endpoint, description, schema, extensions }) => [
      name,
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: name,
        name,
        endpoint,
        description,
        schema: schema.id,
        schemaExtensions: extensions.map((extension) => ({
          schema: extension.schema.id,
          required: extension.required,
        })),
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
      },
    ]),
  );
}

/** Every schema, by its URN. */
export function schemaResources(base: string, types: Types = allTypes): ReadonlyMap<string, Attributes> {
  return new Map(
    schemasOf(types).map(({ id, name, description, attributes }) => [
      id,
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        id,
        name,
        description,
        attributes: attributes.map(attributeJson),
        meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
      },
    ]),
  );
}

/** A definition as it stands, with the characteristics that RFC 7643 §7 gives this type of attribute. */
function attributeJson({
  subAttributes,
  canonicalValues,
  referenceTypes,
  caseExact,
  uniqueness,
  limited: _,
  ...rest
}: Attribute): Json {
  return {
    ...rest,
    ...(rest.type !== 'complex' && rest.type !== 'boolean' && { caseExact }),
    ...(rest.type !== 'boolean' && { uniqueness }),
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.map(attributeJson) }),
  };
}

/** A ListResponse of a few whole resources. */
export function listOf(resources: readonly Attributes[]): Attributes {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
