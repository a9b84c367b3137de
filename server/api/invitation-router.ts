// Inviting people and reminding them. Each procedure is a command or a query by its name.
import { z } from 'zod';
import {
  inviteMembersSchema,
  inviteSchema,
  notInvitedQuerySchema,
  nudgePreviewSchema,
  nudgeSchema,
  pendingQuerySchema,
} from '../../shared/invitation.ts';
import { rolesToGive } from '../auth/access-policy.ts';
import { resendInvitation, revokeInvitation } from '../invitations/change-invitation.ts';
import { inviteEverybody } from '../invitations/invite-everybody.ts';
import { inviteFromText } from '../invitations/invite-from-text.ts';
import { inviteKnownMembers } from '../invitations/invite-members.ts';
import { listNotInvited, listPending } from '../invitations/list-invitations.ts';
import { nudgeMembers } from '../invitations/nudge-members.ts';
import { previewNudge } from '../invitations/preview-nudge.ts';
import { allowed, router } from './trpc.ts';

const member = z.strictObject({ memberId: z.string() });

export const invitationRouter = router({
  invite: allowed('invite people')
    .input(inviteSchema)
    .mutation(({ ctx, input }) => inviteFromText(ctx.deps, ctx.asked, input, rolesToGive(ctx.person))),
  inviteMembers: allowed('see and nudge pending invitations')
    .input(inviteMembersSchema)
    .mutation(({ ctx, input }) => inviteKnownMembers(ctx.deps, ctx.asked, input.memberIds)),
  inviteEverybody: allowed('see and nudge pending invitations').mutation(async function* ({ ctx }) {
    yield* inviteEverybody(ctx.deps, ctx.asked);
  }),
  pending: allowed('see and nudge pending invitations')
    .input(pendingQuerySchema)
    .query(({ ctx, input }) => listPending(ctx.deps, ctx.orgId, input)),
  notInvited: allowed('see and nudge pending invitations')
    .input(notInvitedQuerySchema)
    .query(({ ctx, input }) => listNotInvited(ctx.deps.db, ctx.orgId, input)),
  resend: allowed('see and nudge pending invitations')
    .input(member)
    .mutation(({ ctx, input }) => resendInvitation(ctx.deps, ctx.asked, input.memberId)),
  revoke: allowed('see and nudge pending invitations')
    .input(member)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.deps, ctx.asked, input.memberId)),
  nudge: allowed('see and nudge pending invitations')
    .input(nudgeSchema)
    .mutation(({ ctx, input }) => nudgeMembers(ctx.deps, ctx.asked, input)),
  previewNudge: allowed('see and nudge pending invitations')
    .input(nudgePreviewSchema)
    .query(({ ctx, input }) => previewNudge(ctx.deps, ctx.asked, input)),
});
