// What a request looks like once ids, names and secrets are taken out: two requests of one shape differ in nothing that a
// server could tell clients apart by. Knows JSON and headers, no provider.
import type { CapturedRequest } from './capture-proxy.ts';
import type { Json } from './wire.ts';

/** The line and the headers, as "GET /Users/{id} | accept: … | …". Host, length and connection say nothing here. */
export function shapeOfHead({ method, path, headers }: Omit<CapturedRequest, 'body'>): string {
  const silent = ['host', 'connection', 'content-length', 'transfer-encoding'];
  const said = Object.entries(headers)
    .filter(([name]) => !silent.includes(name.toLowerCase()))
    .map(
      ([name, value]) => `${name}: ${name.toLowerCase() === 'authorization' ? shapeOfToken(value) : value}`,
    );
  return [`${method} ${shapeOfPath(path)}`, ...said.sort()].join(' | ');
}

const shapeOfToken = (value: string): string => value.replace(/[^ ]+$/, '{token}');

function shapeOfPath(path: string): string {
  return path
    .replace(/^(\/(?:Users|Groups))\/[^?/]+/, '$1/{id}')
    .replace(/%22.*?%22/g, '%22…%22')
    .replace(/startIndex=(?!1&)\d+/, 'startIndex={n}');
}

/** Where a body holds what, one line each: "emails/[]/value: string", "Operations/[]: Replace title: string". */
export function shapeOfBody(body: unknown): ReadonlySet<string> {
  if (body === undefined) return new Set();
  const { Operations: steps, ...rest } = body as { readonly Operations?: readonly Json[] };
  const ofSteps = (steps ?? []).flatMap((step) => [...shapeOfStep(step)]);
  return new Set([...leaves(rest, ''), ...ofSteps.map((step) => `Operations/[]: ${step}`)]);
}

/** A step without a path counts once for each of its keys. */
function shapeOfStep({ op, path, value }: Json): readonly string[] {
  const place = path === undefined ? '(no path)' : String(path).replace(/(value eq )".*?"/, '$1"…"');
  const values = value === undefined ? [': nothing'] : leaves(value, '');
  return values.map((leaf) => `${String(op)} ${place}${leaf}`);
}

function leaves(value: unknown, at: string): readonly string[] {
  if (Array.isArray(value)) {
    if (at === '/schemas') return value.map((urn) => `${at}: ${String(urn)}`);
    return value.length === 0 ? [`${at}: []`] : value.flatMap((one) => leaves(one, `${at}/[]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) => leaves(part, `${at}/${key}`));
  }
  // What tells dialects apart stays as it is: booleans, and strings that stand for one, or for a kind of entry.
  const telling = typeof value !== 'string' || /^(?:true|false|work|mobile|User|Group|)$/i.test(value);
  return [`${at}: ${telling ? JSON.stringify(value) : 'string'}`];
}
