// Single sign-on: how it stands, testing it, setting it up, requiring it. Each procedure is a command or a query by its name.
import { ssoClientSchema, ssoRequiredSchema, ssoSettingsSchema } from '../../shared/single-sign-on.ts';
import { checkSso } from '../auth/check-sso.ts';
import { removeSso, requireSso, saveSso } from '../auth/set-up-sso.ts';
import { readSso } from '../members/read-sso.ts';
import { allowed, router } from './trpc.ts';

export const ssoRouter = router({
  get: allowed('see single sign-on').query(({ ctx }) => readSso(ctx.deps, ctx.orgId, ctx.person.memberId)),
  test: allowed('change single sign-on')
    .input(ssoClientSchema)
    .mutation(({ ctx, input }) => checkSso(ctx.deps, ctx.orgId, input)),
  save: allowed('change single sign-on')
    .input(ssoSettingsSchema)
    .mutation(async ({ ctx, input }) => {
      await saveSso(ctx.deps, ctx.asked, input);
      return readSso(ctx.deps, ctx.orgId, ctx.person.memberId);
    }),
  require: allowed('change single sign-on')
    .input(ssoRequiredSchema)
    .mutation(async ({ ctx, input }) => {
      await requireSso(ctx.deps, ctx.asked, input.required);
      return readSso(ctx.deps, ctx.orgId, ctx.person.memberId);
    }),
  remove: allowed('change single sign-on').mutation(({ ctx }) => removeSso(ctx.deps, ctx.asked)),
});
