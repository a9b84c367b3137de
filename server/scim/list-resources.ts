// Answers queries: one page of one resource type, or of all of them from the root. Knows paging, no HTTP and no SQL.
import { type CursorScope, type CursorState, openCursor, sealCursor } from './protocol/cursor.ts';
import { type Page, pageLimits } from './protocol/paging.ts';
import { type ResourceQuery, readQuery } from './protocol/query.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import {
  countResources,
  type ListedRow,
  type ListRequest,
  listResources,
  type Slice,
} from './resource-store.ts';
import { type ScimAnswer, type ScimContext, typeSeen } from './scim-context.ts';

/** The rows of one resource type on a page. */
interface Part {
  readonly endpoint: ResourceEndpoint;
  readonly query: ResourceQuery;
  readonly rows: readonly ListedRow<'User' | 'Group'>[];
}

/**
 * Answers a query over the endpoints in their order: one of them for `/Users`, all of them for the root. A name that
 * only some types have counts as absent in the others.
 * @throws ProtocolError as `readQuery` and `openCursor`
 * @see RFC 7644 §3.4.2, RFC 9865
 */
export async function answerQuery(
  context: ScimContext,
  endpoints: readonly ResourceEndpoint[],
  params: Readonly<Record<string, unknown>>,
): Promise<ScimAnswer> {
  const unknown = endpoints.length > 1 ? 'absent' : 'refuse';
  const asked = endpoints.map((endpoint) => ({
    endpoint,
    query: readQuery(typeSeen(context, endpoint.type), params, unknown),
  }));
  const page = asked[0]?.query.page ?? { method: 'index', startIndex: 1, count: 0 };
  const found =
    page.method === 'index'
      ? await pageByIndex(context, asked, page)
      : await pageByCursor(context, asked, page);
  const itemsPerPage = found.parts.reduce((sum, part) => sum + part.rows.length, 0);
  const head = JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.total,
    ...(page.method === 'index' && { startIndex: page.startIndex }),
    itemsPerPage,
    ...found.cursors,
  });
  return {
    status: 200,
    body: listText(context, head, found.parts),
    outcome: `found ${itemsPerPage} of ${found.total}`,
  };
}

interface Asked {
  readonly endpoint: ResourceEndpoint;
  readonly query: ResourceQuery;
}

interface Found {
  readonly parts: readonly Part[];
  readonly total: number;
  readonly cursors?: { readonly nextCursor?: string; readonly previousCursor?: string };
}

/** One more row than asked for tells whether there are more, and often spares the counting. */
async function pageByIndex(
  context: ScimContext,
  asked: readonly Asked[],
  { startIndex, count }: Extract<Page, { method: 'index' }>,
): Promise<Found> {
  const parts: Part[] = [];
  let total = 0;
  let wanted = count;
  let offset = startIndex - 1;
  for (const { endpoint, query } of asked) {
    const request = requestOf(context, endpoint, query);
    const rows = wanted > 0 ? await list(context, request, { offset, limit: wanted + 1 }) : [];
    const complete = wanted > 0 && rows.length <= wanted && (offset === 0 || rows.length > 0);
    const here = complete ? offset + rows.length : await countResources(context.deps.database, request);
    parts.push({ endpoint, query, rows: rows.slice(0, wanted) });
    wanted -= Math.min(rows.length, wanted);
    offset = Math.max(0, offset - here);
    total += here;
  }
  return { parts, total };
}

/** A cursor's key begins with the type it is in; pages lead back only within one type, which the RFC leaves open. */
async function pageByCursor(
  context: ScimContext,
  asked: readonly Asked[],
  page: Extract<Page, { method: 'cursor' }>,
): Promise<Found> {
  const { deps, view } = context;
  const binding = JSON.stringify([
    view.viewerId,
    asked.map(({ endpoint, query }) => [endpoint.type.name, query.filter, query.sort]),
  ]);
  const scope: CursorScope = { binding, count: page.count };
  const state = page.cursor === '' ? undefined : openCursor(deps.secret, scope, page.cursor, deps.now());
  const parts: Part[] = [];
  let total = 0;
  let wanted = page.count;
  let more = false;
  let started = state === undefined;
  for (const { endpoint, query } of asked) {
    const request = requestOf(context, endpoint, query);
    total += await countResources(deps.database, request);
    const from =
      !started && state?.key[0] === endpoint.type.name ? { ...state, key: state.key.slice(1) } : undefined;
    started ||= from !== undefined;
    if (!started || more || page.count === 0) continue;
    const slice: Slice = from ? { from, limit: wanted + 1 } : { offset: 0, limit: wanted + 1 };
    const read = await list(context, request, slice);
    more = read.length > wanted;
    const rows = state?.direction === 'previous' ? read.slice(-wanted) : read.slice(0, wanted);
    parts.push({ endpoint, query, rows: wanted === 0 ? [] : rows });
    wanted -= Math.min(read.length, wanted);
  }
  const seal = (
    direction: CursorState['direction'],
    part: Part | undefined,
    row: Part['rows'][number] | undefined,
  ) =>
    part && row
      ? sealCursor(
          deps.secret,
          scope,
          { direction, key: keyOf(part, row) },
          deps.now() + pageLimits.cursorTimeout * 1000,
        )
      : undefined;
  const filled = parts.filter((part) => part.rows.length > 0);
  const backwards = state?.direction === 'previous';
  const hasNext = backwards || more;
  const hasPrevious = asked.length === 1 && (backwards ? more : state !== undefined);
  const nextCursor = hasNext ? seal('next', filled.at(-1), filled.at(-1)?.rows.at(-1)) : undefined;
  const previousCursor = hasPrevious ? seal('previous', filled[0], filled[0]?.rows[0]) : undefined;
  return {
    parts,
    total,
    cursors: { ...(nextCursor && { nextCursor }), ...(previousCursor && { previousCursor }) },
  };
}

function keyOf({ endpoint, query }: Part, row: Part['rows'][number]): CursorState['key'] {
  return [endpoint.type.name, ...(query.sort ? [row.sort_key] : []), row.seq];
}

function requestOf(context: ScimContext, endpoint: ResourceEndpoint, query: ResourceQuery): ListRequest {
  const { orgId, view, base } = context;
  const { filter, sort } = query;
  const { viewerId, reach } = view;
  return { type: typeSeen(context, endpoint.type), orgId, connectionId: viewerId, reach, base, filter, sort };
}

function list(context: ScimContext, request: ListRequest, slice: Slice): Promise<Part['rows']> {
  return listResources(context.deps.database, request, slice);
}

async function* listText(context: ScimContext, head: string, parts: readonly Part[]): AsyncGenerator<string> {
  yield `${head.slice(0, -1)},"Resources":[`;
  let opened = false;
  for (const { endpoint, query, rows } of parts) {
    if (rows.length === 0) continue;
    if (opened) yield ',';
    opened = true;
    yield* endpoint.render(context, rows as never, query.projection);
  }
  yield ']}';
}
