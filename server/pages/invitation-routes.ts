// The addresses of invitations: the page that a mail's link opens, and its button. Knows the order of the steps.

import type { FastifyInstance } from 'fastify';
import { changeDepsOf } from '../audit/change-context.ts';
import { acceptInvitation, lookUpInvitation } from '../invitations/accept-invitation.ts';
import { startBrowserSession } from './browser-session.ts';
import { fieldOf } from './form-token.ts';
import { InvitationOverPage, InvitationPage, WelcomePage } from './invitation-pages.tsx';
import { originOf } from './origin-of.ts';
import type { PagesDeps } from './pages-deps.ts';
import { personNameField } from './person-name-field.ts';
import { sendPage } from './send-page.tsx';
import { placeOf, type Throttle } from './sign-in-throttle.ts';

interface Options {
  readonly deps: PagesDeps;
  readonly throttle: Throttle;
}

export async function invitationRoutes(app: FastifyInstance, { deps, throttle }: Options): Promise<void> {
  const changes = changeDepsOf(deps);

  app.get('/invitation', async (request, reply) => {
    const token = fieldOf(request.query, 'token') ?? '';
    const found = await lookUpInvitation(changes, token);
    if (found.state !== 'open') return sendPage(reply, InvitationOverPage(found));
    return sendPage(reply, InvitationPage({ token, ...found }));
  });

  app.post('/invitation', async (request, reply) => {
    await throttle.take(placeOf(request.ip));
    const token = fieldOf(request.body, 'token') ?? '';
    const found = await lookUpInvitation(changes, token);
    if (found.state !== 'open') return sendPage(reply, InvitationOverPage(found));
    const typed = fieldOf(request.body, 'name') ?? '';
    const named = found.isManaged ? undefined : personNameField.safeParse(typed);
    if (named?.success === false) {
      const problems = named.error.issues.map(({ message }) => ({ field: 'name', message }));
      return sendPage(reply, InvitationPage({ token, ...found, name: typed, problems }), { status: 422 });
    }
    const name = named?.data ?? found.name;
    const accepted = await acceptInvitation(changes, { token, name, ...originOf(request) });
    if (accepted.state !== 'accepted')
      return sendPage(reply, InvitationOverPage({ state: accepted.state, orgName: found.orgName }));
    await startBrowserSession(reply, deps, accepted);
    return sendPage(reply, WelcomePage({ orgName: found.orgName }));
  });
}
