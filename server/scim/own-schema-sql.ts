// Whether a person has anything of their org's own schema, as SQL. Knows the document, no operator.
import { sql } from 'kysely';
import type { Fragment, JsonSql } from '../db/json-sql.ts';
import type { ResourceType } from './protocol/attribute.ts';

/** An org's own schema counts by what it defines: values of removed attributes may still be there. */
export function ownSchema(
  { edition, extensions }: ResourceType,
  json: JsonSql,
  document: Fragment,
): readonly (readonly [string, Fragment])[] {
  const own = extensions.find(({ schema }) => schema.id === edition?.urn)?.schema;
  if (own === undefined) return [];
  const each = own.attributes.map(({ name }) => sql`(${json.value(document, [own.id, name])}) is not null`);
  return [[own.id, sql`(${sql.join(each, sql` or `)})`]];
}
