// The pages about mail: stopping reminders, and the mails that land in a folder while there is no mail server. Knows who
// may see them, not how they look.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { mailLink, mailPaths } from '../../shared/mail-links.ts';
import { changeDepsOf } from '../audit/change-context.ts';
import { listLetters, readLetter } from '../delivery/mail-folder.ts';
import { readUnsubscribeToken, stopReminders } from '../delivery/stop-reminders.ts';
import { findOrg } from '../orgs/org-store.ts';
import { sendNotFoundPage } from './error-page.tsx';
import { originOf } from './origin-of.ts';
import { LetterPage, OutboxPage } from './outbox-page.tsx';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import { BrokenLinkPage, RemindersStoppedPage, StopRemindersPage } from './unsubscribe-page.tsx';

/** The page shows so many, newest first. */
const lettersShown = 200;

export async function mailRoutes(app: FastifyInstance, deps: PagesDeps): Promise<void> {
  unsubscribeRoutes(app, deps);
  outboxRoutes(app, deps);
}

function unsubscribeRoutes(app: FastifyInstance, deps: PagesDeps): void {
  // Mail programs that stop reminders with one click send a form of this type too. @see RFC 8058 §3.1
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, _body, done) =>
    done(null, undefined),
  );
  const tokenIn = (request: FastifyRequest): string => {
    const { token } = request.query as { readonly token?: unknown };
    return typeof token === 'string' ? token : '';
  };
  app.get(mailPaths.unsubscribe, async (request, reply) => {
    const token = tokenIn(request);
    const reminded = readUnsubscribeToken(deps.secret, token);
    const org = reminded && (await findOrg(deps.database.db, reminded.orgId));
    if (org === undefined) return sendPage(reply, createElement(BrokenLinkPage), { status: 400 });
    const action = mailLink('', 'unsubscribe', token);
    return sendPage(reply, createElement(StopRemindersPage, { orgName: org.name, action }));
  });
  app.post(mailPaths.unsubscribe, { config: { foreignForm: true } }, async (request, reply) => {
    const reminded = readUnsubscribeToken(deps.secret, tokenIn(request));
    if (reminded === undefined) return sendPage(reply, createElement(BrokenLinkPage), { status: 400 });
    await stopReminders(changeDepsOf(deps), reminded, originOf(request));
    return sendPage(reply, createElement(RemindersStoppedPage));
  });
}

interface OfLetter {
  readonly Params: { readonly name: string };
}

function outboxRoutes(app: FastifyInstance, deps: PagesDeps): void {
  const folderFor = (request: FastifyRequest) =>
    isNewcomersOwn(request, deps) ? deps.mailFolder : undefined;
  const letterFor = async (request: FastifyRequest<OfLetter>) => {
    const folder = folderFor(request);
    return folder === undefined ? undefined : readLetter(folder, request.params.name);
  };

  app.get('/outbox', async (request, reply) => {
    const folder = folderFor(request);
    if (folder === undefined) return sendNotFoundPage(request, reply);
    const names = await listLetters(folder, lettersShown);
    const letters = await Promise.all(
      names.map(async (name) => ({ name, letter: await readLetter(folder, name) })),
    );
    const there = letters.flatMap(({ name, letter }) => (letter ? [{ ...letter, name }] : []));
    return sendPage(reply, createElement(OutboxPage, { letters: there, folder }));
  });
  app.get<OfLetter>('/outbox/:name', async (request, reply) => {
    const letter = await letterFor(request);
    if (letter === undefined) return sendNotFoundPage(request, reply);
    const { name } = request.params;
    return sendPage(reply, createElement(LetterPage, { ...letter, name }), { frames: true });
  });
  app.get<OfLetter>('/outbox/:name/html', async (request, reply) => {
    const letter = await letterFor(request);
    return letter === undefined ? sendNotFoundPage(request, reply) : sendLetter(reply, letter.html);
  });
}

/** The mail by itself, to stand in a frame: no script, nothing from elsewhere, and no right of this site. */
function sendLetter(reply: FastifyReply, html: string): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "frame-ancestors 'self'",
    "form-action 'none'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
  return reply
    .headers({ 'content-security-policy': policy, 'x-frame-options': 'SAMEORIGIN' })
    .type('text/html; charset=utf-8')
    .send(html);
}

/**
 * Whether the browser runs on the computer that the server runs on, for its own trial: the links in these mails sign
 * people in. A proxy in between makes everybody look near, and a foreign name may have been pointed here.
 */
function isNewcomersOwn({ socket, headers }: FastifyRequest, { publicUrl }: PagesDeps): boolean {
  const isForwarded = Object.keys(headers).some((name) =>
    /^(?:forwarded|via|x-forwarded-|x-real-ip)/.test(name),
  );
  const hosts = [publicUrl(), `http://${headers.host ?? ''}`];
  return (
    !isForwarded &&
    /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') &&
    hosts.every((url) => URL.canParse(url) && isLoopback(new URL(url).hostname))
  );
}

const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
