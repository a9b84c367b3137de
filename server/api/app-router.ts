// The whole API by name. Knows which routers there are; its type is all that the extension sees of the server.
import { attributeRouter } from './attribute-router.ts';
import { auditRouter } from './audit-router.ts';
import { authRouter } from './auth-router.ts';
import { connectionRouter } from './connection-router.ts';
import { findingRouter } from './finding-router.ts';
import { groupRouter } from './group-router.ts';
import { holdRouter } from './hold-router.ts';
import { invitationRouter } from './invitation-router.ts';
import { liveRouter } from './live-router.ts';
import { mailRouter } from './mail-router.ts';
import { memberRouter } from './member-router.ts';
import { oauthClientRouter } from './oauth-client-router.ts';
import { orgRouter } from './org-router.ts';
import { readerRouter } from './reader-router.ts';
import { recordRouter } from './record-router.ts';
import { setupRouter } from './setup-router.ts';
import { ssoRouter } from './sso-router.ts';
import { syncRouter } from './sync-router.ts';
import { router } from './trpc.ts';
import { webhookRouter } from './webhook-router.ts';

export const appRouter = router({
  auth: authRouter,
  org: orgRouter,
  members: memberRouter,
  invitations: invitationRouter,
  groups: groupRouter,
  connections: connectionRouter,
  records: recordRouter,
  sync: syncRouter,
  setup: setupRouter,
  findings: findingRouter,
  holds: holdRouter,
  audit: auditRouter,
  mail: mailRouter,
  sso: ssoRouter,
  clients: oauthClientRouter,
  readers: readerRouter,
  webhooks: webhookRouter,
  attributes: attributeRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
