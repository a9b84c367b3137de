// What a SCIM attribute is in the database: one value a row, a list of elements, or several values together. Knows no column.
import { sql } from 'kysely';
import type { Fragment } from '../db/json-sql.ts';
import type { Attribute } from './protocol/attribute.ts';
import type { ResolvedPath } from './protocol/path.ts';

/** One value a row, or none (NULL). */
export interface ScalarField {
  readonly kind: 'scalar';
  readonly type: 'text' | 'flag' | 'number' | 'time';
  /** The value as stored. */
  readonly value: Fragment;
  /** The value as it is compared: folded where the attribute is not caseExact. */
  readonly comparable: Fragment;
  /** Whether an index leads to the rows that equal a value. */
  readonly indexed: boolean;
}

/** Several elements a row: rows of `from`, each with the sub-attributes' fields. */
export interface ListField {
  readonly kind: 'list';
  readonly from: Fragment;
  /** Ties `from` to the row; true where `from` does so itself. */
  readonly where: Fragment;
  element(sub: Attribute | undefined): ScalarField;
  /** For an index: a condition on the row that holds whenever some element's `value` equals the (folded) parameter. */
  readonly narrow?: (value: Fragment) => Fragment;
  /** The order of the elements that decides which one a sort goes by, the primary one first. */
  readonly order: Fragment;
}

/** A complex attribute without a sub-attribute: there, or not. */
export interface ComplexField {
  readonly kind: 'complex';
  readonly present: Fragment;
  member(sub: Attribute): ScalarField;
}

export type Field = ScalarField | ListField | ComplexField;

/** Finds the field of an attribute. */
export type FieldOf = (path: ResolvedPath) => Field;

/** A text that is found by looking at every row, unless its traits say otherwise. */
export const scalar = (value: Fragment, traits: Partial<ScalarField> = {}): ScalarField => ({
  kind: 'scalar',
  type: 'text',
  value,
  comparable: value,
  indexed: false,
  ...traits,
});

export const fold = (value: Fragment): Fragment => sql`fold_case(${value})`;

/** For a list that is tied to its row by itself. */
export const always = sql`1 = 1`;
