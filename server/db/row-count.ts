// How many rows a recurring query may give, as a parameter. Knows one habit of SQLite's.
import { type RawBuilder, sql } from 'kysely';

/**
 * For LIMIT and OFFSET. A bare parameter there makes SQLite plan the statement anew at every execution, to look at its
 * value, which costs more than most queries; an expression does not.
 */
export function rowCount(parameter: unknown): RawBuilder<number> {
  return sql<number>`cast(${parameter} as integer)`;
}
