// Runs the list queries of SCIM: one page and the total, by index or by cursor. Knows tables, no HTTP and no JSON shape.
import { type CompiledQuery, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Database, Db } from '../db/database.ts';
import { type Fragment, type JsonSql, postgresJson, sqliteJson } from '../db/json-sql.ts';
import { comesAfter, type KeysetOrder, orderBy } from '../db/keyset.ts';
import { compileToRecur, placeholder, runCompiled } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { GroupRow } from '../groups/group-store.ts';
import { countVisibleMembers, type MemberRow, seekVisibleMember } from '../members/member-store.ts';
import type { Field, FieldOf } from './field-kind-sql.ts';
import { fieldsOf } from './field-sql.ts';
import { filterShape, filterSql, isSelective } from './filter-sql.ts';
import type { ResourceType } from './protocol/attribute.ts';
import type { CursorState } from './protocol/cursor.ts';
import type { ResolvedFilter } from './protocol/filter-resolve.ts';
import { printPath } from './protocol/path.ts';
import type { Sort } from './protocol/query.ts';
import type { ReaderReach } from './view.ts';
import { seesRow } from './view-sql.ts';

/** A list as one connection or reader sees it. */
export interface ListRequest {
  readonly type: ResourceType;
  readonly orgId: string;
  /** The id of the connection or reader. */
  readonly connectionId: string;
  /** How far a reader sees; left out for a connection. */
  readonly reach?: ReaderReach | undefined;
  /** The connection's base URL. */
  readonly base: string;
  readonly filter?: ResolvedFilter | undefined;
  readonly sort?: Sort | undefined;
}

/** Rows to skip, or the row to go on from; and how many to read. */
export type Slice = { readonly limit: number } & (
  | { readonly offset: number }
  | { readonly from: CursorState }
);

/** A row of either type with the value it was sorted by. */
export type ListedRow<Type extends 'User' | 'Group'> = (Type extends 'User' ? MemberRow : GroupRow) & {
  readonly sort_key: string | number | null;
};

/** Reads a slice of the list in its order. */
export async function listResources<Type extends 'User' | 'Group'>(
  database: Database,
  request: ListRequest & { readonly type: { readonly name: Type } },
  slice: Slice,
): Promise<readonly ListedRow<Type>[]> {
  const plan = planOf(database, request);
  const { shape, args } = plan;
  const seek = await seekOf(plan, request, slice);
  const from = 'from' in slice ? slice.from : undefined;
  const backward = (request.sort?.descending ?? false) !== (from?.direction === 'previous');
  const position = from && { hasValue: from.key.length > 1 && from.key[0] !== null };
  const text = `page ${shape.name} ${backward} ${position ? position.hasValue : 'start'} ${seek.fromSeq > 0}`;
  const query = compiled<ListedRow<Type>>(shape, text, () => {
    const order: KeysetOrder = { ...shape.order, backward };
    const after =
      position && comesAfter(order, { value: position.hasValue ? param('key') : null, seq: param('seq') });
    return sql`
      select r.*, ${order.sort ?? sql`null`} as sort_key from ${shape.table} as r
      where ${shape.where} ${after ? sql`and ${after}` : sql``} ${seek.fromSeq > 0 ? sql`and r.seq >= ${param('fromSeq')}` : sql``}
      order by ${orderBy(order)} limit ${rowCount(param('limit'))} offset ${rowCount(param('offset'))}`;
  });
  const rows = await runCompiled(shape.reader, query, {
    ...args,
    limit: slice.limit,
    offset: seek.skip,
    fromSeq: seek.fromSeq,
    key: from?.key[0],
    seq: from?.key.at(-1),
  });
  return from?.direction === 'previous' ? rows.toReversed() : rows;
}

/** How many resources the whole list has. */
export async function countResources(database: Database, request: ListRequest): Promise<number> {
  if (request.type.name === 'User' && request.filter === undefined && request.reach === undefined) {
    return countVisibleMembers(database.db, request.orgId, request.connectionId);
  }
  const { shape, args } = planOf(database, request);
  const query = compiled<{ n: number }>(
    shape,
    `count ${shape.name}`,
    () => sql`select count(*) as n from ${shape.table} as r where ${shape.where}`,
  );
  const [row] = await runCompiled(shape.reader, query, args);
  return Number(row?.n ?? 0);
}

/** What lists of one shape have in common. */
interface Shape {
  readonly name: string;
  readonly reader: Db;
  readonly table: Fragment;
  readonly order: Omit<KeysetOrder, 'backward'>;
  readonly where: Fragment;
}

/** A list to be read: its shape, and the values that make it this list. */
interface Plan {
  readonly shape: Shape;
  readonly args: Readonly<Record<string, unknown>>;
}

const param = (name: string): Fragment => sql`${placeholder(name)}`;

const shapes = new WeakMap<Database, LRUCache<string, Shape>>();

