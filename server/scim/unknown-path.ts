// What to say about an address under a connection that is no SCIM endpoint: mostly a base URL pasted wrongly.
import { ScimRefusal } from './scim-error.ts';

const methodsOf: readonly (readonly [path: RegExp, methods: string])[] = [
  [/^\/(Users|Groups)$/, 'GET, POST'],
  [/^\/(Users|Groups)\/[^/]+$/, 'GET, PUT, PATCH, DELETE'],
  [/^\/((Users|Groups)\/)?\.search$/, 'POST'],
  [/^\/Bulk$/, 'POST'],
  [/^\/(ServiceProviderConfig|(ResourceTypes|Schemas)(\/[^/]+)?)$/, 'GET'],
];

/**
 * Explains a request that no endpoint takes; `path` is what follows the connection's own address.
 * @see RFC 7644 §3.12
 */
export function unknownPath(base: string, method: string, path: string): ScimRefusal {
  const clean = `/${path.split('/').filter(Boolean).join('/')}`;
  const inside = clean.startsWith('/scim/v2/') ? clean.slice('/scim/v2'.length) : undefined;
  const allowed = methodsOf.find(([pattern]) => inside !== undefined && pattern.test(inside))?.[1];
  if (allowed !== undefined) {
    return new ScimRefusal({
      status: 405,
      detail: `${method} is not possible here. This address takes ${allowed}.`,
      headers: { allow: allowed },
      outcome: 'refused: method not allowed',
    });
  }
  return new ScimRefusal({
    status: 404,
    detail: explain(base, clean, inside),
    outcome: 'refused: unknown path',
  });
}

function explain(base: string, clean: string, inside: string | undefined): string {
  const remedy = `Set the base URL in your identity provider to ${base} and nothing more.`;
  const shown = clean.slice(0, 120);
  if (inside === undefined)
    return `The base URL is incomplete: "${shown}" is called, and "/scim/v2" is missing. ${remedy}`;
  if (inside.startsWith('/scim/v2')) return `The base URL holds "/scim/v2" twice. ${remedy}`;
  if (/^\/(Users|Groups)\/(Users|Groups)(\/|$)/.test(inside)) {
    return `The base URL ends in a resource name that your identity provider adds by itself. ${remedy}`;
  }
  if (/^\/(users|groups|serviceproviderconfig|resourcetypes|schemas|bulk)(\/|$)/i.test(inside)) {
    return `Addresses are case-sensitive, and "${shown}" is not one of them. ${remedy}`;
  }
  return `There is nothing at "${shown}". ${remedy}`;
}
