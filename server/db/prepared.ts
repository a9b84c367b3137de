// Queries that are built and compiled once and run many times with new parameters. Knows Kysely, no table.
import type { Compilable, CompiledQuery } from 'kysely';
import type { Db } from './database.ts';

/** The SQL texts that run again and again, which a database server had better plan once. */
const recurring = new Set<string>();

/** Whether this SQL text is one of a query that was compiled to be run many times. */
export function isRecurring(sql: string): boolean {
  return recurring.has(sql);
}

/** However many queries there are, a database server is asked to remember no more than these. */
const remembered = 1000;

/** Compiles a query that is going to be run many times. */
export function compileToRecur<Row>(db: Db, query: CompilableFor<Row>): CompiledQuery<Row> {
  const compiled = query.compile(db);
  if (recurring.size < remembered) recurring.add(compiled.sql);
  return compiled;
}

/** A query or a piece of SQL that compiles for a database. */
interface CompilableFor<Row> {
  compile(db: Db): CompiledQuery<Row>;
}

/** Stands for a parameter while a query is built. */
class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/** A parameter by name, for a query that `runCompiled` completes. */
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

  const compiledFor = (db: Db): CompiledQuery<Row> => {
    const dialect = db.getExecutor().adapter;
    let query = compiled.get(dialect);
    if (query === undefined) {
      query = compileToRecur(db, build(db, param));
      compiled.set(dialect, query);
    }
    return query;
  };
  return {
    all: (db, args) => runCompiled(db, compiledFor(db), args),
    first: async (db, args) => (await runCompiled(db, compiledFor(db), args))[0],
    run: async (db, args) => {
      const query = compiledFor(db);
      const statements = directStatements(db);
      const parameters = bind(query, args);
      if (statements) return statements.run(query.sql, parameters);
      return Number((await db.executeQuery({ ...query, parameters })).numAffectedRows ?? 0n);
    },
  };
}

/** Runs a compiled query whose placeholders get these arguments, and gives its rows. */
export async function runCompiled<Row>(
  db: Db,
  query: CompiledQuery<Row>,
  args: unknown,
): Promise<readonly Row[]> {
  const statements = directStatements(db);
  const parameters = bind(query, args);
  if (statements) return statements.all(query.sql, parameters) as readonly Row[];
  return (await db.executeQuery<Row>({ ...query, parameters })).rows;
}

/** The parameters with each placeholder replaced by its argument. */
function bind(query: CompiledQuery<unknown>, args: unknown): readonly unknown[] {
  const values = args as Record<PropertyKey, unknown>;
  return query.parameters.map((value) => (value instanceof Placeholder ? values[value.name] : value));
}

/** Statements of an embedded database, which answers at once: for them, Kysely's queue and promises only cost time. */
export interface DirectStatements {
  /** Whether somebody's transaction is open on the one connection there is. */
  readonly inTransaction: boolean;
  all(sql: string, parameters: readonly unknown[]): readonly unknown[];
  run(sql: string, parameters: readonly unknown[]): number;
}

const direct = new WeakMap<object, DirectStatements>();

/** From now on, recurring queries of this database go to its statements directly, where nobody's transaction is hurt. */
export function runDirectly(db: Db, statements: DirectStatements): void {
  direct.set(db.getExecutor().adapter, statements);
}

/** A query of the open transaction itself may go directly; any other has to wait in Kysely's queue for its end. */
function directStatements(db: Db): DirectStatements | undefined {
  const statements = direct.get(db.getExecutor().adapter);
  return statements && (db.isTransaction || !statements.inTransaction) ? statements : undefined;
}
