// Where an attribute is inside the JSON document of a user, an org's own ones among them. Knows no column and no operator.
import { sql } from 'kysely';
import type { Fragment, JsonSql } from '../db/json-sql.ts';
import { always, type Field, fold, type ScalarField, scalar } from './field-kind-sql.ts';
import type { Attribute } from './protocol/attribute.ts';
import { isFolded } from './protocol/filter-value.ts';

/** An attribute inside the JSON document of a user. */
export function documentField(
  json: JsonSql,
  document: Fragment,
  path: readonly string[],
  attribute: Attribute,
  sub: Attribute | undefined,
): Field {
  if (attribute.multiValued) {
    const alias = 'entry';
    const element = json.element(alias);
    return {
      kind: 'list',
      from: json.elements(document, path, alias),
      where: always,
      element: (member) =>
        member === undefined
          ? simpleElement(attribute, element)
          : documentScalar(json, element.document, [member.name], member),
      // Only entries with parts can be marked primary; a bare text is no document to look into.
      order:
        attribute.type === 'complex'
          ? sql`case when ${json.value(element.document, ['primary'])} = ${sql.lit(json.flag(true))} then 0 else 1 end, ${element.position}`
          : element.position,
    };
  }
  if (attribute.type !== 'complex') return documentScalar(json, document, path, attribute);
  const member = (inner: Attribute) => documentScalar(json, document, [...path, inner.name], inner);
  return sub === undefined
    ? { kind: 'complex', present: json.hasContent(document, path), member }
    : member(sub);
}

/** An entry of a list of simple values. */
function simpleElement(attribute: Attribute, { text, number }: ReturnType<JsonSql['element']>): ScalarField {
  if (attribute.type === 'boolean') return scalar(text, { type: 'flag' });
  if (attribute.type === 'integer' || attribute.type === 'decimal') return scalar(number, { type: 'number' });
  return comparing(attribute, text);
}

/** One value inside the document. */
export function documentScalar(
  json: JsonSql,
  document: Fragment,
  path: readonly string[],
  attribute: Attribute,
): ScalarField {
  if (attribute.type === 'boolean') return scalar(json.value(document, path), { type: 'flag' });
  if (attribute.type === 'integer' || attribute.type === 'decimal') {
    return scalar(json.number(document, path), { type: 'number' });
  }
  return comparing(attribute, json.value(document, path));
}

/** A text that is compared as its attribute has it. */
export const comparing = (attribute: Attribute, value: Fragment): ScalarField =>
  scalar(value, { comparable: isFolded(attribute) ? fold(value) : value });
