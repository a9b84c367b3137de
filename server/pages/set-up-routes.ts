// The first run: until there is an org, every page leads to the set-up page, which asks for the code in the terminal.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeDepsOf } from '../audit/change-context.ts';
import { sameHash } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { setUpOrg } from '../members/set-up-org.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { startBrowserSession } from './browser-session.ts';
import { emailField } from './email-field.ts';
import { problemsOf } from './form-problems.ts';
import { fieldOf } from './form-token.ts';
import { originOf } from './origin-of.ts';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import { SetUpDonePage, SetUpPage } from './set-up-pages.tsx';
import { createThrottle, placeOf, type Throttle } from './sign-in-throttle.ts';

const path = '/set-up';

const formSchema = z.object({
  org: z
    .string()
    .trim()
    .min(1, 'Type the name of your organisation.')
    .max(100, 'Choose a name of at most 100 characters.')
    .regex(/^\P{Cc}*$/u, 'Write the name on one line.'),
  email: emailField,
});

interface Options {
  readonly deps: PagesDeps;
  readonly throttle: Throttle;
  readonly hasOrg: OrgWatch;
}

/** Wherever they come from, so many tries at the code an hour are all there are. */
const triesPerHour = 50;

export async function setUpRoutes(app: FastifyInstance, { deps, throttle, hasOrg }: Options): Promise<void> {
  const everybody = createThrottle(triesPerHour, 60);

  app.get(path, async (_request, reply) => {
    if (await hasOrg()) return reply.redirect('/', 303);
    return sendPage(reply, SetUpPage({}));
  });

  app.post(path, async (request, reply) => {
    if (await hasOrg()) return reply.redirect('/', 303);
    await throttle.take(placeOf(request.ip));
    await everybody.take('set-up');
    const given = { org: fieldOf(request.body, 'org') ?? '', email: fieldOf(request.body, 'email') ?? '' };
    const form = formSchema.safeParse(given);
    const problems = form.success ? [] : problemsOf(form.error);
    const code = fieldOf(request.body, 'code')?.replace(/\D/g, '') ?? '';
    if (!sameHash(code, deps.setUpCode))
      problems.push({
        field: 'code',
        message: 'Type the code that the server printed last in its terminal.',
      });
    if (!form.success || problems.length > 0)
      return sendPage(reply, SetUpPage({ given, problems }), { status: 422 });
    return setUp(request, reply, form.data);
  });

  async function setUp(
    request: FastifyRequest,
    reply: FastifyReply,
    { org: name, email }: z.output<typeof formSchema>,
  ): Promise<FastifyReply> {
    const actor = { kind: 'operator', id: 'set-up page' } as const;
    const asked = { actor, ...originOf(request), name, ownerEmail: email };
    const org = await setUpOrg(changeDepsOf(deps), asked);
    await startBrowserSession(reply, deps, { orgId: org.id, memberId: org.ownerId });
    return sendPage(reply, SetUpDonePage({ orgName: org.name, email }));
  }
}

/** Sends whoever asks for a page to the set-up page while there is nothing else to do. */
export function leadToSetUp(app: FastifyInstance, hasOrg: OrgWatch): void {
  app.addHook('onRequest', async (request, reply) => {
    const { config, url } = request.routeOptions;
    if (url === path || config.foreignForm || (await hasOrg())) return;
    return reply.redirect(path, 303);
  });
}

/** Whether there is an org. */
export type OrgWatch = () => Promise<boolean>;

/** Looks for an org until there is one, since from then on there always is. */
export function watchForOrg(db: Db): OrgWatch {
  let known = false;
  return async () => {
    known ||= (await listOrgs(db)).length > 0;
    return known;
  };
}
