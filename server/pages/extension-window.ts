// The window in which the extension lets people sign in. Chromium shuts it at the first page that comes as a failure, so
// that nobody would read a wrong code or a refusal there: every page comes as a success instead. Knows a cookie, no page.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';

/** Enough to sign in, here or at an identity provider; other tabs lose nothing but the status of a page. */
const seconds = 30 * 60;

export function openExtensionWindow(reply: FastifyReply, deps: PagesDeps): void {
  setCookie(reply, deps, 'window', 'extension', seconds);
}

export function closeExtensionWindow(reply: FastifyReply, deps: PagesDeps): void {
  clearCookie(reply, deps, 'window');
}

/** The status to send a page with. */
export function statusInWindow(request: FastifyRequest, deps: PagesDeps, status: number): number {
  return status >= 400 && readCookie(request, deps, 'window') !== undefined ? 200 : status;
}
