// How each database reads a JSON document kept as text, and compares text. Knows SQL functions, no table and no column.
import { type RawBuilder, sql } from 'kysely';

/** A fragment of SQL that stands for a value; NULL stands for "no value". */
export type Fragment = RawBuilder<unknown>;

/** The few things that SQLite and PostgreSQL spell differently. */
export interface JsonSql {
  /** The value at a path of a JSON text, as text (a boolean as `flag` gives it). */
  value(document: Fragment, path: readonly string[]): Fragment;
  /** The number at a path; NULL for anything else, so that a value of another type fails no comparison. */
  number(document: Fragment, path: readonly string[]): Fragment;
  /** What a JSON boolean reads as, for comparison with `value`. */
  flag(value: boolean): string | number;
  /** Whether anything but null, "" and empty containers is at a path. */
  hasContent(document: Fragment, path: readonly string[]): Fragment;
  /** A FROM item with a row `alias` for each element of the array at a path; none where there is no array. */
  elements(document: Fragment, path: readonly string[], alias: string): Fragment;
  /** The element itself, as a JSON text for `value`; and as plain text where elements are simple. */
  element(alias: string): {
    readonly document: Fragment;
    readonly text: Fragment;
    readonly number: Fragment;
    readonly position: Fragment;
  };
  contains(text: Fragment, part: Fragment): Fragment;
  startsWith(text: Fragment, part: Fragment): Fragment;
  endsWith(text: Fragment, part: Fragment): Fragment;
  /** The text so that it orders by code point whatever the database's locale. */
  byCodePoint(text: Fragment): Fragment;
}

const sqlitePath = (path: readonly string[]) => sql.lit(`$${path.map((name) => `."${name}"`).join('')}`);

export const sqliteJson: JsonSql = {
  value: (document, path) => sql`json_extract(${document}, ${sqlitePath(path)})`,
  number: (document, path) =>
    sql`case when json_type(${document}, ${sqlitePath(path)}) in ('integer', 'real') then json_extract(${document}, ${sqlitePath(path)}) end`,
  flag: Number,
  hasContent: (document, path) =>
    sql`exists (select 1 from json_tree(${document}, ${sqlitePath(path)}) as leaf where leaf.atom <> '')`,
  elements: (document, path, alias) => sql`json_each(${document}, ${sqlitePath(path)}) as ${sql.ref(alias)}`,
  element: (alias) => ({
    document: sql.ref(`${alias}.value`),
    text: sql.ref(`${alias}.value`),
    number: sql`case when ${sql.ref(alias)}.type in ('integer', 'real') then ${sql.ref(alias)}.value end`,
    position: sql.ref(`${alias}.key`),
  }),
  contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
  startsWith: (text, part) => sql`substr(${text}, 1, length(${part})) = ${part}`,
  endsWith: (text, part) =>
    sql`(length(${text}) >= length(${part}) and substr(${text}, length(${text}) - length(${part}) + 1) = ${part})`,
  byCodePoint: (text) => text,
};

const postgresPath = (path: readonly string[]) => sql`array[${sql.join(path.map((name) => sql.lit(name)))}]`;

/** Strict, or else a single value would pass for a list of one; silently, so that what is not there is nothing. */
const postgresQuery = (path: readonly string[], rest: string) =>
  sql`${sql.lit(`strict $${path.map((name) => `.${JSON.stringify(name)}`).join('')}${rest}`)}, '{}', true`;

export const postgresJson: JsonSql = {
  value: (document, path) => sql`(${document}::jsonb #>> ${postgresPath(path)})`,
  number: (document, path) =>
    sql`jsonb_path_query_first(${document}::jsonb, ${postgresQuery(path, ' ? (@.type() == "number")')})::numeric`,
  flag: String,
  hasContent: (document, path) =>
    sql`jsonb_path_exists(${document}::jsonb #> ${postgresPath(path)}, ${sql.lit(
      '$.** ? (@.type() == "boolean" || @.type() == "number" || (@.type() == "string" && @ != ""))',
    )})`,
  elements: (document, path, alias) =>
    sql`jsonb_path_query(${document}::jsonb, ${postgresQuery(path, '[*]')}) with ordinality as ${sql.ref(alias)}(value, key)`,
  element: (alias) => ({
    document: sql`${sql.ref(alias)}.value`,
    text: sql`(${sql.ref(alias)}.value #>> '{}')`,
    number: sql`case when jsonb_typeof(${sql.ref(alias)}.value) = 'number' then (${sql.ref(alias)}.value #>> '{}')::numeric end`,
    position: sql`${sql.ref(alias)}.key`,
  }),
  contains: (text, part) => sql`strpos(${text}, ${part}::text) > 0`,
  startsWith: (text, part) => sql`starts_with(${text}, ${part}::text)`,
  endsWith: (text, part) => sql`right(${text}, length(${part}::text)) = ${part}::text`,
  byCodePoint: (text) => sql`${text} collate "C"`,
};
