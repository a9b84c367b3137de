// The cookies of the server's pages: their names, how long they last, and that nobody but the server reads them.
import type { FastifyReply, FastifyRequest } from 'fastify';

/** `session`: who is signed in; `browser`: which browser sends a form, or went to an identity provider; `sign-in`: who asked for a code; `window`: signing in for the extension. */
export type CookieName = 'session' | 'browser' | 'sign-in' | 'window';

/** What pages need to know to set a cookie. */
export interface CookieDeps {
  readonly publicUrl: () => string;
}

const isSecure = ({ publicUrl }: CookieDeps): boolean => publicUrl().startsWith('https:');

// With this prefix no neighbouring host, and nothing sent in the clear, can set it. @see RFC 6265bis §4.1.3.2
const fullName = (deps: CookieDeps, name: CookieName): string =>
  `${isSecure(deps) ? '__Host-' : ''}rollcall-${name}`;

export function readCookie(request: FastifyRequest, deps: CookieDeps, name: CookieName): string | undefined {
  return request.cookies[fullName(deps, name)];
}

/** Sets a cookie for so many seconds; without a number it lasts until the browser is closed. */
export function setCookie(
  reply: FastifyReply,
  deps: CookieDeps,
  name: CookieName,
  value: string,
  seconds?: number,
): void {
  reply.setCookie(fullName(deps, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(deps),
    ...(seconds !== undefined && { maxAge: seconds }),
  });
}

export function clearCookie(reply: FastifyReply, deps: CookieDeps, name: CookieName): void {
  setCookie(reply, deps, name, '', 0);
}
