import { procedure } from './procedure.ts';
import { z } from 'zod';
import { cursorSchema, instantSchema, listOf, pageOf, pageSizeSchema, publicKeySchema } from './common.ts';
import { keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import { problemSchema } from './problem.ts';
import { pushServiceSchema } from './push-service.ts';

export const subscriptionStateSchema = z.enum(['active', 'expired', 'gone', 'unsubscribed', 'mismatched']);
export type SubscriptionState = z.infer<typeof subscriptionStateSchema>;

/** Where a subscription came from. */
export const subscriptionSourceSchema = z.enum(['page', 'import']);
export type SubscriptionSource = z.infer<typeof subscriptionSourceSchema>;

/** States of a delivery. They stand with the subscriptions because a row of these shows the outcome of its last delivery. */
export const deliveryStateSchema = z.enum([
  'queued',
  'sending',
  'accepted',
  'retrying',
  'failed',
  'gone',
  'cancelled',
  'unknown',
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const subscriptionSchema = z.object({
  id: subscriptionIdSchema,
  endpoint: z.string(),
  pushService: pushServiceSchema,
  state: subscriptionStateSchema,
  /** The application server key it was made with, or `null` where nobody told (a pasted JSON does not hold it). */
  publicKey: publicKeySchema.nullable(),
  /** The key pair of that key, where this machine holds it. */
  keyPairId: keyPairIdSchema.nullable(),
  keyPairName: z.string().nullable(),
  expirationTime: instantSchema.nullable(),
  label: z.string().nullable(),
  source: subscriptionSourceSchema,
  /** A remark of the import, such as an auth secret of 32 bytes where RFC 8291 says 16. */
  remark: z.string().nullable(),
  addedAt: instantSchema,
  /** When the state last changed, for example when the push service answered 410. */
  stateChangedAt: instantSchema,
  lastDelivery: z.object({ at: instantSchema, state: deliveryStateSchema }).nullable(),
  /** When it was moved to the bin, or `null`. */
  deletedAt: instantSchema.nullable(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const subscriptionFilterSchema = z.strictObject({
  /** Part of the endpoint or the label; case is ignored. */
  search: z.string().max(500).default(''),
  states: listOf(subscriptionStateSchema),
  pushServices: listOf(pushServiceSchema),
  keyPairId: keyPairIdSchema.nullable().default(null),
  /** Show the bin instead of the list. */
  inBin: z.boolean().default(false),
});
export type SubscriptionFilter = z.infer<typeof subscriptionFilterSchema>;

export const listSubscriptionsInputSchema = z.strictObject({
  filter: subscriptionFilterSchema.prefault({}),
  cursor: cursorSchema.default(null),
  limit: pageSizeSchema,
});
export const subscriptionPageSchema = pageOf(subscriptionSchema);

export const subscriptionCountsSchema = z.object({
  /** Rows that fit the filter. */
  matching: z.number().int(),
  /** True where a search matches so many rows that counting ended early: there are `matching` or more. */
  matchingIsAtLeast: z.boolean().optional(),
  /** Rows outside the bin, by state. */
  byState: z.record(subscriptionStateSchema, z.number().int()),
  inBin: z.number().int(),
});

/** 25 MB: about 60,000 rows at once. What is larger comes in pieces (import-stream.ts). */
export const importTextSchema = z.string().min(1).max(25_000_000);

export const importSubscriptionsInputSchema = z.strictObject({
  text: importTextSchema,
  /** The key that the rows were made with, as the person says; `null`: not known. */
  publicKey: publicKeySchema.nullable(),
});

export const badImportRowSchema = z.object({
  /** Line of the pasted text, counted from 1. */
  line: z.number().int().positive(),
  problem: problemSchema,
  /** The start of what stands there. */
  excerpt: z.string(),
});

export const importPreviewSchema = z.object({
  newCount: z.number().int(),
  knownCount: z.number().int(),
  /** The same endpoint more than once in this text: counted once above. */
  repeatedCount: z.number().int(),
  badCount: z.number().int(),
  /** The first 200 bad rows. */
  bad: z.array(badImportRowSchema),
  remarks: z.array(z.object({ line: z.number().int().positive(), text: z.string() })),
  /** The first 20 good rows. */
  sample: z.array(
    z.object({
      line: z.number().int(),
      endpoint: z.string(),
      pushService: pushServiceSchema,
      known: z.boolean(),
    }),
  ),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importResultSchema = z.object({
  addedCount: z.number().int(),
  updatedCount: z.number().int(),
  badCount: z.number().int(),
});
export type ImportResult = z.infer<typeof importResultSchema>;

const subscriptionIds = z.strictObject({ ids: z.array(subscriptionIdSchema).min(1).max(10_000) });

export const subscriptionTopics = ['subscriptions'] as const;

export const subscriptionProcedures = {
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
  /** The rows as `PushSubscription.toJSON()` gives them: one object for one id, an array for several. */
  exportJson: procedure
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
};