function planOf(database: Database, request: ListRequest): Plan {
  const { type, orgId, connectionId, reach = '', base, filter, sort } = request;
  const json: JsonSql = database.dialect === 'sqlite' ? sqliteJson : postgresJson;
  const values: unknown[] = [];
  const filtered = filter === undefined ? '' : filterShape(filter, json, values);
  const asked = `${filtered} by ${sort ? printPath(sort.path) : ''}`;
  const name = `${reach} ${type.name} ${editionIn(type, asked, orgId)}${limitsIn(type, asked)}${asked}`;
  const known = cacheOf(shapes, database);
  let shape = known.get(name);
  if (shape === undefined) {
    shape = shapeOf(database, request, json, name);
    known.set(name, shape);
  }
  return { shape, args: { org: orgId, connection: connectionId, base, ...values } };
}

/** An attribute of an org's own may be of another type in the next version; other queries are everybody's. */
function editionIn({ edition }: ResourceType, asked: string, orgId: string): string {
  if (edition === undefined) return '';
  return asked.includes(edition.urn) || asked.includes('schemas') ? `${orgId} ${edition.key} ` : '';
}

/** Which extensions a person has is told by what a reader sees of them; what else it may ask is the same for all. */
function limitsIn({ limited, extensions }: ResourceType, asked: string): string {
  if (limited !== true || !asked.includes('schemas')) return '';
  const seen = extensions.flatMap(({ schema: { id, attributes } }) =>
    attributes.map(({ name }) => `${id}:${name}`),
  );
  return `sees ${seen.join(' ')} `;
}

function shapeOf(
  database: Database,
  { type, reach, filter, sort }: ListRequest,
  json: JsonSql,
  name: string,
): Shape {
  const params = {
    org: param('org'),
    connection: param('connection'),
    base: sql`cast(${param('base')} as text)`,
    reach,
  };
  const fieldOf = fieldsOf(type, json, params);
  const selective = filter !== undefined && isSelective(filter, fieldOf);
  const scans = !selective && (filter !== undefined || sort !== undefined || reach !== undefined);
  const matches = filter && filterSql(filter, fieldOf, json, (index) => param(String(index)));
  return {
    name,
    reader: scans ? database.scans : database.db,
    table: type.name === 'User' ? sql`members` : sql`groups`,
    // The plus keeps SQLite from walking everybody in order when an index leads to the few that match.
    order: {
      seq: selective ? sql`(+r.seq)` : sql.ref('r.seq'),
      ...(sort && { sort: sortValue(fieldOf, sort, json) }),
    },
    where: sql`r.org_id = ${params.org} and ${seesRow(type.name, reach, params, selective)}
      ${matches ? sql`and ${matches}` : sql``}`,
  };
}

/** Where an unfiltered page of members begins comes from the tally, however deep it is. */
async function seekOf(
  plan: Plan,
  request: ListRequest,
  slice: Slice,
): Promise<{ readonly fromSeq: number; readonly skip: number }> {
  if (!('offset' in slice)) return { fromSeq: 0, skip: 0 };
  const inCreationOrder =
    request.type.name === 'User' &&
    request.filter === undefined &&
    request.sort === undefined &&
    request.reach === undefined;
  if (!inCreationOrder || slice.offset === 0) return { fromSeq: 0, skip: slice.offset };
  return seekVisibleMember(plan.shape.reader, request.orgId, request.connectionId, slice.offset);
}

/** The value that a resource sorts by; of several, the primary one's, else the first. @see RFC 7644 §3.4.2.3 */
function sortValue(fieldOf: FieldOf, { path }: Sort, json: JsonSql): Fragment {
  const field: Field = fieldOf(path);
  if (field.kind === 'complex') return sql`null`;
  if (field.kind === 'scalar')
    return field.type === 'text' ? json.byCodePoint(field.comparable) : field.comparable;
  const { comparable, type } = field.element(path.sub);
  const first = sql`(select ${comparable} from ${field.from} where ${field.where} order by ${field.order} limit 1)`;
  return type === 'text' ? json.byCodePoint(first) : first;
}

const queries = new WeakMap<Db, LRUCache<string, CompiledQuery>>();

/** Building and compiling a query costs several times what running it does, so each shape is compiled once. */
function compiled<Row>({ reader }: Shape, text: string, build: () => Fragment): CompiledQuery<Row> {
  const known = cacheOf(queries, reader);
  let query = known.get(text);
  if (query === undefined) {
    query = compileToRecur(reader, build());
    known.set(text, query);
  }
  return query as CompiledQuery<Row>;
}

function cacheOf<Owner extends object, Value extends object>(
  caches: WeakMap<Owner, LRUCache<string, Value>>,
  owner: Owner,
): LRUCache<string, Value> {
  let cache = caches.get(owner);
  if (cache === undefined) {
    cache = new LRUCache({ max: 500 });
    caches.set(owner, cache);
  }
  return cache;
}
