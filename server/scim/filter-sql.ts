// A resolved filter as an SQL condition: the second reader of the filter AST, beside the JSON matcher. See its head
// comment for what each operator means; a differential test holds the two together. Knows operators, no column.
import { sql } from 'kysely';
import type { Fragment, JsonSql } from '../db/json-sql.ts';
import type { Field, FieldOf, ListField, ScalarField } from './field-kind-sql.ts';
import type { CompareOp } from './protocol/filter.ts';
import type { ResolvedComparison, ResolvedFilter } from './protocol/filter-resolve.ts';
import { printPath, type ResolvedPath } from './protocol/path.ts';

/** Stands for the filter's n-th value, counted as `filterShape` counts them. */
export type ValueParam = (index: number) => Fragment;

/**
 * The filter with its values taken out: two filters of one shape are one SQL text. `values` receives them, in the
 * form that the database compares with.
 */
export function filterShape(filter: ResolvedFilter, json: JsonSql, values: unknown[]): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filterShape(filter.left, json, values)} ${filter.kind} ${filterShape(filter.right, json, values)})`;
    case 'not':
      return `not (${filterShape(filter.filter, json, values)})`;
    case 'compare':
      values.push(typeof filter.value === 'boolean' ? json.flag(filter.value) : timeOf(filter));
      return `${printPath(filter.path)} ${filter.op} ${typeof filter.value}`;
    case 'present':
      return `${printPath(filter.path)} pr`;
    case 'valuePath':
      return `${printPath(filter.path)}[${filterShape(filter.filter, json, values)}]`;
    case 'never':
      return 'never';
  }
}

/** `meta.created` and `meta.lastModified` are stored in milliseconds. */
function timeOf({ path, value }: ResolvedComparison): unknown {
  return path.attribute.name === 'meta' && path.sub?.type === 'dateTime' ? Date.parse(String(value)) : value;
}

/** The condition. Its values are parameters in the order of `filterShape`. */
export function filterSql(
  filter: ResolvedFilter,
  fieldOf: FieldOf,
  json: JsonSql,
  valueParam: ValueParam,
): Fragment {
  let next = 0;
  const condition = (node: ResolvedFilter, find: FieldOf): Fragment => {
    switch (node.kind) {
      case 'and':
      case 'or': {
        const [left, right] = [condition(node.left, find), condition(node.right, find)];
        return node.kind === 'and' ? sql`(${left} and ${right})` : sql`(${left} or ${right})`;
      }
      case 'not':
        // Two-valued: what SQL calls unknown does not match, so its negation does.
        return sql`not coalesce(${condition(node.filter, find)}, 1 = 0)`;
      case 'never':
        return sql`1 = 0`;
      case 'present':
        return isPresent(find(node.path), node.path);
      case 'compare':
        return comparison(find(node.path), node, valueParam(next++));
      case 'valuePath':
        return valuePath(find(node.path), node);
    }
  };
  const valuePath = (field: Field, node: Extract<ResolvedFilter, { kind: 'valuePath' }>): Fragment => {
    if (field.kind === 'scalar') return sql`1 = 0`;
    if (field.kind === 'complex') {
      const inner = condition(node.filter, ({ attribute }) => field.member(attribute));
      return sql`(${field.present} and ${inner})`;
    }
    const first = next;
    const inner = condition(node.filter, ({ attribute }) => field.element(attribute));
    const index = valueIndex(node.filter);
    return some(field, inner, index === undefined ? undefined : valueParam(first + index));
  };
  const comparison = (field: Field, { op, path }: ResolvedComparison, value: Fragment): Fragment => {
    if (field.kind === 'complex') return sql`1 = 0`;
    if (field.kind === 'scalar') return compare(field, op, value, json);
    const element = compare(field.element(path.sub), op, value, json);
    const found = some(field, element, op === 'eq' && isValue(path.sub?.name) ? value : undefined);
    return op === 'ne' ? sql`(${found} or not ${some(field, sql`1 = 1`)})` : found;
  };
  return condition(filter, fieldOf);
}

function some(field: ListField, element: Fragment, narrowBy?: Fragment): Fragment {
  const exists = sql`exists (select 1 from ${field.from} where ${field.where} and ${element})`;
  return narrowBy && field.narrow ? sql`(${field.narrow(narrowBy)} and ${exists})` : exists;
}

const orders: Partial<Record<CompareOp, Fragment>> = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };

function compare(field: ScalarField, op: CompareOp, value: Fragment, json: JsonSql): Fragment {
  const { comparable } = field;
  switch (op) {
    case 'eq':
      return sql`${comparable} = ${value}`;
    case 'ne':
      return sql`(${comparable} is null or ${comparable} <> ${value})`;
    case 'co':
      return json.contains(comparable, value);
    case 'sw':
      return json.startsWith(comparable, value);
    case 'ew':
      return json.endsWith(comparable, value);
    default: {
      const text = field.type === 'text' ? json.byCodePoint(comparable) : comparable;
      return sql`${text} ${orders[op] ?? sql`=`} ${value}`;
    }
  }
}

function isPresent(field: Field, path: ResolvedPath): Fragment {
  if (field.kind === 'complex') return field.present;
  if (field.kind === 'scalar') return hasValue(field);
  const { subAttributes } = path.attribute;
  if (path.sub !== undefined || subAttributes === undefined)
    return some(field, hasValue(field.element(path.sub)));
  const any = subAttributes.map((sub) => hasValue(field.element(sub)));
  return some(field, sql`(${sql.join(any, sql` or `)})`);
}

function hasValue({ value, type }: ScalarField): Fragment {
  return type === 'text' ? sql`(${value} is not null and ${value} <> '')` : sql`${value} is not null`;
}

const isValue = (name: string | undefined) => name === undefined || name === 'value';

/** Which of an element filter's values its `value` must equal for any match at all, if there is one. */
function valueIndex(filter: ResolvedFilter): number | undefined {
  if (filter.kind === 'compare')
    return filter.op === 'eq' && filter.path.attribute.name === 'value' ? 0 : undefined;
  if (filter.kind !== 'and') return undefined;
  const left = valueIndex(filter.left);
  if (left !== undefined) return left;
  const right = valueIndex(filter.right);
  return right === undefined ? undefined : countValues(filter.left) + right;
}

function countValues(filter: ResolvedFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return countValues(filter.left) + countValues(filter.right);
    case 'not':
    case 'valuePath':
      return countValues(filter.filter);
    default:
      return filter.kind === 'compare' ? 1 : 0;
  }
}

/** Whether an index leads to everything that can match; otherwise every row has to be looked at. */
export function isSelective(filter: ResolvedFilter, fieldOf: FieldOf): boolean {
  switch (filter.kind) {
    case 'never':
      return true;
    case 'and':
      return isSelective(filter.left, fieldOf) || isSelective(filter.right, fieldOf);
    case 'or':
      return isSelective(filter.left, fieldOf) && isSelective(filter.right, fieldOf);
    case 'compare': {
      if (filter.op !== 'eq') return false;
      const field = fieldOf(filter.path);
      return field.kind === 'list'
        ? field.narrow !== undefined && isValue(filter.path.sub?.name)
        : field.kind === 'scalar' && field.indexed;
    }
    case 'valuePath': {
      const field = fieldOf(filter.path);
      return field.kind === 'list' && field.narrow !== undefined && valueIndex(filter.filter) !== undefined;
    }
    default:
      return false;
  }
}
