// OAuth clients of connections and readers, for admins. Each procedure is a command or a query by its name.
import {
  addedCredentialSchema,
  clientCredentialSchema,
  clientOwnerSchema,
  newOauthClientSchema,
  oauthClientSchema,
} from '../../shared/oauth-client.ts';
import {
  addCredential,
  createClient,
  removeClient,
  revokeCredential,
} from '../provisioning/change-oauth-client.ts';
import { listClients } from '../provisioning/list-oauth-clients.ts';
import { allowed, router } from './trpc.ts';

export const oauthClientRouter = router({
  list: allowed('see machine clients')
    .input(clientOwnerSchema)
    .query(({ ctx, input }) => listClients(ctx.deps, ctx.orgId, input)),
  create: allowed('change machine clients')
    .input(newOauthClientSchema)
    .mutation(({ ctx, input }) => createClient(ctx.deps, ctx.asked, input)),
  addCredential: allowed('change machine clients')
    .input(addedCredentialSchema)
    .mutation(({ ctx, input }) => addCredential(ctx.deps, ctx.asked, input)),
  revokeCredential: allowed('change machine clients')
    .input(clientCredentialSchema)
    .mutation(({ ctx, input }) => revokeCredential(ctx.deps, ctx.asked, input)),
  remove: allowed('change machine clients')
    .input(oauthClientSchema)
    .mutation(({ ctx, input }) => removeClient(ctx.deps, ctx.asked, input.clientId)),
});
