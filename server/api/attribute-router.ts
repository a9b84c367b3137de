// An org's own attributes: as they stand, what a step would come to, and taking it. Each procedure is a command or a query.
import { attributeSaveSchema, attributeStepSchema } from '../../shared/custom-attributes.ts';
import { customAttributes, previewAttributeStep, saveAttributes } from '../attributes/save-attributes.ts';
import { allowed, router } from './trpc.ts';

export const attributeRouter = router({
  get: allowed('see custom attributes').query(({ ctx }) => customAttributes(ctx.deps.db, ctx.orgId)),
  preview: allowed('change custom attributes')
    .input(attributeStepSchema)
    .query(({ ctx, input }) => previewAttributeStep(ctx.deps, ctx.orgId, input)),
  save: allowed('change custom attributes')
    .input(attributeSaveSchema)
    .mutation(({ ctx, input }) => saveAttributes(ctx.deps, ctx.asked, input)),
});
