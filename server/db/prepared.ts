// Queries that are built and compiled once and run many times with new parameters. Knows Kysely, no table.
import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './database.ts';

/** The SQL texts that run again and again, which a database server had better plan once. */
const recurring = new Set<string>();

/** Whether this SQL text is one of a query that was compiled to be run many times. */
export function isRecurring(sql: string): boolean {
  return recurring.has(sql);
}

/** Stands for a parameter while a query is built. */
class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/** A parameter by name, for a query that `bind` completes. */
export function placeholder(name: string): unknown {
  return new Placeholder(name);
}

/** Names a parameter inside a prepared query, typed as the value that will take its place. */
export type Param<Args> = <Name extends keyof Args>(name: Name) => Args[Name];

/** A query compiled once for each database. */
export interface Prepared<Args, Row> {
  /** Every row. */
  all(db: Db, args: Args): Promise<readonly Row[]>;
  /** The first row, if any. */
  first(db: Db, args: Args): Promise<Row | undefined>;
  /** How many rows were written. */
  run(db: Db, args: Args): Promise<number>;
}

/**
 * Builds the query on first use and keeps what it compiled to: building and compiling costs several times what
 * running it does. `build` may place a parameter wherever a value of its type goes.
 */
export function prepare<Args, Row>(
  build: (db: Db, param: Param<Args>) => Compilable<Row>,
): Prepared<Args, Row> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  const param: Param<Args> = (name) => new Placeholder(name) as never;

  const execute = (db: Db, args: Args): Promise<QueryResult<Row>> => {
    const dialect = db.getExecutor().adapter;
    let query = compiled.get(dialect);
    if (query === undefined) {
      query = build(db, param).compile();
      compiled.set(dialect, query);
      recurring.add(query.sql);
    }
    return db.executeQuery(bind(query, args));
  };
  return {
    all: async (db, args) => (await execute(db, args)).rows,
    first: async (db, args) => (await execute(db, args)).rows[0],
    run: async (db, args) => Number((await execute(db, args)).numAffectedRows ?? 0n),
  };
}

/** The query with each placeholder replaced by its argument. */
export function bind<Row>(query: CompiledQuery<Row>, args: unknown): CompiledQuery<Row> {
  const values = args as Record<PropertyKey, unknown>;
  const parameters = query.parameters.map((value) =>
    value instanceof Placeholder ? values[value.name] : value,
  );
  return { ...query, parameters };
}
