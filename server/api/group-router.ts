// Groups, who is in them, and the roles they give. Each procedure is a command or a query by its name.
import { groupMembersQuerySchema, groupQuerySchema } from '../../shared/group.ts';
import { roleMappingsSchema } from '../../shared/role-mappings.ts';
import { listGroups } from '../groups/group-list-store.ts';
import { groupMembers } from '../groups/group-profile.ts';
import { changeRoleMappings, previewRoleMappings } from '../groups/role-mapping.ts';
import { listRoleMappings } from '../groups/role-mapping-store.ts';
import { allowed, router } from './trpc.ts';

export const groupRouter = router({
  list: allowed('see members')
    .input(groupQuerySchema)
    .query(({ ctx, input }) => listGroups(ctx.deps.database.scans, ctx.orgId, input)),
  members: allowed('see members')
    .input(groupMembersQuerySchema)
    .query(({ ctx, input }) => groupMembers(ctx.deps.db, ctx.orgId, input)),
  roleMappings: allowed('see members').query(({ ctx }) => listRoleMappings(ctx.deps.db, ctx.orgId)),
  previewRoleMappings: allowed('map groups to roles')
    .input(roleMappingsSchema)
    .query(({ ctx, input }) => previewRoleMappings(ctx.deps, ctx.orgId, input)),
  changeRoleMappings: allowed('map groups to roles')
    .input(roleMappingsSchema)
    .mutation(({ ctx, input }) => changeRoleMappings(ctx.deps, ctx.asked, input)),
});
