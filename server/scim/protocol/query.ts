// Everything a list request says, from a query string or a /.search body. Knows the parameters, not who answers them.
import type { ResourceType } from './attribute.ts';
import { parseFilter } from './filter.ts';
import { type ResolvedFilter, resolveFilter, type UnknownAttribute } from './filter-resolve.ts';
import { type Page, readPage } from './paging.ts';
import { parsePath, type ResolvedPath, resolvePath, simplePath } from './path.ts';
import { type Projection, readProjection } from './project.ts';
import { type BadRequestType, ProtocolError } from './protocol-error.ts';

/** Which resources, in which order, which page of them, and which of their attributes. @see RFC 7644 §3.4.2 */
export interface ResourceQuery {
  readonly filter?: ResolvedFilter;
  readonly sort?: Sort;
  readonly page: Page;
  readonly projection: Projection;
}

/** `path` leads to a simple attribute; no value sorts last ascending, first descending. @see RFC 7644 §3.4.2.3 */
export interface Sort {
  readonly path: ResolvedPath;
  readonly descending: boolean;
}

/**
 * Reads the parameters of a query string (a repeated one is an array) or a SearchRequest body. Parameter names in any
 * letter case; unknown and empty parameters are ignored, but an empty `cursor` asks for the first page by cursor.
 * Of a repeated parameter the last counts; attribute lists join.
 * `unknown` says what a name outside the type's schemas means: under 'absent' it neither filters nor sorts.
 * @throws ProtocolError invalidFilter | invalidPath | invalidValue | invalidCount | invalidCursor
 * @see RFC 7644 §3.4.2, §3.4.3
 */
export function readQuery(
  type: ResourceType,
  params: Readonly<Record<string, unknown>>,
  unknown: UnknownAttribute = 'refuse',
): ResourceQuery {
  const given = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const text = readText(given, 'filter', 'invalidFilter');
  const sort = readSort(type, given, unknown);
  return {
    ...(text !== undefined && { filter: resolveFilter(parseFilter(text), type, unknown) }),
    ...(sort !== undefined && { sort }),
    page: readPage(
      single(given, 'startIndex'),
      single(given, 'count'),
      lastOf(given.get('cursor')) ?? undefined,
    ),
    projection: readProjection(type, readNames(given, 'attributes'), readNames(given, 'excludedAttributes')),
  };
}

type Given = ReadonlyMap<string, unknown>;

function readSort(type: ResourceType, given: Given, unknown: UnknownAttribute): Sort | undefined {
  const order = readText(given, 'sortOrder', 'invalidValue')?.toLowerCase() ?? 'ascending';
  if (order !== 'ascending' && order !== 'descending')
    throw new ProtocolError(
      'invalidValue',
      '"sortOrder" must be "ascending" or "descending". Correct it or leave it out.',
    );
  const name = readText(given, 'sortBy', 'invalidPath');
  if (name === undefined) return undefined;
  const typed = parsePath(name);
  const path = typed && resolvePath(type, typed);
  if (path === undefined && typed !== undefined && unknown === 'absent') return undefined;
  const simple = path && simplePath(path);
  if (simple === undefined || (simple.sub ?? simple.attribute).returned === 'never')
    throw new ProtocolError(
      'invalidPath',
      `"sortBy" must name an attribute with a single value that /Schemas lists for a ${type.name}, ` +
        'such as "name.familyName". Correct it or leave it out.',
    );
  return { path: simple, descending: order === 'descending' };
}

function readText(given: Given, name: string, scimType: BadRequestType): string | undefined {
  const value = single(given, name);
  if (value !== undefined && typeof value !== 'string')
    throw new ProtocolError(scimType, `"${name}" must be a string. Correct it or leave it out.`);
  return value;
}

function readNames(given: Given, name: string): readonly string[] | undefined {
  const names = [given.get(name.toLowerCase())]
    .flat()
    .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return names.length === 0 ? undefined : names;
}

/** A parameter that counts once: the last one sent, undefined where that is empty. */
function single(given: Given, name: string): unknown {
  const value = lastOf(given.get(name.toLowerCase()));
  const trimmed = typeof value === 'string' ? value.trim() : value;
  return trimmed === '' || trimmed === null ? undefined : trimmed;
}

function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/**
 * Reads `attributes` and `excludedAttributes` alone, for answers with one resource; `asked` says whether either came.
 * @see RFC 7644 §3.9
 */
export function readAttributeParams(
  type: ResourceType,
  params: Readonly<Record<string, unknown>>,
): { readonly projection: Projection; readonly asked: boolean } {
  const given = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const [wanted, excluded] = [readNames(given, 'attributes'), readNames(given, 'excludedAttributes')];
  return {
    projection: readProjection(type, wanted, excluded),
    asked: wanted !== undefined || excluded !== undefined,
  };
}
