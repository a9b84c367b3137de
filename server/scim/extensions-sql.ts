// Whether a person has anything of an extension, as SQL. Knows the document, no operator.
import { sql } from 'kysely';
import type { Fragment, JsonSql } from '../db/json-sql.ts';
import type { ResourceType } from './protocol/attribute.ts';

/**
 * Each extension of a type with what holds where it has a value. A limited type counts by the attributes that it names, so
 * that a filter tells no more than an answer; so does an org's own schema, as values of removed attributes may still be there.
 */
export function extensionsPresent(
  { edition, extensions, limited }: ResourceType,
  json: JsonSql,
  document: Fragment,
): readonly (readonly [urn: string, present: Fragment])[] {
  return extensions.map(({ schema: { id, attributes } }) => {
    if (limited !== true && id !== edition?.urn) return [id, json.hasContent(document, [id])];
    const each = attributes.map(({ name }) => sql`(${json.value(document, [id, name])}) is not null`);
    return [id, sql`(${sql.join(each, sql` or `)})`];
  });
}
