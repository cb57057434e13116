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
  subscriptionDeliveriesInputSchema,
  subscriptionDeliveryPageSchema,
} from './campaign.ts';
import { cursorSchema, pageSizeSchema } from './common.ts';
import { eraseInputSchema, erasedSchema, erasePreviewSchema } from './erasure.ts';
import { campaignIdSchema, deliveryIdSchema, keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import { importStreamProcedures } from './import-stream.ts';
import {
  generateKeyPairInputSchema,
  importKeyPairInputSchema,
  keyPairSchema,
  updateKeyPairInputSchema,
} from './key-pair.ts';
import {
  checkPicturesInputSchema,
  loadedPictureSchema,
  loadPictureInputSchema,
  pictureCheckSchema,
} from './picture-check.ts';
import { procedureErrors } from './problem.ts';
import { rehearsalProcedures } from './rehearsal-procedures.ts';
import { apiTokenPlaceSchema, servedRequestSchema, serverStatusSchema } from './server.ts';
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
const subscriptionIds = z.strictObject({ ids: z.array(subscriptionIdSchema).min(1).max(10_000) });

/**
 * Everything the engine does for a user interface or a script. The same contract is served over a MessagePort (window),
 * in process (tests, headless) and over HTTP (local API, below `/api/v1`).
 *
 * [Note: not over HTTP] What has a route is served over HTTP, what has none is not: what touches private halves or the API
 * token, what needs the desktop, and what would make no sense there.
 */
export const contract = {
  app: {
    info: procedure
      .route({ method: 'GET', path: '/app', summary: 'What runs, and where' })
      .output(appInfoSchema),
    overview: procedure
      .route({ method: 'GET', path: '/overview', summary: 'Totals, days and push services' })
      .output(overviewSchema),
    settings: procedure
      .route({ method: 'GET', path: '/settings', summary: 'Settings' })
      .output(settingsSchema),
    changeSettings: procedure
      .route({ method: 'PATCH', path: '/settings', summary: 'Change settings' })
      .input(settingsPatchSchema)
      .output(settingsSchema),
    /** What changed, at most ten times a second, topics merged. */
    changes: procedure
      .route({ method: 'GET', path: '/changes', summary: 'Changes, as they happen' })
      .output(eventIterator(z.object({ topics: z.array(topicSchema) }))),
  },
  keys: {
    list: procedure
      .route({ method: 'GET', path: '/key-pairs', summary: 'Key pairs, without their private keys' })
      .output(z.array(keyPairSchema)),
    generate: procedure
      .route({ method: 'POST', path: '/key-pairs', successStatus: 201, summary: 'Generate a key pair' })
      .input(generateKeyPairInputSchema)
      .output(keyPairSchema),
    import: procedure.input(importKeyPairInputSchema).output(keyPairSchema),
    update: procedure
      .route({ method: 'PATCH', path: '/key-pairs/{id}', summary: 'Rename it, or change its contact' })
      .input(updateKeyPairInputSchema)
      .output(keyPairSchema),
    /** Makes this pair the one that the subscribe page hands out. */
    use: procedure
      .route({ method: 'POST', path: '/key-pairs/{id}/use', summary: 'Use it on the subscribe page' })
      .input(z.strictObject({ id: keyPairIdSchema }))
      .output(keyPairSchema),
    /** Asks the person to unlock the key ring; answers when they have, or have not. */
    unlock: procedure.output(z.array(keyPairSchema)),
    /** Refused while active subscriptions belong to it. */
    remove: procedure
      .route({ method: 'DELETE', path: '/key-pairs/{id}', summary: 'Delete it' })
      .input(z.strictObject({ id: keyPairIdSchema }))
      .output(z.object({ id: keyPairIdSchema })),
    /** Writes both halves to a file that the person picks; the private half never reaches the caller. */
    export: procedure
      .input(z.strictObject({ id: keyPairIdSchema }))
      .output(z.object({ path: z.string().nullable() })),
  },
  subscriptions: {
    list: procedure
      .route({ method: 'GET', path: '/subscriptions', summary: 'Subscriptions, newest first' })
      .input(listSubscriptionsInputSchema)
      .output(subscriptionPageSchema),
    counts: procedure
      .route({ method: 'GET', path: '/subscriptions/counts', summary: 'How many there are' })
      .input(z.strictObject({ filter: subscriptionFilterSchema.prefault({}) }))
      .output(subscriptionCountsSchema),
    get: procedure
      .route({ method: 'GET', path: '/subscriptions/{id}', summary: 'One subscription' })
      .input(z.strictObject({ id: subscriptionIdSchema }))
      .output(subscriptionSchema),
    deliveries: procedure
      .route({
        method: 'GET',
        path: '/subscriptions/{id}/deliveries',
        summary: 'What was sent to one subscription, newest first',
      })
      .input(subscriptionDeliveriesInputSchema)
      .output(subscriptionDeliveryPageSchema),
    /** Reads the text and stores nothing. */
    previewImport: procedure
      .route({
        method: 'POST',
        path: '/subscriptions/import/preview',
        summary: 'See what an import would do',
      })
      .input(importSubscriptionsInputSchema)
      .output(importPreviewSchema),
    import: procedure
      .route({ method: 'POST', path: '/subscriptions/import', summary: 'Import subscriptions' })
      .input(importSubscriptionsInputSchema)
      .output(importResultSchema),
    importStream: importStreamProcedures,
    /** The rows as `PushSubscription.toJSON()` gives them: one object for one id, an array for several. */
    copyJson: procedure
      .route({
        method: 'POST',
        path: '/subscriptions/export',
        summary: 'Subscriptions as browsers give them',
      })
      .input(subscriptionIds)
      .output(z.object({ text: z.string() })),
    /** To the bin; `restore` is the undo. */
    remove: procedure
      .route({ method: 'POST', path: '/subscriptions/remove', summary: 'Move subscriptions to the bin' })
      .input(subscriptionIds)
      .output(z.object({ count: z.number().int() })),
    restore: procedure
      .route({
        method: 'POST',
        path: '/subscriptions/restore',
        summary: 'Restore subscriptions from the bin',
      })
      .input(subscriptionIds)
      .output(z.object({ count: z.number().int() })),
    /** What `erase` would do; stores nothing. */
    previewErase: procedure
      .route({
        method: 'POST',
        path: '/subscriptions/erase/preview',
        summary: 'See what erasing subscriptions would remove',
      })
      .input(eraseInputSchema)
      .output(erasePreviewSchema),
    /** For good: subscriptions, their deliveries, attempts and answers. There is no undo. */
    erase: procedure
      .route({
        method: 'POST',
        path: '/subscriptions/erase',
        summary: 'Erase subscriptions and everything about them for good',
      })
      .input(eraseInputSchema)
      .output(erasedSchema),
  },
  campaigns: {
    preflight: procedure
      .route({ method: 'POST', path: '/campaigns/preflight', summary: 'See what a send would do' })
      .input(preflightInputSchema)
      .output(preflightSchema),
    /** Asks the site for the pictures of a message; the answer is kept for a minute. */
    checkPictures: procedure
      .route({
        method: 'POST',
        path: '/campaigns/check-pictures',
        summary: 'See whether icon, badge and image can be loaded',
      })
      .input(checkPicturesInputSchema)
      .output(pictureCheckSchema),
    /** Fetches one that was found by `checkPictures`, for the preview: the window itself reaches no site. [Note: not over HTTP] */
    loadPicture: procedure.input(loadPictureInputSchema).output(loadedPictureSchema),
    /** Writes the campaign and returns at once; the sending goes on by itself. */
    start: procedure
      .route({ method: 'POST', path: '/campaigns', successStatus: 201, summary: 'Send' })
      .input(startCampaignInputSchema)
      .output(campaignSchema),
    list: procedure
      .route({ method: 'GET', path: '/campaigns', summary: 'Campaigns, newest first' })
      .input(z.strictObject({ cursor: cursorSchema.default(null), limit: pageSizeSchema }))
      .output(campaignPageSchema),
    get: procedure
      .route({
        method: 'GET',
        path: '/campaigns/{id}',
        summary: 'One campaign, with its parts and what failed',
      })
      .input(z.strictObject({ id: campaignIdSchema }))
      .output(campaignDetailSchema),
    pause: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/pause', summary: 'Pause it' })
      .input(z.strictObject({ id: campaignIdSchema }))
      .output(campaignSchema),
    resume: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/resume', summary: 'Resume it' })
      .input(z.strictObject({ id: campaignIdSchema }))
      .output(campaignSchema),
    cancel: procedure
      .route({ method: 'POST', path: '/campaigns/{id}/cancel', summary: 'Cancel it' })
      .input(z.strictObject({ id: campaignIdSchema }))
      .output(campaignSchema),
    /** "Try again" at a part that waits: it goes on, and what was refused for the same reason is queued again. */
    resumePart: procedure
      .route({
        method: 'POST',
        path: '/campaigns/{id}/parts/resume',
        summary: 'Try a part again that needs attention',
      })
      .input(resumePartInputSchema)
      .output(campaignSchema),
    /** Queues deliveries whose outcome is `unknown` or `failed` again, because the person says so. */
    sendAgain: procedure
      .route({
        method: 'POST',
        path: '/campaigns/{id}/send-again',
        summary: 'Send unknown or failed deliveries again',
      })
      .input(z.strictObject({ id: campaignIdSchema, state: z.enum(['unknown', 'failed']) }))
      .output(campaignSchema),
    deliveries: procedure
      .route({
        method: 'GET',
        path: '/campaigns/{campaignId}/deliveries',
        summary: 'Deliveries of a campaign',
      })
      .input(listDeliveriesInputSchema)
      .output(deliveryPageSchema),
    delivery: procedure
      .route({ method: 'GET', path: '/deliveries/{id}', summary: 'One delivery, with its attempts' })
      .input(z.strictObject({ id: deliveryIdSchema }))
      .output(deliveryDetailSchema),
    draft: procedure.output(draftSchema.nullable()),
    saveDraft: procedure.input(draftSchema.nullable()).output(draftSchema.nullable()),
  },
  rehearsal: rehearsalProcedures,
  server: {
    status: procedure
      .route({ method: 'GET', path: '/server', summary: 'The embedded server' })
      .output(serverStatusSchema),
    start: procedure.output(serverStatusSchema),
    stop: procedure.output(serverStatusSchema),
    /** The last 200 requests, newest first. */
    requests: procedure
      .route({ method: 'GET', path: '/server/requests', summary: 'The last requests to the embedded server' })
      .output(z.array(servedRequestSchema)),
    /** To `growth` of the status: the owner has seen it, and may let as many again in. */
    answerGrowth: procedure
      .route({
        method: 'POST',
        path: '/server/growth',
        summary: 'Let more new subscriptions in, or dismiss the warning about them',
      })
      .input(z.strictObject({ letMoreIn: z.boolean() }))
      .output(serverStatusSchema),
    openSubscribePage: procedure.output(z.object({ url: z.string() })),
    /**
     * Shows a person, or copies for them, what the local API asks for. The caller never gets it: a page that was taken over would. Both need
     * a press in the window. [Note: not over HTTP]
     */
    showApiToken: procedure.output(apiTokenPlaceSchema),
    copyApiToken: procedure.output(apiTokenPlaceSchema),
    /** Makes a new token; the old one is worth nothing from then on. [Note: not over HTTP] */
    renewApiToken: procedure.output(apiTokenPlaceSchema),
  },
};
export type Contract = typeof contract;
