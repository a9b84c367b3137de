// Proof that a form comes from a page of ours, in the browser that it was shown in. Knows headers and one cookie.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../core/app-error.ts';
import { keyedHash, newSecret, sameHash } from '../core/secrets.ts';
import { type CookieDeps, readCookie, setCookie } from './page-cookies.ts';

/** The name of the hidden field. */
export const formTokenField = 'form_token';

interface FormDeps extends CookieDeps {
  readonly secret: Buffer;
}

const purpose = 'form of browser';

/** What this browser alone holds; it gets one now if it has none. */
export function browserOf(deps: CookieDeps, request: FastifyRequest, reply: FastifyReply): string {
  const known = readCookie(request, deps, 'browser');
  if (known !== undefined) return known;
  const browser = newSecret();
  setCookie(reply, deps, 'browser', browser);
  return browser;
}

/** The token for forms on the page that answers this request; the browser gets its cookie with the first one. */
export function formTokenFor(deps: FormDeps, request: FastifyRequest, reply: FastifyReply): () => string {
  let browser: string | undefined;
  return () => {
    browser ??= browserOf(deps, request, reply);
    return keyedHash(deps.secret, purpose, browser);
  };
}

/**
 * Lets a form in that a page of ours sent from the same browser: by where the browser says it comes from, and by the
 * token in it, which another site can neither read nor make.
 * @throws AppError `form.foreign`
 */
export function requireOwnForm(deps: FormDeps, request: FastifyRequest): void {
  const browser = readCookie(request, deps, 'browser');
  const given = fieldOf(request.body, formTokenField);
  if (
    !isFromHere(deps, request) ||
    browser === undefined ||
    given === undefined ||
    !sameHash(given, keyedHash(deps.secret, purpose, browser))
  )
    throw new AppError('form.foreign', {});
}

/** Browsers name the page that a form was on; one that says neither is left to the token. */
function isFromHere({ publicUrl }: CookieDeps, { headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || from.origin === new URL(publicUrl()).origin;
}

/** A field of a form that was sent, when it is a text. */
export function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : undefined;
}
