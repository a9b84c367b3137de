// What a request asked for, without what it asked about: ids, addresses and names never reach the provisioning record.
// Pure; takes any text whatever.
import { type Filter, parseFilter, printFilter } from './protocol/filter.ts';

const longest = { segment: 32, segments: 12, path: 200, name: 40, query: 400 };

const collections = new Set(['users', 'groups']);
const schemaUrn = /^urn:ietf:params:scim:[\w:.]{1,80}$/i;
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** A word such as "Usres" or "v2" explains a wrong address; anything with digits inside may be an id or a token. */
const plainWord = /^(?:[a-z.-]+|v\d)$/i;

/** "/Users/0192…" → "/Users/{id}"; slashes stay as they came, words stay readable, all else becomes "{id}". */
export function pathShape(path: string): string {
  const segments = path.split('/').slice(0, longest.segments + 1);
  const shape = segments.map((segment, index) => segmentShape(segment, segments[index - 1] ?? '')).join('/');
  return cut(shape, longest.path);
}

function segmentShape(segment: string, before: string): string {
  if (segment === '' || schemaUrn.test(segment)) return segment;
  const known = collections.has(segment.toLowerCase()) || segment.toLowerCase() === '.search';
  if (known) return segment;
  if (collections.has(before.toLowerCase())) return '{id}';
  return plainWord.test(segment) && segment.length <= longest.segment ? segment : '{id}';
}

/** How the value of each parameter is shown; those not named here show "?". */
const shown = new Map<string, (value: string) => string>([
  ['filter', filterShape],
  ['startindex', keepIf(/^-?\d{1,10}$/)],
  ['count', keepIf(/^-?\d{1,10}$/)],
  ['attributes', keepIf(/^[\w.:,$ -]{0,200}$/)],
  ['excludedattributes', keepIf(/^[\w.:,$ -]{0,200}$/)],
  ['sortby', keepIf(/^[\w.:$-]{0,100}$/)],
  ['sortorder', keepIf(/^[a-z]{0,20}$/i)],
]);

function keepIf(pattern: RegExp): (value: string) => string {
  return (value) => (pattern.test(value) ? value : '?');
}

/** 'filter=userName%20eq%20%22ada%22&count=100' → "filter=userName eq ?&count=100". Takes the text after the "?". */
export function queryShape(query: string): string {
  const shape = query
    .split('&')
    .filter((part) => part !== '')
    .map(parameterShape)
    .join('&');
  return cut(shape, longest.query);
}

function parameterShape(part: string): string {
  const [rawName = '', ...rest] = part.split('=');
  const name = /^[a-z][\w.-]*$/i.test(rawName) && rawName.length <= longest.name ? rawName : '?';
  if (rest.length === 0) return name;
  const value = decode(rest.join('='));
  if (value === '') return `${name}=`;
  return `${name}=${shown.get(name.toLowerCase())?.(value) ?? '?'}`;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/**
 * 'userName eq "ada" and active eq true' → "userName eq ? and active eq ?"; "?" alone when it cannot be read. A GUID shows
 * as "{id}": nobody is called so, and Entra tests a connection by asking for one.
 */
function filterShape(text: string): string {
  try {
    return printFilter(withoutValues(parseFilter(text))).replace(/"(\?|\{id\})"/g, '$1');
  } catch {
    return '?';
  }
}

function withoutValues(filter: Filter): Filter {
  switch (filter.kind) {
    case 'compare':
      return { ...filter, value: guid.test(String(filter.value)) ? '{id}' : '?' };
    case 'present':
      return filter;
    case 'not':
    case 'valuePath':
      return { ...filter, filter: withoutValues(filter.filter) };
    case 'and':
    case 'or':
      return { ...filter, left: withoutValues(filter.left), right: withoutValues(filter.right) };
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
