// The org itself: name and settings, domains, sign-up link. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { domainSchema } from '../../shared/domain.ts';
import { orgChangeSchema } from '../../shared/org-settings.ts';
import { changeOrg } from '../invitations/change-org.ts';
import { checkOrgDomain } from '../orgs/domain-verification.ts';
import { addOrgDomain, listOrgDomains, removeOrgDomain } from '../orgs/org-domains.ts';
import { changeSignUpLink, signUpAddress } from '../orgs/sign-up-link.ts';
import { orgState } from '../orgs/write-org.ts';
import { allowed, router } from './trpc.ts';

export const orgRouter = router({
  get: allowed('see the org’s settings').query(({ ctx }) => orgState(ctx.deps.db, ctx.orgId)),
  change: allowed('change the org’s settings')
    .input(orgChangeSchema)
    .mutation(({ ctx, input }) => changeOrg(ctx.deps, ctx.asked, input)),
  domains: allowed('see the org’s settings').query(({ ctx }) => listOrgDomains(ctx.deps.db, ctx.orgId)),
  addDomain: allowed('change the org’s settings')
    .input(domainSchema)
    .mutation(({ ctx, input }) => addOrgDomain(ctx.deps, ctx.asked, input.domain)),
  checkDomain: allowed('change the org’s settings')
    .input(domainSchema)
    .mutation(({ ctx, input }) => checkOrgDomain(ctx.deps, ctx.asked, input.domain)),
  removeDomain: allowed('change the org’s settings')
    .input(domainSchema)
    .mutation(({ ctx, input }) => removeOrgDomain(ctx.deps, ctx.asked, input.domain)),
  signUpLink: allowed('see the org’s settings').query(({ ctx }) => signUpAddress(ctx.deps, ctx.orgId)),
  changeSignUpLink: allowed('change the org’s settings')
    .input(z.enum(['on', 'off', 'rotate']))
    .mutation(({ ctx, input }) => changeSignUpLink(ctx.deps, ctx.asked, input)),
});
