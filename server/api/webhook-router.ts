// Webhook endpoints, their deliveries, and sending again. Each procedure is a command or a query by its name.
import {
  newWebhookSchema,
  webhookChangeSchema,
  webhookDeliveriesSchema,
  webhookDeliverySchema,
  webhookEnableSchema,
  webhookReplaySchema,
  webhookSchema,
} from '../../shared/webhook.ts';
import {
  changeWebhook,
  createWebhook,
  removeWebhook,
  rotateWebhookSecret,
} from '../webhooks/change-webhook.ts';
import { listAttempts, listDeliveries, listWebhooks } from '../webhooks/list-webhooks.ts';
import { replayDeliveries } from '../webhooks/replay-deliveries.ts';
import { disableWebhook, enableWebhook } from '../webhooks/switch-webhook.ts';
import { testWebhook } from '../webhooks/test-webhook.ts';
import { allowed, router } from './trpc.ts';

export const webhookRouter = router({
  list: allowed('see webhooks').query(({ ctx }) => listWebhooks(ctx.deps, ctx.orgId)),
  create: allowed('change webhooks')
    .input(newWebhookSchema)
    .mutation(({ ctx, input }) => createWebhook(ctx.deps, ctx.asked, input)),
  change: allowed('change webhooks')
    .input(webhookChangeSchema)
    .mutation(({ ctx, input }) => changeWebhook(ctx.deps, ctx.asked, input)),
  remove: allowed('change webhooks')
    .input(webhookSchema)
    .mutation(({ ctx, input }) => removeWebhook(ctx.deps, ctx.asked, input.endpointId)),
  rotate: allowed('change webhooks')
    .input(webhookSchema)
    .mutation(({ ctx, input }) => rotateWebhookSecret(ctx.deps, ctx.asked, input.endpointId)),
  enable: allowed('change webhooks')
    .input(webhookEnableSchema)
    .mutation(({ ctx, input }) => enableWebhook(ctx.deps, ctx.asked, input)),
  disable: allowed('change webhooks')
    .input(webhookSchema)
    .mutation(({ ctx, input }) => disableWebhook(ctx.deps, ctx.asked, input.endpointId)),
  test: allowed('change webhooks')
    .input(webhookSchema)
    .mutation(({ ctx, input }) => testWebhook(ctx.deps, ctx.orgId, input.endpointId)),
  deliveries: allowed('see webhooks')
    .input(webhookDeliveriesSchema)
    .query(({ ctx, input }) => listDeliveries(ctx.deps.db, ctx.orgId, input)),
  attempts: allowed('see webhooks')
    .input(webhookDeliverySchema)
    .query(({ ctx, input }) => listAttempts(ctx.deps.db, ctx.orgId, input)),
  replay: allowed('change webhooks')
    .input(webhookReplaySchema)
    .mutation(({ ctx, input }) => replayDeliveries(ctx.deps, ctx.asked, input)),
});
