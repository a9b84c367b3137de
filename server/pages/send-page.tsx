// Sends a page with the headers that keep it safe: no script, no framing, no copy in any cache. Knows HTTP, no page.
import type { FastifyReply } from 'fastify';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { statusInWindow } from './extension-window.ts';
import { FormToken } from './form.tsx';
import { formTokenFor } from './form-token.ts';
import { pageStyleHash } from './page-style.ts';
import type { PagesDeps } from './pages-deps.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What the pages are made of; only in the room that `pagesPlugin` opens. */
    readonly pages?: PagesDeps;
  }
}

interface SendOptions {
  readonly status?: number;
  /** Whether the page shows another one of ours inside it. */
  readonly frames?: boolean;
  /** The origin that the answer to the page's form leads to, when it is not this one. */
  readonly formTarget?: string;
}

/** For every answer, redirects included. The address of a page stays here: links in mails carry tokens. */
export const pageHeaders = {
  'cache-control': 'no-store',
  // Not "no-referrer": with that, browsers send forms without saying where they come from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Sends the page that this element (a `Page`) describes. */
export function sendPage(
  reply: FastifyReply,
  page: ReactElement,
  { status = 200, frames = false, formTarget }: SendOptions = {},
): FastifyReply {
  const { pages } = reply.server;
  const withToken = pages ? (
    <FormToken value={formTokenFor(pages, reply.request, reply)}>{page}</FormToken>
  ) : (
    page
  );
  const html = renderToStaticMarkup(withToken);
  const policy = [
    "default-src 'none'",
    `style-src '${pageStyleHash}'`,
    'img-src data:',
    ...(frames ? ["frame-src 'self'"] : []),
    // Chromium holds the redirect that answers a form to this as well.
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return reply
    .code(pages ? statusInWindow(reply.request, pages, status) : status)
    .headers({ ...pageHeaders, 'content-security-policy': policy.join('; ') })
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${html}`);
}
