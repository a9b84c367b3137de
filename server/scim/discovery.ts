// What the service says of itself: configuration, resource types and schemas, printed from the data that validates.
// @see RFC 7644 §4, RFC 7643 §5 to §7
import type { Attribute, Attributes, Json, ResourceType, Schema } from './protocol/attribute.ts';
import { groupType } from './protocol/group-schema.ts';
import { pageLimits } from './protocol/paging.ts';
import { userType } from './protocol/user-schema.ts';

/** How much one request may carry. */
export const scimLimits = { bodyBytes: 10 * 1024 * 1024, bulkOperations: 1000 };

export const resourceTypes: readonly ResourceType[] = [userType, groupType];

const schemas: readonly Schema[] = resourceTypes.flatMap((type) => [
  type.schema,
  ...type.extensions.map((extension) => extension.schema),
]);

/** @see RFC 7643 §5, RFC 9865 §4; `interopProfileConformant` holds only where the profile's refusals are made. */
export function serviceProviderConfig(base: string, strict: boolean): Attributes {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: {
      supported: true,
      maxOperations: scimLimits.bulkOperations,
      maxPayloadSize: scimLimits.bodyBytes,
    },
    filter: { supported: true, maxResults: pageLimits.maxCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
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
        description: 'The token of this connection, sent as "Authorization: Bearer <token>".',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    ...(strict && { interopProfileConformant: true }),
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** Every resource type, by its name. */
export function resourceTypeResources(base: string): ReadonlyMap<string, Attributes> {
  return new Map(
    resourceTypes.map(({ name, endpoint, description, schema, extensions }) => [
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
export function schemaResources(base: string): ReadonlyMap<string, Attributes> {
  return new Map(
    schemas.map(({ id, name, description, attributes }) => [
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
