import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { appInfoSchema, overviewSchema, settingsPatchSchema, settingsSchema, topicSchema } from './app.ts';
import {
  campaignDetailSchema,
  campaignPageSchema,
  campaignSchema,
  deliveryDetailSchema,
  deliveryPageSchema,
  draftSchema,
  listDeliveriesInputSchema,
  preflightInputSchema,
  preflightSchema,
  resumePartInputSchema,
  startCampaignInputSchema,
} from './campaign.ts';
import { cursorSchema, pageSizeSchema } from './common.ts';
import { campaignIdSchema, deliveryIdSchema, keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import {
  generateKeyPairInputSchema,
  importKeyPairInputSchema,
  keyPairSchema,
  updateKeyPairInputSchema,
} from './key-pair.ts';
import { procedureErrors } from './problem.ts';
import { servedRequestSchema, serverStatusSchema } from './server.ts';
import {
  importPreviewSchema,
  importResultSchema,
  importSubscriptionsInputSchema,
  listSubscriptionsInputSchema,
  subscriptionCountsSchema,
  subscriptionFilterSchema,
  subscriptionPageSchema,
  subscriptionSchema,
} from './subscription.ts';

const procedure = oc.errors(procedureErrors);
const subscriptionIds = z.object({ ids: z.array(subscriptionIdSchema).min(1).max(10_000) });

/**
 * Everything the engine does for a user interface or a script. The same contract is served over a MessagePort (window),
 * in process (tests, headless) and over HTTP (local API).
 */
export const contract = {
  app: {
    info: procedure.route({ method: 'GET', path: '/app' }).output(appInfoSchema),
    overview: procedure.route({ method: 'GET', path: '/overview' }).output(overviewSchema),
    settings: procedure.route({ method: 'GET', path: '/settings' }).output(settingsSchema),
    changeSettings: procedure
      .route({ method: 'PATCH', path: '/settings' })
      .input(settingsPatchSchema)
      .output(settingsSchema),
    /** What changed, at most ten times a second, topics merged. */
    changes: procedure
      .route({ method: 'GET', path: '/changes' })
      .output(eventIterator(z.object({ topics: z.array(topicSchema) }))),
  },
  keys: {
    list: procedure.route({ method: 'GET', path: '/key-pairs' }).output(z.array(keyPairSchema)),
    generate: procedure
      .route({ method: 'POST', path: '/key-pairs' })
      .input(generateKeyPairInputSchema)
      .output(keyPairSchema),
    import: procedure
      .route({ method: 'POST', path: '/key-pairs/import' })
      .input(importKeyPairInputSchema)
      .output(keyPairSchema),
    update: procedure
      .route({ method: 'PATCH', path: '/key-pairs/{id}' })
      .input(updateKeyPairInputSchema)
      .output(keyPairSchema),
    /** Makes this pair the one that the subscribe page hands out. */
    use: procedure
      .route({ method: 'POST', path: '/key-pairs/{id}/use' })
      .input(z.object({ id: keyPairIdSchema }))
      .output(keyPairSchema),
    /** Refused while active subscriptions belong to it. */
    remove: procedure
      .route({ method: 'DELETE', path: '/key-pairs/{id}' })
      .input(z.object({ id: keyPairIdSchema }))
      .output(z.object({ id: keyPairIdSchema })),
    /** Writes both halves to a file that the person picks; the private half never reaches the caller. */
    export: procedure
      .route({ method: 'POST', path: '/key-pairs/{id}/export' })
      .input(z.object({ id: keyPairIdSchema }))
      .output(z.object({ path: z.string().nullable() })),
  },
  subscriptions: {
    list: procedure
      .route({ method: 'GET', path: '/subscriptions' })
      .input(listSubscriptionsInputSchema)
      .output(subscriptionPageSchema),
    counts: procedure
      .route({ method: 'GET', path: '/subscriptions/counts' })
      .input(z.object({ filter: subscriptionFilterSchema }))
      .output(subscriptionCountsSchema),
    get: procedure
      .route({ method: 'GET', path: '/subscriptions/{id}' })
      .input(z.object({ id: subscriptionIdSchema }))
      .output(subscriptionSchema),
    /** Reads the text and stores nothing. */
    previewImport: procedure
      .route({ method: 'POST', path: '/subscriptions/preview' })
      .input(importSubscriptionsInputSchema)
      .output(importPreviewSchema),
    import: procedure
      .route({ method: 'POST', path: '/subscriptions/import' })
      .input(importSubscriptionsInputSchema)
      .output(importResultSchema),
    /** The rows as `PushSubscription.toJSON()` gives them: one object for one id, an array for several. */
    copyJson: procedure
      .route({ method: 'POST', path: '/subscriptions/json' })
      .input(subscriptionIds)
      .output(z.object({ text: z.string() })),
    /** To the bin; `restore` is the undo. */
    remove: procedure
      .route({ method: 'POST', path: '/subscriptions/remove' })
      .input(subscriptionIds)
      .output(z.object({ count: z.number().int() })),
    restore: procedure
      .route({ method: 'POST', path: '/subscriptions/restore' })
      .input(subscriptionIds)
      .output(z.object({ count: z.number().int() })),
  },
  campaigns: {
    preflight: procedure
      .route({ method: 'POST', path: '/campaigns/preflight' })
      .input(preflightInputSchema)
      .output(preflightSchema),
    /** Writes the campaign and returns at once; the sending goes on by itself. */
    start: procedure
      .route({ method: 'POST', path: '/campaigns' })
      .input(startCampaignInputSchema)
      .output(campaignSchema),
    list: procedure
      .route({ method: 'GET', path: '/campaigns' })
      .input(z.object({ cursor: cursorSchema.default(null), limit: pageSizeSchema }))
      .output(campaignPageSchema),
    get: procedure
      .route({ method: 'GET', path: '/campaigns/{id}' })
      .input(z.object({ id: campaignIdSchema }))
      .output(campaignDetailSchema),
    pause: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/pause' })
      .input(z.object({ id: campaignIdSchema }))
      .output(campaignSchema),
    resume: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/resume' })
      .input(z.object({ id: campaignIdSchema }))
      .output(campaignSchema),
    cancel: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/cancel' })
      .input(z.object({ id: campaignIdSchema }))
      .output(campaignSchema),
    /** "Try again" at a part that waits: it goes on, and what was refused for the same reason is queued again. */
    resumePart: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/resume-part' })
      .input(resumePartInputSchema)
      .output(campaignSchema),
    /** Queues deliveries whose outcome is `unknown` or `failed` again, because the person says so. */
    sendAgain: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/send-again' })
      .input(z.object({ id: campaignIdSchema, state: z.enum(['unknown', 'failed']) }))
      .output(campaignSchema),
    deliveries: procedure
      .route({ method: 'GET', path: '/deliveries' })
      .input(listDeliveriesInputSchema)
      .output(deliveryPageSchema),
    delivery: procedure
      .route({ method: 'GET', path: '/deliveries/{id}' })
      .input(z.object({ id: deliveryIdSchema }))
      .output(deliveryDetailSchema),
    draft: procedure.route({ method: 'GET', path: '/draft' }).output(draftSchema.nullable()),
    saveDraft: procedure
      .route({ method: 'PUT', path: '/draft' })
      .input(draftSchema.nullable())
      .output(draftSchema.nullable()),
  },
  server: {
    status: procedure.route({ method: 'GET', path: '/server' }).output(serverStatusSchema),
    start: procedure.route({ method: 'POST', path: '/server/start' }).output(serverStatusSchema),
    stop: procedure.route({ method: 'POST', path: '/server/stop' }).output(serverStatusSchema),
    /** The last 200 requests, newest first. */
    requests: procedure
      .route({ method: 'GET', path: '/server/requests' })
      .output(z.array(servedRequestSchema)),
    openSubscribePage: procedure
      .route({ method: 'POST', path: '/server/open' })
      .output(z.object({ url: z.string() })),
  },
};
export type Contract = typeof contract;
