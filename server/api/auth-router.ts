// Who is signed in, and their own sessions. Signing in itself happens on the server's pages.
import { z } from 'zod';
import { endOtherSessions, endOwnSession, ownSessions } from '../auth/own-sessions.ts';
import { whoIs } from '../members/who-is.ts';
import { allowed, router } from './trpc.ts';

export const authRouter = router({
  me: allowed('see their own profile').query(({ ctx }) => whoIs(ctx.deps.db, ctx.person)),
  sessions: allowed('end their own sessions').query(({ ctx }) => ownSessions(ctx.deps, ctx.person)),
  endSession: allowed('end their own sessions')
    .input(z.strictObject({ sessionId: z.string() }))
    .mutation(({ ctx, input }) => endOwnSession(ctx.deps, ctx.asked, input.sessionId)),
  endOtherSessions: allowed('end their own sessions').mutation(({ ctx }) =>
    endOtherSessions(ctx.deps, ctx.asked, ctx.person.sessionId),
  ),
});
